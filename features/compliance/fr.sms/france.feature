@compliance
Feature: In France texts rest at night, on Sundays and on holidays

  @rule:FR-SMS-01
  Rule: 08:00 to 22:00 on working days, as the operators ask

    Background:
      Given a contact in France who agreed to marketing texts

    Scenario Outline: Outside the hours
      When a marketing text is due on <due> in Paris
      Then it waits until <until> in Paris, because of FR-SMS-01

      Examples:
        | due                                 | until                              | why                       |
        | Monday 23 November 2026 at 07:59:59 | Monday 23 November 2026 at 08:00   | early                     |
        | Monday 23 November 2026 at 22:00    | Tuesday 24 November 2026 at 08:00  | late                      |
        | Sunday 22 November 2026 at 12:00    | Monday 23 November 2026 at 08:00   | Sunday                    |
        | Saturday 21 November 2026 at 22:00  | Monday 23 November 2026 at 08:00   | the night before a Sunday |
        | Wednesday 11 November 2026 at 12:00 | Thursday 12 November 2026 at 08:00 | Armistice Day             |
        | Friday 25 December 2026 at 10:00    | Saturday 26 December 2026 at 08:00 | Christmas Day             |
        | Monday 29 March 2027 at 10:00       | Tuesday 30 March 2027 at 08:00     | Easter Monday             |
        | Thursday 6 May 2027 at 10:00        | Friday 7 May 2027 at 08:00         | Ascension Day             |

    Scenario Outline: Within the hours
      When a marketing text is due on <due> in Paris
      Then it may go, because of EU-EPD-01

      Examples:
        | due                                |
        | Monday 23 November 2026 at 08:00   |
        | Saturday 21 November 2026 at 21:59 |

    Scenario: Mail knows no hours
      Given the contact agreed to marketing mail
      When a marketing mail is due on Sunday 22 November 2026 at 03:00 in Paris
      Then it may go, because of EU-EPD-01

    Scenario: A code knows no hours
      Given the contact asked for sign-in codes by text
      When a sign-in code by text is due on Sunday 22 November 2026 at 03:00 in Paris
      Then it may go
