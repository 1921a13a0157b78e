@compliance
Feature: Following a link changes nothing, pressing the button does

  Background:
    Given a mail with a link to unsubscribe was sent to pat@example.com

  @rule:EML-8058-03
  Rule: Scanners, previews and link checkers change nothing

    Scenario Outline: Somebody or something only looks
      When the link to unsubscribe is asked for with <method>
      Then pat@example.com still gets the mail, because of EML-8058-03

      Examples:
        | method  |
        | GET     |
        | HEAD    |
        | OPTIONS |
        | PUT     |

  @rule:EML-8058-02
  Rule: One request unsubscribes, and asks for nothing else

    Scenario: The mail program presses for the person
      When the link to unsubscribe is asked for with POST
      Then pat@example.com is unsubscribed, because of EML-8058-02

  @rule:EML-8058-04
  Rule: A forwarded mail unsubscribes whom it was sent to

    Scenario: A friend presses
      Given the mail was forwarded
      When the link to unsubscribe is asked for with POST
      Then pat@example.com is unsubscribed, because of EML-8058-04

  @rule:EML-8058-05
  Rule: The link works for ever, and an unknown one harms nobody

    Scenario: Two years later
      Given the mail was sent 730 days ago
      When the link to unsubscribe is asked for with POST
      Then pat@example.com is unsubscribed, because of EML-8058-05

    Scenario: A link somebody made up
      Given the link was not made by us
      When the link to unsubscribe is asked for with POST
      Then pat@example.com still gets the mail, because of EML-8058-05

  @rule:VER-10
  Rule: A request to opt in is confirmed by the button and by nothing else

    Scenario Outline: Who answers, and when
      Given a request to opt in by <channel> has been waiting for <hours> hours
      When the link to confirm is asked for with <method>
      Then the opt-in is <outcome>, because of <rule>

      Examples:
        | channel | hours | method | outcome       | rule      |
        | mail    | 1     | GET    | not confirmed | VER-10    |
        | mail    | 1     | HEAD   | not confirmed | VER-10    |
        | mail    | 1     | POST   | confirmed     | VER-10    |
        | mail    | 72    | POST   | confirmed     | VER-10    |
        | mail    | 73    | POST   | not confirmed | DE-UWG-02 |
        | text    | 24    | POST   | confirmed     | VER-10    |
        | text    | 25    | POST   | not confirmed | CTIA-13   |

    Scenario: Nobody asked
      When the link to confirm is asked for with POST
      Then the opt-in is not confirmed, because of VER-10
