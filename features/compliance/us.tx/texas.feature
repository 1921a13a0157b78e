@compliance
Feature: Texas wants sellers registered, late mornings and free Sunday mornings

  @rule:US-TX-01
  Rule: Nine to nine, on Sundays from noon

    Background:
      Given a contact in Texas who agreed in writing to marketing texts
      And the business says that it is exempt in Texas because people consent

    Scenario Outline: Outside the hours
      When a marketing text is due on <due> in Texas
      Then it waits until <until> in Texas, because of US-TX-01

      Examples:
        | due                                 | until                             |
        | Monday 23 November 2026 at 08:59:59 | Monday 23 November 2026 at 09:00  |
        | Monday 23 November 2026 at 21:00    | Tuesday 24 November 2026 at 09:00 |
        | Saturday 21 November 2026 at 21:00  | Sunday 22 November 2026 at 12:00  |
        | Sunday 22 November 2026 at 11:59:59 | Sunday 22 November 2026 at 12:00  |
        | Sunday 22 November 2026 at 21:00    | Monday 23 November 2026 at 09:00  |

    Scenario Outline: Within the hours
      When a marketing text is due on <due> in Texas
      Then it may go, because of US-TCPA-CONS-01

      Examples:
        | due                                 |
        | Monday 23 November 2026 at 09:00    |
        | Monday 23 November 2026 at 20:59:59 |
        | Sunday 22 November 2026 at 12:00    |

  @rule:US-TX-02
  Rule: Sellers say how they stand with the registration

    Background:
      Given a contact in Texas who agreed in writing to marketing texts

    Scenario: The setting is missing
      Given the business says nothing about registration in Texas
      When a marketing text is due
      Then it must not go, because of US-TX-02

    Scenario Outline: The setting is there
      Given the business says that it is <standing>
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

      Examples:
        | standing                               |
        | registered in Texas                    |
        | exempt in Texas because people consent |
        | exempt in Texas for another reason     |

  @rule:US-TX-03
  Rule: A number on the Texas no-call list is left alone after sixty days

    Background:
      Given a contact in Texas
      And the business says that it is registered in Texas
      And our copy of the registry is of 16 November 2026

    Scenario Outline: To the day
      Given the number has been on the Texas no-call list since <day>
      When a marketing call is due on Monday 23 November 2026
      Then <verdict>

      Examples:
        | day               | verdict                             |
        | 24 September 2026 | it must not go, because of US-TX-03 |
        | 25 September 2026 | it may go                           |

    Scenario: A written agreement outweighs it
      Given the contact agreed in writing to marketing texts
      And the number has been on the Texas no-call list since 1 January 2026
      When a marketing text is due on Monday 23 November 2026
      Then it may go, because of US-TCPA-CONS-01

    Scenario: A customer of last year
      Given the number has been on the Texas no-call list since 1 January 2026
      And the contact bought something on 24 November 2025
      When a marketing call is due on Monday 23 November 2026
      Then it may go
