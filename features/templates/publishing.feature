@templates
Feature: A template says the same until somebody publishes something else

  Staff write what messages say once, in every language their contacts read. Nobody is sent a text
  that was not published, and what was once sent can always be shown again.

  Background:
    Given the SMS template "Order shipped" says "Your order is on its way"

  Rule: Only what was published is sent

    Scenario: A draft is not ready
      When the business sends "Order shipped"
      Then it is refused because the template is a draft

    Scenario: The text is published
      Given "Order shipped" is published
      When the business sends "Order shipped"
      Then the contact reads "Your order is on its way"

  Rule: An edit waits for its own publication

    Scenario: Somebody works on a better text
      Given "Order shipped" is published
      And "Order shipped" is edited to say "Your order arrives today"
      When the business sends "Order shipped"
      Then the contact reads "Your order is on its way"

    Scenario: The better text is published
      Given "Order shipped" is published
      And "Order shipped" is edited to say "Your order arrives today"
      And "Order shipped" is published
      When the business sends "Order shipped"
      Then the contact reads "Your order arrives today"
      And "Your order is on its way" can still be shown

  Rule: Contacts read their own language where there is one

    Background:
      Given "Order shipped" also says "Votre commande est en route" in French
      And "Order shipped" is published

    Scenario Outline: Contacts of several countries
      When the business sends "Order shipped" to a contact who reads <language>
      Then the contact reads "<text>"

      Examples:
        | language        | text                        |
        | English         | Your order is on its way    |
        | Canadian French | Votre commande est en route |
        | Japanese        | Your order is on its way    |
