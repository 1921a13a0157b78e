@consent
Feature: No takes one step and holds at once

  Background:
    Given it is Monday 14:00 in New York
    And the marketing program "Weekly offers" by text and email
    And the transactional program "Order updates" by text and email

  @rule:US-TCPA-REV-03
  Rule: A no to one program leaves the others

    Scenario: Offers stop, orders go on
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And +1 212 555 0101 asked for "Order updates" at checkout
      When +1 212 555 0101 withdrew from "Weekly offers"
      And the business sends "Acme: your order has shipped" to +1 212 555 0101 for "Order updates"
      Then the message is sent

  Rule: A no to everything stops everything

    Scenario: Orders stop as well
      Given +1 212 555 0101 asked for "Order updates" at checkout
      When +1 212 555 0101 withdrew from everything
      And the business sends "Acme: your order has shipped" to +1 212 555 0101 for "Order updates"
      Then the message is blocked because of US-TCPA-REV-01

  @rule:CORE-SUP-01
  Rule: A no from a stranger is kept without making them a contact

    Scenario: They are never written to
      Given +1 212 555 0199 withdrew from everything
      When the business sends "Acme: 20% off today" to +1 212 555 0199 for "Weekly offers"
      Then the message is blocked because of CORE-SUP-01

    Scenario: They change their mind
      Given +1 212 555 0199 withdrew from everything
      And an hour passes
      And +1 212 555 0199 agreed to "Weekly offers" on the web form
      When the business sends "Acme: 20% off today" to +1 212 555 0199 for "Weekly offers"
      Then the message is sent
