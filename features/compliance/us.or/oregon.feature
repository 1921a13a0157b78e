@compliance
Feature: Oregon lets marketing texts arrive by day, three in 24 hours

  Background:
    Given a contact in Oregon who agreed in writing to marketing texts

  @rule:US-OR-01
  Rule: Marketing texts arrive between eight and eight

    Scenario Outline: Outside the hours
      When a marketing text is due on <due> in Oregon
      Then it waits until <until> in Oregon, because of US-OR-01

      Examples:
        | due                                 | until                             |
        | Monday 23 November 2026 at 07:59:59 | Monday 23 November 2026 at 08:00  |
        | Monday 23 November 2026 at 20:00    | Tuesday 24 November 2026 at 08:00 |

    Scenario Outline: Within the hours
      When a marketing text is due on <due> in Oregon
      Then it may go, because of US-TCPA-CONS-01

      Examples:
        | due                                 |
        | Monday 23 November 2026 at 08:00    |
        | Monday 23 November 2026 at 19:59:59 |

    Scenario: Before the law began the federal hours held
      Given the contact agreed in writing to marketing texts on 1 June 2025
      When a marketing text is due on Wednesday 31 December 2025 at 20:30 in Oregon
      Then it may go, because of US-TCPA-CONS-01

    Scenario: The same question, asked under the rules of that time
      Given the rules are those of 31 December 2025
      When a marketing text is due on Monday 23 November 2026 at 20:30 in Oregon
      Then it may go, because of US-TCPA-CONS-01

  @rule:US-OR-01
  Rule: Three texts on one subject in 24 hours

    Background:
      Given marketing texts about "shoes" went out on Monday 23 November 2026 at 09:00, 10:00 and 11:00 in Oregon

    Scenario: A fourth one waits until the first is a day old
      Given the message is about "shoes"
      When a marketing text is due on Monday 23 November 2026 at 15:00 in Oregon
      Then it waits until Tuesday 24 November 2026 at 09:00 in Oregon, because of US-OR-01

    Scenario: Another subject
      Given the message is about "coats"
      When a marketing text is due on Monday 23 November 2026 at 15:00 in Oregon
      Then it may go, because of US-TCPA-CONS-01
