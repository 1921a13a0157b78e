@compliance
Feature: No text closes a way out

  Background:
    Given a contact in New York who agreed in writing to marketing texts

  @rule:US-TCPA-REV-05
  Rule: No way to opt out may be the only one

    Scenario: A message says so
      Given the message says that STOP is the only way to opt out
      When a marketing text is due
      Then it must not go, because of US-TCPA-REV-05

    Scenario: A message names a way among others
      When a marketing text is due
      Then US-TCPA-REV-05 says nothing

    Scenario Outline: A form is read before anybody sees it
      When people in New York are shown "<text>"
      Then US-TCPA-REV-05 finds <fault> with those words

      Examples:
        | text                                               | fault    |
        | You may opt out only by texting STOP.              | fault    |
        | The only way to unsubscribe is to reply STOP.      | fault    |
        | You must reply STOP to cancel.                     | fault    |
        | Reply STOP to opt out, or write to us at any time. | no fault |
        | Text STOP to cancel, HELP for help.                | no fault |

  @rule:US-TCPA-REV-11
  Rule: A sender that cannot hear says so, and says how else to opt out

    Background:
      Given the sender cannot receive replies

    Scenario: It says neither
      When a marketing text is due
      Then it must not go, because of US-TCPA-REV-11

    Scenario: It says one of the two
      Given the message says that replies are not read
      When a marketing text is due
      Then it must not go, because of US-TCPA-REV-11

    Scenario: It says both
      Given the message says that replies are not read
      And the message says how else to opt out
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01
