@forms
Feature: Signing up on the hosted form
  Whoever wants messages ticks what they want, proves that the address is theirs, and has agreed to that and to nothing
  else. Nobody is signed up by somebody else, by a scanner, or by a box that was ticked for them.

  Background:
    Given Acme's sign-up form for "Weekly offers" by text and email

  Scenario: Nothing is ticked for anybody
    When Pat opens the form
    Then every box is empty
    And beside each box stands that consent is not a condition of any purchase

  Scenario: Texts begin with the code
    When Pat ticks texts and sends the form with +1 212 555 0101
    Then +1 212 555 0101 has agreed to nothing
    When Pat types the code that came to +1 212 555 0101
    Then +1 212 555 0101 has agreed to "Weekly offers"
    And +1 212 555 0101 receives a confirmation that says how to stop

  Scenario: Emails begin with the button behind the link
    When Pat ticks emails and sends the form with pat@example.com
    And a scanner opens the link that came to pat@example.com
    Then pat@example.com has agreed to nothing
    When Pat opens the link that came to pat@example.com and presses the button
    Then pat@example.com has agreed to "Weekly offers"
    And pat@example.com receives a confirmation that says how to stop

  Scenario: A number and an email address are two proofs
    When Pat ticks texts and emails and sends the form with +1 212 555 0101 and pat@example.com
    And Pat types the code that came to +1 212 555 0101
    Then +1 212 555 0101 has agreed to "Weekly offers"
    And pat@example.com has agreed to nothing
    And the page says that the emails still wait

  Scenario: An address without its box is left out
    When Pat ticks emails and sends the form with +1 212 555 0101 and pat@example.com
    Then nothing comes to +1 212 555 0101

  Scenario: Whoever knows the number but not the code signs nobody up
    When Sam ticks texts and sends the form with +1 212 555 0101
    And Sam guesses the code five times
    Then +1 212 555 0101 has agreed to nothing
    And the right code does not help Sam any more

  Scenario: Words that change while somebody reads are shown again
    When Pat opens the form
    And Acme changes the words for texts
    And Pat ticks texts and sends what was open with +1 212 555 0101
    Then Pat is shown the new words and has to tick again

  Scenario: An opt-out ends when the person signs up anew
    Given pat@example.com stopped everything from Acme
    When Pat ticks emails and sends the form with pat@example.com
    And Pat opens the link that came to pat@example.com and presses the button
    Then pat@example.com has agreed to "Weekly offers"

  Scenario: An opt-out after the form is the last word
    When Pat ticks texts and sends the form with +1 212 555 0101
    And +1 212 555 0101 stops everything from Acme before the code is typed
    And Pat types the code that came to +1 212 555 0101
    Then +1 212 555 0101 has agreed to nothing

  Scenario: The record shows what was on the page
    When Pat ticks texts and sends the form with +1 212 555 0101
    And Pat types the code that came to +1 212 555 0101
    Then the record of +1 212 555 0101 holds every word beside the box, the page, the hour and the network
    And no law asks for more than the record of +1 212 555 0101 has

  Scenario: A paused program takes no sign-ups
    Given Acme paused "Weekly offers"
    When Pat opens the form
    Then Pat is told how to stop messages, and can sign up for nothing
