@consent
Feature: What staff write down counts once the person confirms it

  Somebody says yes on the telephone or signs a card. Whoever was there vouches for it; the person is told what they
  are said to have agreed to, and nothing counts until they say so themselves.

  Background:
    Given it is Monday 14:00 in New York
    And the marketing program "Weekly offers" by text and email

  @rule:US-TCPA-CONS-02 @rule:CTIA-13
  Rule: The person is told, word for word, and asked

    Scenario: A yes on the telephone
      When staff record that +1 212 555 0101 agreed to "Weekly offers" on the telephone
      Then the consent is requested
      And +1 212 555 0101 is told what staff recorded and asked to confirm
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      Then the message is held because of US-TCPA-CONS-01

    Scenario: They confirm
      Given staff record that +1 212 555 0101 agreed to "Weekly offers" on the telephone
      When +1 212 555 0101 confirms by text
      Then the consent is confirmed
      When the business sends "Acme: 20% off today" to +1 212 555 0101 for "Weekly offers"
      Then the message is sent

    Scenario: They do not
      Given staff record that +1 212 555 0101 agreed to "Weekly offers" on the telephone
      When a day passes
      And an hour more passes
      And +1 212 555 0101 confirms by text
      Then it is too late to confirm
      And the consent is requested

    Scenario: Staff record it once more
      Given staff record that +1 212 555 0101 agreed to "Weekly offers" on the telephone
      When staff record that +1 212 555 0101 agreed to "Weekly offers" on the telephone
      Then +1 212 555 0101 is told what staff recorded and asked to confirm

    Scenario: It was long ago
      When staff record that +1 212 555 0101 agreed to "Weekly offers" on paper two months ago
      Then that is refused because nobody can be asked any more
      And +1 212 555 0101 receives nothing

  @rule:US-TCPA-REV-12
  Rule: After an opt-out nobody vouches for anybody

    Scenario: Staff write down a yes
      Given +1 212 555 0101 agreed to "Weekly offers" on the web form
      And +1 212 555 0101 withdrew from "Weekly offers"
      When staff record that +1 212 555 0101 agreed to "Weekly offers" on the telephone
      Then that is refused because an opt-out stands
      And +1 212 555 0101 receives nothing

  @rule:DE-UWG-02
  Rule: Who asked on a form of the business is asked to confirm, once

    Scenario: A program with double opt-in
      Given the program "Club news" with double opt-in
      When +1 212 555 0101 asked on the web form for "Club news"
      Then the consent is requested
      And +1 212 555 0101 is asked to confirm
      When +1 212 555 0101 asked on the web form for "Club news"
      Then +1 212 555 0101 is asked to confirm
      When +1 212 555 0101 confirms by text
      Then the consent is confirmed
