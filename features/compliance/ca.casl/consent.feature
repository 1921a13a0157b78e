@compliance
Feature: In Canada a commercial message needs consent, express or implied

  Background:
    Given a contact in Ontario

  @rule:CA-CASL-01
  Rule: No commercial message without consent

    Scenario Outline: Nobody asked the contact
      When <message> is due
      Then it needs an opt-in, because of CA-CASL-01

      Examples:
        | message          |
        | a marketing text |
        | a marketing mail |

    Scenario: Somebody in Ontario whose number is from New York
      Given the number of the contact is +1 212 555 0101
      When a marketing mail is due
      Then it needs an opt-in, because of US-CANSPAM-11
      And CA-CASL-01 speaks of it, too

    Scenario: The contact gave express consent
      Given the contact gave express consent to marketing texts and mail
      When a marketing mail is due
      Then it may go, because of CA-CASL-03

  @rule:CA-CASL-02
  Rule: The request for consent said who asks, why, and that one can withdraw

    Scenario Outline: Something is missing from the record
      Given the contact gave express consent to marketing texts and mail
      And the record does not show <what>
      When a marketing mail is due
      Then it needs an opt-in, because of CA-CASL-02

      Examples:
        | what                      |
        | the purpose               |
        | the name of the sender    |
        | a mailing address         |
        | a way to reach the sender |
        | that it can be withdrawn  |

    Scenario Outline: The contact did nothing that agrees
      Given the contact gave express consent to marketing texts and mail
      And that consent came from <what>
      When a marketing mail is due
      Then it needs an opt-in, because of CA-CASL-02

      Examples:
        | what                               |
        | a box that was ticked beforehand   |
        | accepting the terms                |
        | a number typed in and nothing else |

    Scenario: A purchase bears the message all the same
      Given the contact gave express consent to marketing texts and mail
      And the record does not show a mailing address
      And the contact bought something on 1 November 2026
      When a marketing mail is due
      Then it may go, because of CA-CASL-04

  @rule:CA-CASL-03
  Rule: Express consent does not expire

    Scenario: Ten years later
      Given the contact gave express consent to marketing texts and mail on 10 January 2016
      When a marketing mail is due
      Then it may go, because of CA-CASL-03

  @rule:CA-CASL-11
  Rule: Who relies on consent proves it

    Scenario: The words that were shown are lost
      Given the contact gave express consent to marketing texts and mail
      And the record does not show the words that were shown
      When a marketing mail is due
      Then it needs an opt-in, because of CA-CASL-02
      And CA-CASL-11 speaks of it, too

    Scenario: The proof is there
      Given the contact gave express consent to marketing texts and mail
      When a marketing mail is due
      Then CA-CASL-11 says nothing

    Scenario: The proof is kept for five years
      When evidence from Ontario was last relied on on 23 November 2026
      Then it is kept until 23 November 2031

  @rule:CA-CASL-14
  Rule: A consent that was passed on names who held it first

    Background:
      Given the contact gave express consent to marketing texts and mail
      And that consent came from a partner who passed it on

    Scenario: The chain is not on record
      When a marketing mail is due
      Then it needs an opt-in, because of CA-CASL-14

    Scenario: The chain is on record and in the message
      Given the record shows who held the consent first and how they are told of a withdrawal
      And the message says who held the consent first
      When a marketing mail is due
      Then it may go, because of CA-CASL-03
