@compliance
Feature: A request to confirm is sent once and lives a day

  @rule:CTIA-13
  Rule: No program messages before the contact says YES

    Background:
      Given a contact in New York
      And the contact asked for it on Monday 23 November 2026 at 10:00 in New York

    Scenario: We ask once
      When a text that asks to confirm is due on Monday 23 November 2026 at 10:01 in New York
      Then it may go, because of CTIA-13

    Scenario: We do not ask twice
      Given the contact asked for it on Monday 23 November 2026 at 10:00 in New York, and was asked to confirm
      When a text that asks to confirm is due on Monday 23 November 2026 at 18:00 in New York
      Then it needs an opt-in, because of CTIA-13

    Scenario: We do not ask a day later
      When a text that asks to confirm is due on Tuesday 24 November 2026 at 10:01 in New York
      Then it needs an opt-in, because of CTIA-13

    Scenario: Offers wait for the YES
      When a marketing text is due on Monday 23 November 2026 at 12:00 in New York
      Then it needs an opt-in, because of US-TCPA-CONS-01
      And CTIA-13 speaks of it, too

    Scenario Outline: The contact answers
      When the contact texts "<reply>" on <moment> in New York
      Then that is <reading>, because of CTIA-13

      Examples:
        | reply | moment                            | reading                       |
        | YES   | Monday 23 November 2026 at 10:05  | the confirmation we asked for |
        | y     | Monday 23 November 2026 at 10:05  | the confirmation we asked for |
        | No    | Monday 23 November 2026 at 10:05  | of no effect                  |
        | YES   | Tuesday 24 November 2026 at 10:01 | of no effect                  |

  @rule:CTIA-13
  Rule: YES to nothing is nothing

    Scenario: No request is open
      Given a contact in New York
      When the contact texts "YES"
      Then that is of no effect, because of CTIA-13
