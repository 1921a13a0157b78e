@consent
Feature: A consent counts if it can be proven

  Whatever a business records is kept as given. Whether it counts is for the rules to say, and what it
  lacks is told at once.

  Background:
    Given it is Monday 14:00 in New York
    And the marketing program "Weekly offers" by text and email

  @rule:US-TCPA-CONS-02
  Rule: Without the words that were shown there is no consent

    Scenario: The text of the form was kept
      When +1 212 555 0101 agreed to "Weekly offers" on the web form
      Then the consent is granted
      And it lacks nothing

    Scenario: The text of the form was lost
      When the business records that +1 212 555 0101 agreed to "Weekly offers" without the text shown
      Then the consent is granted
      And it is told what the consent lacks
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      Then the message is held because of US-TCPA-CONS-02

  @rule:CTIA-06
  Rule: A consent is not for sale

    Scenario: The list was bought
      Given the business records that +1 212 555 0101 agreed to "Weekly offers" on a list it bought
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      Then the message is blocked because of CTIA-06

  @rule:US-TCPA-REV-12
  Rule: After an opt-out only the person opts in again

    Scenario: Staff import an old list
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And +1 212 555 0101 withdrew from "Weekly offers"
      When the business imports that +1 212 555 0101 agreed to "Weekly offers"
      Then that is refused because an opt-out stands

    Scenario: The person fills in the form again
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And +1 212 555 0101 withdrew from "Weekly offers"
      And an hour passes
      When +1 212 555 0101 agreed to "Weekly offers" on the web form
      Then the consent is granted

  Rule: The past stays what it was

    Scenario: What was true an hour ago
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And an hour passes
      And +1 212 555 0101 withdrew from "Weekly offers"
      Then the consent is revoked
      And half an hour ago it was granted
