@compliance
Feature: What is not proven does not count, and what sells is marketing

  @rule:CORE-PROOF-01
  Rule: A consent without its evidence is none

    Scenario Outline: Something is not on record
      Given a contact in New York who gave the number for order updates
      And the record does not show <what>
      When a transactional text is due
      Then it needs an opt-in, because of US-TCPA-CONS-03
      And CORE-PROOF-01 speaks of it, too

      Examples:
        | what                      |
        | the words that were shown |
        | when it was given         |
        | who took it down          |
        | what the person did       |

    Scenario: All of it is
      Given a contact in New York who gave the number for order updates
      When a transactional text is due
      Then CORE-PROOF-01 says nothing

  @rule:CORE-MIX-01
  Rule: A message that also sells is marketing

    Scenario Outline: A coupon in an order update
      Given a contact in <place>
      And the message also promotes something
      When <message> is due
      Then it is judged as marketing
      And it needs an opt-in, because of <rule>

      Examples:
        | place    | message              | rule            |
        | New York | a transactional text | US-TCPA-CONS-01 |
        | Ontario  | a transactional mail | CA-CASL-01      |
        | Spain    | a transactional mail | EU-EPD-01       |

    Scenario: American law alone judges a mail by its main purpose
      Given a contact in California
      And the message advertises below the order
      When a transactional mail is due
      Then it is judged as transactional
      And it may go, because of US-CANSPAM-09

    Scenario: An order update that sells nothing
      Given a contact in Spain
      When a transactional mail is due
      Then it is judged as transactional
