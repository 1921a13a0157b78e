@preferences
Feature: Whoever proves an address sees and changes everything it was agreed to

  Background:
    Given pat@example.com agreed to "Weekly offers" and "Shop news"

  Rule: Nobody sees anything without the code

    @rule:VER-08
    Scenario: An address nobody knows
      When somebody asks for the choices of new@example.com
      Then they read the same as for pat@example.com

    @rule:VER-04
    Scenario: A code guessed too often
      When somebody asks for the choices of pat@example.com
      And guesses the code 6 times
      Then even the right code shows nothing

  Rule: What is stopped there is stopped at once

    Scenario: One of two
      When pat@example.com stops "Weekly offers" there
      Then "Weekly offers" is not sent to pat@example.com any more
      But "Shop news" is sent to pat@example.com

    Scenario: Everything
      When pat@example.com stops everything there
      Then "Shop news" is not sent to pat@example.com any more

    Scenario: Never written to, and never to be
      When new@example.com stops everything there
      Then "Weekly offers" is not sent to new@example.com any more

  Rule: Only their own act, on words they saw, brings somebody back

    Scenario: They agree again
      Given pat@example.com stops "Weekly offers" there
      When pat@example.com agrees to "Weekly offers" again there
      Then "Weekly offers" is sent to pat@example.com
      And the words they agreed to are on the ledger

    Scenario: The words changed meanwhile
      Given pat@example.com stops "Weekly offers" there
      When the words of "Weekly offers" change while pat@example.com reads them
      Then the words have to be read again
      And "Weekly offers" is not sent to pat@example.com any more

    Scenario: The business cannot do it for them
      Given pat@example.com stops "Weekly offers" there
      When the business imports that pat@example.com agreed to "Weekly offers"
      Then "Weekly offers" is not sent to pat@example.com any more
