@compliance
Feature: A text goes to a number that can receive it and still belongs to who agreed

  @rule:CORE-ADDR-01
  Rule: Numbers that receive no texts are sent none

    Scenario Outline: The kind of number
      Given a contact with the number <number>
      And the contact agreed in writing to marketing texts
      When a marketing text is due on Monday 23 November 2026 at 15:00 in New York
      Then it must not go, because of CORE-ADDR-01

      Examples:
        | number          | kind         |
        | +1 800 555 0101 | toll-free    |
        | +1 900 555 0101 | premium rate |
        | +1 555 555 0101 | unassigned   |

    Scenario: A landline
      Given a contact in New York who agreed in writing to marketing texts
      And the number is a landline
      When a marketing text is due
      Then it must not go, because of CORE-ADDR-01

    Scenario: Only a mail address is known
      Given a contact of whom only the mail address is known
      When a marketing text is due
      Then it must not go, because of CORE-ADDR-01

    Scenario: A mobile
      Given a contact in New York who agreed in writing to marketing texts
      And the number is a mobile
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

  @rule:CORE-ADDR-02
  Rule: A number that changed hands carries no consent

    Background:
      Given a contact in New York who agreed in writing to marketing texts on 1 June 2026

    Scenario: Disconnected after the consent
      Given the number was disconnected on 2 June 2026
      When a marketing text is due
      Then it needs an opt-in, because of CORE-ADDR-02

    Scenario: The federal database of reassigned numbers says so
      Given the Reassigned Numbers Database says that the number changed hands
      When a marketing text is due
      Then it needs an opt-in, because of CORE-ADDR-02

    Scenario: Disconnected before: the consent is the new holder's
      Given the number was disconnected on 31 May 2026
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01
