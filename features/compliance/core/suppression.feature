@compliance
Feature: Who is to be left alone is left alone, whatever else is on record

  @rule:CORE-SUP-01
  Rule: The list of suppressions is asked first

    Background:
      Given a contact in New York who agreed in writing to marketing texts

    Scenario Outline: Whatever the reason
      Given the address is suppressed after <reason>
      When a marketing text is due
      Then it must not go, because of CORE-SUP-01

      Examples:
        | reason          |
        | an opt-out      |
        | a complaint     |
        | a hard bounce   |
        | an erasure      |
        | a threat to sue |

    Scenario: An erased contact is not even sent a code
      Given the address is suppressed after an erasure
      And the contact asked for sign-in codes by text
      When a sign-in code by text is due
      Then it must not go, because of CORE-SUP-01

    Scenario: Suppressed for one program
      Given the address is suppressed after an opt-out for "Loyalty club"
      When a marketing text is due for "Weekly offers"
      Then it may go, because of US-TCPA-CONS-01

    Scenario: Suppressed for mail
      Given the address is suppressed after a complaint for mail
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

    Scenario: An opt-out does not silence an emergency
      Given the address is suppressed after an opt-out for texts
      When an emergency text is due
      Then it may go, because of US-TCPA-EMERG-01

  @rule:CORE-SUP-01
  Rule: An opt-out bars even where no law has words for it

    Scenario: Jamaica
      Given a contact in Jamaica who agreed to marketing texts and confirmed it on the phone
      And the contact texted "STOP" on Friday 20 November 2026 at 10:00 in Jamaica
      When a marketing text is due on Monday 23 November 2026
      Then it must not go, because of CORE-SUP-01

  @rule:CORE-RACE-01
  Rule: A message that waits is judged again before it leaves

    Background:
      Given a contact in New York who agreed in writing to marketing texts
      And the message has been waiting since Sunday 22 November 2026 at 21:30 in New York

    Scenario: The contact opted out in the night
      Given the contact texted "STOP" on Sunday 22 November 2026 at 22:00 in New York
      When a marketing text is due on Monday 23 November 2026 at 08:00 in New York
      Then it must not go, because of CORE-RACE-01
      And US-TCPA-REV-01 speaks of it, too

    Scenario: Nothing happened in the night
      When a marketing text is due on Monday 23 November 2026 at 08:00 in New York
      Then it may go, because of US-TCPA-CONS-01

    Scenario: The consent ran out in the night
      Given that consent ends on Monday 23 November 2026 at 00:00 in New York
      When a marketing text is due on Monday 23 November 2026 at 08:00 in New York
      Then it needs an opt-in, because of US-TCPA-CONS-01
