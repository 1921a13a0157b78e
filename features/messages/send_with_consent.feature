@messages
Feature: Messages go only to people who agreed to them

  A business asks us to send a message. We send it if the contact agreed and the law allows it at this
  hour; we wait, hold it or refuse it otherwise, and always say which rule decided.

  Background:
    Given it is Monday 14:00 in New York
    And the marketing program "Weekly offers" by text and email

  @rule:US-TCPA-CONS-01
  Rule: No marketing text without consent in writing

    Scenario: The contact agreed
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      Then the message is sent
      And +1 212 555 0101 receives "Acme: 20% off today"

    Scenario: The contact was never asked
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      Then the message is held because of US-TCPA-CONS-01
      And +1 212 555 0101 receives nothing

    Scenario: The contact says yes afterwards
      Given the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      When +1 212 555 0101 agreed to "Weekly offers" on the web form
      Then the message is sent
      And +1 212 555 0101 receives "Acme: 20% off today"

    Scenario: The business would rather not wait
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers", or not at all
      Then the message is blocked because of US-TCPA-CONS-01

  @rule:US-TCPA-REV-01
  Rule: An opt-out is final until the contact agrees again

    Scenario: The contact opted out
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And +1 212 555 0101 withdrew from "Weekly offers"
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      Then the message is blocked because of US-TCPA-REV-01
      And +1 212 555 0101 receives nothing

    Scenario: The contact comes back
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And +1 212 555 0101 withdrew from "Weekly offers"
      And an hour passes
      And +1 212 555 0101 agreed to "Weekly offers" on the web form
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      Then the message is sent

  @rule:US-TCPA-HRS-01
  Rule: Nobody is texted offers at night

    Scenario: The message waits for the morning
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And it is Monday 23:00 in New York
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      Then the message is deferred because of US-TCPA-HRS-01 until Tuesday 08:00 in New York
      And +1 212 555 0101 receives nothing

    Scenario: Morning comes
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And it is Monday 23:00 in New York
      And the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      When it is Tuesday 08:00 in New York
      Then the message is sent

  @rule:CORE-RACE-01
  Rule: The rules look again at the moment of sending

    Scenario: The contact opts out while a message waits for the morning
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And it is Monday 23:00 in New York
      And the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      And +1 212 555 0101 withdrew from "Weekly offers"
      When it is Tuesday 08:00 in New York
      Then the message is blocked because of US-TCPA-REV-01
      And +1 212 555 0101 receives nothing
