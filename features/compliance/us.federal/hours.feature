@compliance
Feature: In the United States marketing arrives between eight and nine

  @rule:US-TCPA-HRS-01
  Rule: 08:00 to 21:00 where the contact is, with consent or without

    Scenario Outline: Outside the hours
      Given a contact in <place> who agreed in writing to marketing texts
      When a marketing text is due on <due> in <place>
      Then it waits until <until> in <place>, because of US-TCPA-HRS-01

      Examples:
        | place       | due                                 | until                             |
        | New York    | Monday 23 November 2026 at 07:59:59 | Monday 23 November 2026 at 08:00  |
        | New York    | Monday 23 November 2026 at 21:00    | Tuesday 24 November 2026 at 08:00 |
        | New York    | Thursday 26 November 2026 at 23:15  | Friday 27 November 2026 at 08:00  |
        | California  | Sunday 22 November 2026 at 21:00    | Monday 23 November 2026 at 08:00  |
        | Colorado    | Monday 23 November 2026 at 03:00    | Monday 23 November 2026 at 08:00  |
        | Puerto Rico | Monday 23 November 2026 at 21:30    | Tuesday 24 November 2026 at 08:00 |

    Scenario Outline: Within the hours
      Given a contact in New York who agreed in writing to marketing texts
      When a marketing text is due on <due> in New York
      Then it may go, because of US-TCPA-CONS-01

      Examples:
        | due                                 |
        | Monday 23 November 2026 at 08:00    |
        | Monday 23 November 2026 at 20:59:59 |
        | Sunday 22 November 2026 at 12:00    |

    Scenario: Calls keep the same hours
      Given a contact in New York
      And our copy of the registry is of 16 November 2026
      When a marketing call is due on Monday 23 November 2026 at 21:05 in New York
      Then it waits until Tuesday 24 November 2026 at 08:00 in New York, because of US-TCPA-HRS-01

  @rule:US-TCPA-HRS-02
  Rule: What sells nothing keeps no hours

    Scenario: An order update at night
      Given a contact in New York who gave the number for order updates
      When a transactional text is due on Monday 23 November 2026 at 23:00 in New York
      Then it may go, because of US-TCPA-HRS-02

    Scenario: A sign-in code at night
      Given a contact in New York who asked for sign-in codes by text
      When a sign-in code by text is due on Monday 23 November 2026 at 03:00 in New York
      Then it may go, because of US-TCPA-HRS-02

    Scenario: An order update that also sells
      Given a contact in New York who agreed in writing to marketing texts to "Order updates"
      And the message also promotes something
      When a transactional text is due on Monday 23 November 2026 at 23:00 in New York
      Then it waits until Tuesday 24 November 2026 at 08:00 in New York, because of US-TCPA-HRS-01
