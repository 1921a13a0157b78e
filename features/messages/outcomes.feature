@messages
Feature: The business learns what became of a message

  Background:
    Given it is Monday 14:00 in New York
    And the transactional program "Order updates" by text and email

  Rule: The carrier's last word is kept

    Scenario Outline: The phone answers for itself
      Given <phone> asked for "Order updates" at checkout
      When the business sends "Acme: your order has shipped" to <phone> for "Order updates"
      Then the message is <outcome>

      Examples: the sandbox's magic numbers
        | phone           | outcome     |
        | +1 202 555 0111 | delivered   |
        | +1 202 555 0112 | undelivered |

    Scenario: An outage passes
      Given +1 202 555 0115 asked for "Order updates" at checkout
      When the business sends "Acme: your order has shipped" to +1 202 555 0115 for "Order updates"
      And a day passes
      Then the message is delivered

  @rule:PRV-TWILIO-02
  Rule: What a person told the provider, they told us

    Scenario: The provider says the contact opted out there
      Given +1 202 555 0113 asked for "Order updates" at checkout
      When the business sends "Acme: your order has shipped" to +1 202 555 0113 for "Order updates"
      Then the message is failed
      When the business sends "Acme: your parcel is at the door" to +1 202 555 0113 for "Order updates"
      Then the message is blocked because of US-TCPA-REV-01

  Rule: A message that still waits can be taken back

    Scenario: The business changes its mind
      Given the business sends "Acme: your order has shipped" to +1 212 555 0101 for "Order updates"
      When the business cancels the message
      And +1 212 555 0101 asked for "Order updates" at checkout
      Then the message is cancelled
      And +1 212 555 0101 receives nothing

  Rule: A message whose time is over is not sent

    Scenario: Consent comes too late
      Given the business sends "Acme: your order has shipped" to +1 212 555 0101 for "Order updates", good for an hour
      When a day passes
      And +1 212 555 0101 asked for "Order updates" at checkout
      Then the message is expired
      And +1 212 555 0101 receives nothing
