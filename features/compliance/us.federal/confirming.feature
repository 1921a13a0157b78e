@compliance
Feature: An opt-out is confirmed once, at once, and without selling

  Background:
    Given a contact in New York who agreed in writing to marketing texts

  @rule:US-TCPA-REV-06
  Rule: One text, within five minutes, that only confirms

    Scenario Outline: Five minutes
      Given the contact texted "STOP" on Monday 23 November 2026 at 12:00:00 in New York
      When a confirmation of the opt-out is due on Monday 23 November 2026 at <time> in New York
      Then <verdict>, because of US-TCPA-REV-06

      Examples:
        | time     | verdict        |
        | 12:00:02 | it may go      |
        | 12:05:00 | it may go      |
        | 12:05:01 | it must not go |

    Scenario: At night as well
      Given the contact texted "STOP" on Monday 23 November 2026 at 23:30 in New York
      When a confirmation of the opt-out is due on Monday 23 November 2026 at 23:31 in New York
      Then it may go, because of US-TCPA-REV-06

    Scenario: Once is enough
      Given the contact texted "STOP" on Monday 23 November 2026 at 12:00 in New York
      And the opt-out was confirmed on Monday 23 November 2026 at 12:01 in New York
      When a confirmation of the opt-out is due on Monday 23 November 2026 at 12:02 in New York
      Then it must not go, because of US-TCPA-REV-06

    Scenario: A last offer
      Given the contact texted "STOP" on Monday 23 November 2026 at 12:00 in New York
      And the message also promotes something
      When a confirmation of the opt-out is due on Monday 23 November 2026 at 12:01 in New York
      Then it must not go, because of US-TCPA-REV-06

    Scenario: There was no opt-out
      When a confirmation of the opt-out is due
      Then it must not go, because of US-TCPA-REV-06

    Scenario: No administrator may confirm later
      When an administrator decides that opt-outs are confirmed however late
      Then that is refused, because of US-TCPA-REV-06

  @rule:US-TCPA-REV-07
  Rule: The confirmation may ask which messages were meant; silence means all

    Background:
      Given the contact gave the number for order updates
      And the company counts an opt-out for its program only
      And the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York, in answer to "Weekly offers"

    Scenario: The contact did not answer
      Given the opt-out was confirmed on Monday 16 November 2026 at 10:01 in New York, asking which messages were meant
      When a transactional text is due for "Order updates"
      Then it must not go, because of US-TCPA-REV-07

    Scenario: The contact meant offers only
      Given the opt-out was confirmed on Monday 16 November 2026 at 10:01 in New York, asking which messages were meant
      And the contact texted "ONLY OFFERS" on Monday 16 November 2026 at 10:05 in New York
      When a transactional text is due for "Order updates"
      Then it may go, because of US-TCPA-CONS-03

    Scenario: Nobody asked
      Given the opt-out was confirmed on Monday 16 November 2026 at 10:01 in New York
      When a transactional text is due for "Order updates"
      Then US-TCPA-REV-07 says nothing
