@compliance
Feature: Connecticut's day begins at nine

  @rule:US-CT-01
  Rule: Marketing texts arrive between nine and eight

    Background:
      Given a contact in Connecticut who agreed in writing to marketing texts

    Scenario Outline: Outside the hours
      When a marketing text is due on <due> in Connecticut
      Then it waits until <until> in Connecticut, because of US-CT-01

      Examples:
        | due                                 | until                             |
        | Monday 23 November 2026 at 08:59:59 | Monday 23 November 2026 at 09:00  |
        | Monday 23 November 2026 at 20:00    | Tuesday 24 November 2026 at 09:00 |

    Scenario Outline: Within the hours
      When a marketing text is due on <due> in Connecticut
      Then it may go, because of US-TCPA-CONS-01

      Examples:
        | due                                 |
        | Monday 23 November 2026 at 09:00    |
        | Monday 23 November 2026 at 19:59:59 |
