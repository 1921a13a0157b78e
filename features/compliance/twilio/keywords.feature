@compliance
Feature: Twilio reads one word, we read the rest

  Background:
    Given a contact in New York who agreed in writing to marketing texts
    And the sender goes through Twilio

  @rule:PRV-TWILIO-01
  Rule: Twilio matches one exact word; what it misses is ours to catch

    Scenario Outline: Words both of us read
      When the contact texts "<reply>"
      Then that is an opt-out, because of US-TCPA-REV-01
      And PRV-TWILIO-01 speaks of it, too

      Examples:
        | reply       |
        | STOP        |
        | stopall     |
        | Unsubscribe |
        | CANCEL      |
        | END         |
        | QUIT        |
        | REVOKE      |
        | OPTOUT      |

    Scenario Outline: Words only we read
      When the contact texts "<reply>"
      Then that is an opt-out, because of <rule>
      And PRV-TWILIO-01 says nothing

      Examples:
        | reply       | rule           |
        | OPT OUT     | US-TCPA-REV-01 |
        | STOP please | US-TCPA-REV-02 |

  @rule:PRV-TWILIO-03
  Rule: What Twilio marks as an opt-out is one, and Twilio has answered it

    Scenario Outline: Twilio's mark counts more than the words
      When the contact texts "<reply>" and the provider marks it as <mark>
      Then that is <reading>, because of PRV-TWILIO-03
      And nothing is answered, because the provider has answered

      Examples:
        | reply | mark  | reading         |
        | STOP  | STOP  | an opt-out      |
        | adios | STOP  | an opt-out      |
        | START | START | an opt-in       |
        | HELP  | HELP  | a call for help |

    Scenario: Without a mark we answer ourselves
      When the contact texts "STOP"
      Then it is confirmed once, within five minutes

  @rule:PRV-TWILIO-04
  Rule: Toll-free networks stop and answer by themselves

    Background:
      Given the sender is a toll-free number

    Scenario: STOP is answered by the network
      When the contact texts "STOP"
      Then that is an opt-out, because of PRV-TWILIO-04
      And nothing is answered, because the network has answered

    Scenario: UNSUBSCRIBE is not, so we answer
      When the contact texts "UNSUBSCRIBE"
      Then that is an opt-out, because of US-TCPA-REV-01
      And it is confirmed once, within five minutes

    Scenario: START is answered by the network
      When the contact texts "UNSTOP"
      Then that is an opt-in, because of PRV-TWILIO-04
      And nothing is answered, because the network has answered

    Scenario: The network blocks whatever we send, wanted or not
      Given the contact asked for sign-in codes by text on 20 November 2026
      And the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York
      When a sign-in code by text is due on Monday 23 November 2026
      Then it must not go, because of PRV-TWILIO-04
      And PRV-TWILIO-02 speaks of it, too

  @rule:PRV-TWILIO-08
  Rule: Short codes leave opt-outs to us

    Scenario: We answer and suppress
      Given the sender is a short code
      When the contact texts "STOP"
      Then that is an opt-out, because of US-TCPA-REV-01
      And PRV-TWILIO-08 speaks of it, too
      And it is confirmed once, within five minutes
