@compliance
Feature: Oklahoma lets marketing texts arrive by day, three in 24 hours

  Background:
    Given a contact in Oklahoma who agreed in writing to marketing texts

  @rule:US-OK-01
  Rule: Marketing texts arrive between eight and eight

    Scenario Outline: Outside the hours
      When a marketing text is due on <due> in Oklahoma
      Then it waits until <until> in Oklahoma, because of US-OK-01

      Examples:
        | due                                 | until                             |
        | Monday 23 November 2026 at 07:59:59 | Monday 23 November 2026 at 08:00  |
        | Monday 23 November 2026 at 20:00    | Tuesday 24 November 2026 at 08:00 |

    Scenario Outline: Within the hours
      When a marketing text is due on <due> in Oklahoma
      Then it may go, because of US-TCPA-CONS-01

      Examples:
        | due                                 |
        | Monday 23 November 2026 at 08:00    |
        | Monday 23 November 2026 at 19:59:59 |

  @rule:US-OK-01
  Rule: Three texts on one subject in 24 hours

    Background:
      Given marketing texts about "shoes" went out on Monday 23 November 2026 at 09:00, 10:00 and 11:00 in Oklahoma

    Scenario: A fourth one waits until the first is a day old
      Given the message is about "shoes"
      When a marketing text is due on Monday 23 November 2026 at 15:00 in Oklahoma
      Then it waits until Tuesday 24 November 2026 at 09:00 in Oklahoma, because of US-OK-01

    Scenario: Another subject
      Given the message is about "coats"
      When a marketing text is due on Monday 23 November 2026 at 15:00 in Oklahoma
      Then it may go, because of US-TCPA-CONS-01
