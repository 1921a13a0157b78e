@compliance
Feature: Where nobody knows the place, the strictest law holds

  @rule:CORE-JUR-03
  Rule: Only a confirmed opt-in counts

    Background:
      Given a contact of whom only the mail address is known

    Scenario: We do not know where
      When we look where the contact lives
      Then the strict rules for an unknown place apply

    Scenario: Nobody asked the contact
      When a marketing mail is due
      Then it needs an opt-in, because of CORE-JUR-03

    Scenario: The contact never confirmed
      Given the contact agreed to marketing mail
      When a marketing mail is due
      Then it needs an opt-in, because of CORE-JUR-03

    Scenario: The contact confirmed
      Given the contact agreed to marketing mail and confirmed it by mail
      When a marketing mail is due
      Then it may go, because of CORE-JUR-03

    Scenario: A customer is no exception here
      Given the contact is an existing customer
      When a marketing mail is due
      Then it needs an opt-in, because of CORE-JUR-03

    Scenario Outline: The message has it all
      Given the contact agreed to marketing mail and confirmed it by mail
      And the message <fault>
      When a marketing mail is due
      Then it must not go, because of CORE-JUR-03

      Examples:
        | fault                        |
        | does not say who sends it    |
        | offers no way to unsubscribe |
        | shows no postal address      |
        | has no one-click unsubscribe |

    Scenario: No administrator may choose a milder law
      When an administrator decides that people of unknown places are treated as Americans
      Then that is refused, because of CORE-JUR-03

  @rule:CORE-JUR-03
  Rule: A country whose law we do not have is an unknown place, too

    Scenario: Switzerland
      Given a contact in Switzerland who agreed to marketing mail
      When a marketing mail is due
      Then it needs an opt-in, because of CORE-JUR-03
