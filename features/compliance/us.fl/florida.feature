@compliance
Feature: Florida asks for written consent, an early evening and three texts a day

  Background:
    Given a contact in Florida

  @rule:US-FL-01
  Rule: Sales texts need written consent

    Scenario: Nobody asked the contact
      When a marketing text is due
      Then it needs an opt-in, because of US-FL-01
      And US-TCPA-CONS-01 speaks of it, too

    Scenario: The contact agreed in writing
      Given the contact agreed in writing to marketing texts
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

    Scenario: The area code presumes Florida, wherever the contact moved
      Given it was verified on 1 November 2026 that the contact lives in New York
      When a marketing text is due
      Then it needs an opt-in, because of US-FL-01

  @rule:US-FL-02
  Rule: Marketing texts arrive between eight and eight

    Background:
      Given the contact agreed in writing to marketing texts

    Scenario Outline: Outside the hours
      When a marketing text is due on <due> in Florida
      Then it waits until <until> in Florida, because of US-FL-02

      Examples:
        | due                                 | until                             |
        | Monday 23 November 2026 at 07:59:59 | Monday 23 November 2026 at 08:00  |
        | Monday 23 November 2026 at 20:00    | Tuesday 24 November 2026 at 08:00 |
        | Sunday 22 November 2026 at 20:59    | Monday 23 November 2026 at 08:00  |

    Scenario Outline: Within the hours
      When a marketing text is due on <due> in Florida
      Then it may go, because of US-TCPA-CONS-01

      Examples:
        | due                                 |
        | Monday 23 November 2026 at 08:00    |
        | Monday 23 November 2026 at 19:59:59 |

    Scenario: A number of the Panhandle may be an hour behind
      Given the number of the contact is +1 850 555 0101
      When a marketing text is due on Monday 23 November 2026 at 08:30 in Florida
      Then it waits until Monday 23 November 2026 at 08:00 in Pensacola, because of US-FL-02

  @rule:US-FL-03
  Rule: Three texts on one subject in 24 hours

    Background:
      Given the contact agreed in writing to marketing texts
      And marketing texts about "shoes" went out on Monday 23 November 2026 at 09:00, 10:00 and 11:00 in Florida

    Scenario: A fourth one waits until the first is a day old
      Given the message is about "shoes"
      When a marketing text is due on Monday 23 November 2026 at 15:00 in Florida
      Then it waits until Tuesday 24 November 2026 at 09:00 in Florida, because of US-FL-03

    Scenario: After exactly 24 hours the first one no longer counts
      Given the message is about "shoes"
      When a marketing text is due on Tuesday 24 November 2026 at 09:00 in Florida
      Then it may go, because of US-TCPA-CONS-01

    Scenario: Another subject
      Given the message is about "coats"
      When a marketing text is due on Monday 23 November 2026 at 15:00 in Florida
      Then it may go, because of US-TCPA-CONS-01

    Scenario: A subject nobody named may be the same
      When a marketing text is due on Monday 23 November 2026 at 15:00 in Florida
      Then it waits until Tuesday 24 November 2026 at 09:00 in Florida, because of US-FL-03

    Scenario: No administrator may count by calendar days
      When an administrator decides that caps count calendar days
      Then that is refused, because of US-FL-03

  @rule:US-FL-04
  Rule: The fifteen days before a lawsuit are no time to go on

    Scenario: The day after STOP
      Given the contact agreed in writing to marketing texts
      And the contact texted "STOP" on Sunday 22 November 2026 at 12:00 in Florida
      When a marketing text is due on Monday 23 November 2026
      Then it must not go, because of US-TCPA-REV-01
      And US-FL-04 speaks of it, too

    Scenario: When the fifteen days end
      When a STOP in Florida comes in on Sunday 22 November 2026
      Then the last day for it is Monday 7 December 2026, because of US-FL-04
