@compliance
Feature: In South Africa people are asked once, and a registry keeps those who want nothing

  @rule:ZA-POPIA-01
  Rule: One request for consent; customers are told of similar products

    Scenario: Nobody asked the contact
      Given a contact in South Africa
      When a marketing mail is due
      Then it needs an opt-in, because of ZA-POPIA-01

    Scenario: The one request
      Given a contact in South Africa
      When a mail that asks for consent is due
      Then it may go, because of ZA-POPIA-01

    Scenario: The second request
      Given a contact in South Africa
      And the contact was asked for consent before
      When a mail that asks for consent is due
      Then it must not go, because of ZA-POPIA-01

    Scenario: The contact consented
      Given a contact in South Africa who agreed to marketing mail
      When a marketing mail is due
      Then it may go, because of ZA-POPIA-01

    Scenario: A customer
      Given a contact in South Africa
      And the contact is an existing customer
      When a marketing mail is due
      Then it may go, because of ZA-POPIA-01

    Scenario Outline: A customer, but
      Given a contact in South Africa
      And the contact is an existing customer
      And <circumstances>
      When a marketing mail is due
      Then it needs an opt-in, because of ZA-POPIA-01

      Examples:
        | circumstances                                          |
        | other kinds of products are advertised                 |
        | no refusal was offered when the address was taken down |
        | the contact refused at once                            |

  @rule:ZA-CPA-01
  Rule: Who is on the opt-out registry is not approached

    Scenario: Not even with consent
      Given a contact in South Africa who agreed to marketing mail
      And the contact is on South Africa's opt-out registry
      When a marketing mail is due
      Then it must not go, because of ZA-CPA-01

    Scenario: Before the registry was made law
      Given a contact in South Africa who agreed to marketing mail on 1 January 2026
      And the contact is on South Africa's opt-out registry
      When a marketing mail is due on 14 April 2026
      Then it may go, because of ZA-POPIA-01
