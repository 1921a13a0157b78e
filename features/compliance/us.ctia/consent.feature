@compliance
Feature: Carriers want consent to be the sender's own, for this program, and on record

  Background:
    Given a contact in New York

  @rule:CTIA-01
  Rule: Nobody is asked for consent by a text they did not ask for

    Scenario: Out of the blue
      When a text that asks for consent is due
      Then it needs an opt-in, because of CTIA-01

    Scenario: The contact filled in the form a minute ago
      Given the contact asked for it on Monday 23 November 2026 at 11:59 in New York
      When a text that asks to confirm is due
      Then it may go, because of CTIA-13

    Scenario: The contact agreed to another kind of text
      Given the contact gave the number for order updates
      When a text that asks for consent is due
      Then CTIA-01 says nothing

  @rule:CTIA-05
  Rule: A consent is for one program

    Background:
      Given the contact agreed in writing to marketing texts to "Weekly offers"

    Scenario: Another program of the same sender
      When a marketing text is due for "Loyalty club"
      Then it needs an opt-in, because of CTIA-05

    Scenario: The program the contact agreed to
      When a marketing text is due for "Weekly offers"
      Then it may go, because of US-TCPA-CONS-01

  @rule:CTIA-06
  Rule: A consent is not for sale

    Scenario Outline: A list of others
      Given the contact agreed in writing to marketing texts
      And that consent came from <list>
      When a marketing text is due
      Then it must not go, because of CTIA-06

      Examples:
        | list                                 |
        | a list that was bought               |
        | a list that was rented               |
        | a list that was shared               |
        | a list that was scraped from the web |

    Scenario: The contact also agreed to the sender itself
      Given the contact agreed in writing to marketing texts
      And that consent came from a list that was bought
      And the contact agreed in writing to marketing texts on 2 June 2026
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

  @rule:CTIA-07
  Rule: Deactivated numbers are dropped

    Background:
      Given the contact agreed in writing to marketing texts on 1 June 2026

    Scenario: The carrier deactivated the number after the consent
      Given the number was deactivated on 2 June 2026
      When a marketing text is due
      Then it needs an opt-in, because of CTIA-07
      And CORE-ADDR-02 speaks of it, too

    Scenario: The consent is the new holder's
      Given the number was deactivated on 1 May 2026
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

  @rule:CTIA-13
  Rule: Short codes want the yes to come from the telephone

    Background:
      Given the sender is a short code
      And the contact agreed in writing to marketing texts

    Scenario: A form on the web is not enough
      When a marketing text is due
      Then it needs an opt-in, because of CTIA-13

    Scenario Outline: The telephone said yes
      Given <yes>
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

      Examples:
        | yes                                     |
        | that consent was confirmed on the phone |
        | that consent came from a text message   |
