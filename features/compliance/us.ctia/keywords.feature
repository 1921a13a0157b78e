@compliance
Feature: STOP and HELP are answered, whoever sends them

  Background:
    Given a contact in New York

  @rule:CTIA-03
  Rule: The carriers' own words for stopping are understood, in any case and with any mark

    Scenario Outline: One reply is enough
      When the contact texts "<reply>"
      Then that is an opt-out, because of <rule>
      And CTIA-03 speaks of it, too
      And it is confirmed once, within five minutes

      Examples:
        | reply       | rule           |
        | stop        | US-TCPA-REV-01 |
        | STOP!       | US-TCPA-REV-01 |
        | End         | US-TCPA-REV-01 |
        | unsubscribe | US-TCPA-REV-01 |
        | Cancel      | US-TCPA-REV-01 |
        | quit        | US-TCPA-REV-01 |

    Scenario: Normal language
      When the contact texts "please opt me out"
      Then that is an opt-out, because of US-TCPA-REV-02

  @rule:CTIA-04
  Rule: HELP is answered at any hour, and changes nothing

    Scenario Outline: Somebody asks for help
      When the contact texts "<reply>"
      Then that is a call for help, because of CTIA-04
      And help is sent

      Examples:
        | reply |
        | HELP  |
        | info  |

    Scenario: In the middle of the night, without any consent
      When an answer to HELP is due on Monday 23 November 2026 at 03:00 in New York
      Then it may go, because of CTIA-04

  @rule:CTIA-11
  Rule: A keyword is answered without a subscription; a second STOP is not confirmed again

    Scenario: HELP after STOP
      Given the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York
      When an answer to HELP is due
      Then it may go, because of CTIA-04
      And CTIA-11 speaks of it, too

    Scenario: STOP once more, to a long code
      Given the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York
      When the contact texts "STOP"
      Then that is an opt-out, because of CTIA-11
      And nothing is answered, because that was confirmed before

    Scenario: STOP once more, to a short code
      Given the sender is a short code
      And the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York
      When the contact texts "STOP"
      Then that is an opt-out, because of US-TCPA-REV-01
      And it is confirmed once, within five minutes

    Scenario: An offer is no answer to a keyword
      When a marketing text is due
      Then CTIA-11 says nothing
