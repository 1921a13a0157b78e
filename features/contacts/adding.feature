@contacts
Feature: Adding somebody to the contacts decides nothing for them

  Businesses bring lists of people they know. Being on a list is no consent, and who once said no
  has still said no, whoever writes them down again.

  Background:
    Given the program "Weekly offers" of Acme
    And the contact Pat with +1 212 555 0101 and pat@example.com

  Scenario: Somebody new is on the list
    When the business adds the contact Sam with +1 212 555 0102
    Then Acme has to ask +1 212 555 0102 first

  Scenario: Somebody who opted out comes back under another name
    Given Pat opted out of everything
    When Pat gives up +1 212 555 0101
    And the business adds the contact Sam with +1 212 555 0101
    Then Acme may not text +1 212 555 0101
