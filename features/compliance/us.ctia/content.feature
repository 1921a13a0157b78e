@compliance
Feature: Carriers look at what a text says and where people agreed

  @rule:CTIA-02
  Rule: The first text confirms the opt-in and says five things

    Background:
      Given a contact in New York who agreed in writing to marketing texts

    Scenario: The text says all five
      Given the message says everything carriers ask for
      When a confirmation of the opt-in is due
      Then it may go, because of CTIA-02

    Scenario Outline: The text leaves one out
      Given the message says everything but <what>
      When a confirmation of the opt-in is due
      Then it must not go, because of CTIA-02

      Examples:
        | what                    |
        | the name of the program |
        | whom to ask for help    |
        | how to stop             |
        | how often messages come |
        | that rates may apply    |

  @rule:CTIA-08
  Rule: Who stopped one number of ours is not reached from another

    Background:
      Given a contact in New York who agreed in writing to marketing texts

    Scenario: The same program from another number
      Given the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York, to another number of ours
      When a marketing text is due
      Then it must not go, because of US-TCPA-REV-01
      And CTIA-08 speaks of it, too

    Scenario: From the number that was stopped there is nothing to evade
      Given the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York, to our number
      When a marketing text is due
      Then CTIA-08 says nothing

  @rule:CTIA-09
  Rule: Some matters are refused, some need a verified age

    Background:
      Given a contact in New York who agreed in writing to marketing texts

    Scenario Outline: Refused to everybody
      Given the age of the contact was verified
      And the message is on <topic>
      When a marketing text is due
      Then it must not go, because of CTIA-09

      Examples:
        | topic                     |
        | sex                       |
        | hate                      |
        | cannabis                  |
        | illegal drugs             |
        | gambling                  |
        | payday loans              |
        | leads for other companies |
        | work from home            |

    Scenario Outline: For adults only
      Given the message is on <topic>
      When a marketing text is due
      Then it must not go, because of CTIA-09

      Examples:
        | topic   |
        | alcohol |
        | tobacco |

    Scenario: An adult
      Given the age of the contact was verified
      And the message is on alcohol
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

  @rule:CTIA-10
  Rule: The form says nine things, and a number typed in is not a yes

    Scenario: The form says all nine
      Given a form for texts that somebody in New York fills in
      And the form shows everything
      When the form is sent
      Then it is a consent, because of CTIA-10

    Scenario Outline: The form leaves one out
      Given a form for texts that somebody in New York fills in
      And the form shows everything but <what>
      When the form is sent
      Then it is no consent, because of CTIA-10

      Examples:
        | what                           |
        | who sends                      |
        | what is sent                   |
        | how often                      |
        | that rates may apply           |
        | how to stop                    |
        | how to get help                |
        | the terms                      |
        | the privacy policy             |
        | that no purchase depends on it |

    Scenario: A number and nothing else
      Given a form for texts that somebody in New York fills in
      And the form takes a number typed in for a yes
      When the form is sent
      Then it is no consent, because of CTIA-10

    Scenario: The words are read before anybody sees them
      When people in New York are shown "I agree to automated marketing texts from Acme, up to 4 messages a month. Msg & data rates may apply. Reply STOP to end, HELP for help. Terms: acme.example/terms. Privacy: acme.example/privacy. Consent is not a condition of purchase."
      Then CTIA-10 finds no fault with those words

    Scenario: The words leave something out
      When people in New York are shown "I agree to automated marketing texts from Acme, up to 4 messages a month. Msg & data rates may apply. Reply STOP to end. Terms: acme.example/terms. Privacy: acme.example/privacy. Consent is not a condition of purchase."
      Then CTIA-10 misses how to get help

  @rule:CTIA-12
  Rule: Seven things about an opt-in are written down

    Scenario: All seven are written down
      Given a form for texts that somebody in New York fills in
      And everything is written down
      When the form is sent
      Then it is a consent, because of CTIA-12

    Scenario Outline: One of the seven is not written down
      Given a form for texts that somebody in New York fills in
      And everything is written down but <what>
      When the form is sent
      Then it is no consent, because of CTIA-12

      Examples:
        | what                        |
        | the time                    |
        | the medium                  |
        | what the person saw and did |
        | the campaign                |
        | the internet address        |
        | the number                  |
        | who the person is           |
