@compliance
Feature: In Canada marketing calls keep hours; texts do not

  @rule:CA-UTR-01
  Rule: Weekdays 9:00 to 21:30, weekends 10:00 to 18:00

    Scenario Outline: Outside the hours
      Given a contact in Ontario
      When a marketing call is due on <due> in Ontario
      Then it waits until <until> in Ontario, because of CA-UTR-01

      Examples:
        | due                                 | until                              |
        | Monday 23 November 2026 at 08:59:59 | Monday 23 November 2026 at 09:00   |
        | Monday 23 November 2026 at 21:30    | Tuesday 24 November 2026 at 09:00  |
        | Saturday 21 November 2026 at 09:59  | Saturday 21 November 2026 at 10:00 |
        | Saturday 21 November 2026 at 18:00  | Sunday 22 November 2026 at 10:00   |
        | Sunday 22 November 2026 at 18:00    | Monday 23 November 2026 at 09:00   |

    Scenario Outline: Within the hours
      Given a contact in Ontario
      When a marketing call is due on <due> in Ontario
      Then it may go

      Examples:
        | due                                |
        | Monday 23 November 2026 at 21:29   |
        | Saturday 21 November 2026 at 10:00 |

    Scenario: A text on Sunday evening
      Given a contact in Ontario who gave express consent to marketing texts and mail
      When a marketing text is due on Sunday 22 November 2026 at 20:00 in Ontario
      Then it may go, because of CA-CASL-03
