@replies
Feature: Whoever texts back is heard at once, and answered once

  What somebody texts back is done before anything else is sent to them, and they are told so, once.

  Background:
    Given it is Monday 14:00 in New York
    And the marketing program "Weekly offers"
    And the transactional program "Order updates"
    And +1 212 555 0101 agreed to "Weekly offers" on the web form
    And +1 212 555 0101 asked for "Order updates" at checkout

  @rule:US-TCPA-REV-01 @rule:US-TCPA-REV-02
  Rule: A stop stops everything, in whatever words

    Scenario Outline: Nothing more is sent
      When +1 212 555 0101 texts back "<words>"
      And the business sends "Acme: 20% off today. Reply STOP to opt out." for "Weekly offers"
      Then the message is blocked because of <rule>
      When the business sends "Acme: your order has shipped" for "Order updates"
      Then the message is blocked because of <rule>

      Examples:
        | words                          | rule           |
        | STOP                           | US-TCPA-REV-01 |
        | stopp                          | US-TCPA-REV-01 |
        | please stop texting me         | US-TCPA-REV-02 |
        | Ya no me manden mensajes       | US-TCPA-REV-02 |
        | STOP 🛑                        | US-TCPA-REV-01 |

    Scenario: Offers only, where that is what they say
      When +1 212 555 0101 texts back "stop the offers but keep the order updates coming"
      And the business sends "Acme: your order has shipped" for "Order updates"
      Then the message is sent
      When the business sends "Acme: 20% off today. Reply STOP to opt out." for "Weekly offers"
      Then the message is blocked because of US-TCPA-REV-02

  @rule:US-TCPA-REV-06
  Rule: One confirmation, within five minutes

    Scenario: The opt-out is confirmed
      When +1 212 555 0101 texts back "please stop texting me"
      Then they are told that they are unsubscribed

    Scenario: Saying it again is not answered again
      Given +1 212 555 0101 texts back "STOP"
      And they are told that they are unsubscribed
      When a day passes
      And +1 212 555 0101 texts back "STOP"
      Then they are told nothing more

    Scenario: After coming back, leaving is confirmed again
      Given +1 212 555 0101 texts back "STOP"
      And they are told that they are unsubscribed
      When an hour passes
      And +1 212 555 0101 agreed to "Weekly offers" on the web form
      And +1 212 555 0101 texts back "stop"
      Then they are told that they are unsubscribed

    Scenario: A confirmation that would come too late does not come
      Given nothing is sent for the moment
      When +1 212 555 0101 texts back "STOP"
      And six minutes pass
      And sending goes on
      Then they are told nothing more

  @rule:CTIA-04
  Rule: HELP is answered, also after an opt-out

    Scenario: Somebody asks who this is
      When +1 212 555 0101 texts back "HELP"
      Then they are told who sends this and how to reach them
      And "Weekly offers" still may be sent

    Scenario: Somebody who left asks who this is
      Given +1 212 555 0101 texts back "STOP"
      And they are told that they are unsubscribed
      When +1 212 555 0101 texts back "HELP"
      Then they are told who sends this and how to reach them

    Scenario: A machine that asks for help for ever is left alone
      When +1 212 555 0101 texts back "HELP" thirty times
      Then they are answered three times

  @rule:US-TCPA-REV-12
  Rule: START brings back what needs nothing in writing

    Scenario: Orders come again, offers do not
      Given +1 212 555 0101 texts back "STOP"
      And they are told that they are unsubscribed
      When an hour passes
      And +1 212 555 0101 texts back "START"
      Then they are told that they get "Order updates" again
      When the business sends "Acme: your order has shipped" for "Order updates"
      Then the message is sent
      When the business sends "Acme: 20% off today. Reply STOP to opt out." for "Weekly offers"
      Then the message is held because of US-TCPA-REV-12

    Scenario: Nobody who never left is told anything
      When +1 212 555 0101 texts back "START"
      Then they are told nothing more

  @rule:CTIA-13
  Rule: YES answers the request that is open, and nothing else

    Scenario: YES to nothing
      When +1 212 555 0101 texts back "YES"
      Then they are told nothing more

    Scenario: YES to a request
      Given the program "Club news" with double opt-in
      And +1 212 555 0101 asked on the web form for "Club news"
      When +1 212 555 0101 texts back "YES"
      Then they are told that they are signed up for "Club news"
      And "Club news" still may be sent

    Scenario: YES a day too late
      Given the program "Club news" with double opt-in
      And +1 212 555 0101 asked on the web form for "Club news"
      When a day passes
      And +1 212 555 0101 texts back "YES"
      Then they are told nothing more

  @rule:US-TCPA-REV-02
  Rule: What may mean stop suspends offers until somebody has read it

    Scenario: Offers wait, orders go on
      Given +1 212 555 0101 texts back "enough"
      When the business sends "Acme: 20% off today. Reply STOP to opt out." for "Weekly offers"
      Then the message is blocked because of US-TCPA-REV-02
      When the business sends "Acme: your order has shipped" for "Order updates"
      Then the message is sent

    Scenario: Staff find that it was an opt-out
      Given +1 212 555 0101 texts back "enough"
      When staff read it as an opt-out
      And the business sends "Acme: your order has shipped" for "Order updates"
      Then the message is blocked because of US-TCPA-REV-02

    Scenario: Staff find that it was none
      Given +1 212 555 0101 texts back "enough"
      When staff read it as no opt-out
      Then "Weekly offers" still may be sent

  Rule: Everything else is left for people to read

    Scenario: A question about an order
      When +1 212 555 0101 texts back "when does my package arrive?"
      Then they are told nothing more
      And "Weekly offers" still may be sent

    Scenario: Somebody nobody knows says stop
      When +1 212 555 0199 texts back "STOP"
      Then +1 212 555 0199 hears nothing
      When the business sends "Acme: 20% off today. Reply STOP to opt out." to +1 212 555 0199 for "Weekly offers"
      Then the message is blocked because of CORE-SUP-01
