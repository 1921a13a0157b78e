@unsubscribe
Feature: The way out of a mail works for everybody who holds it, and for as long as it lies somewhere

  Background:
    Given pat@example.com agreed to "Weekly offers" and "Shop news"
    And pat@example.com got a mail of "Weekly offers"

  @rule:EML-8058-02
  Rule: One press is enough

    Scenario: The button of the mail program
      When the mail program unsubscribes
      Then "Weekly offers" is not sent to pat@example.com any more
      But "Shop news" is sent to pat@example.com

    Scenario: More than these messages
      When the mail program unsubscribes
      And the reader stops everything on the page that follows
      Then "Shop news" is not sent to pat@example.com any more

  @rule:EML-8058-03
  Rule: Looking changes nothing

    Scenario: A scanner opens every link of the mail, twice
      When a scanner opens every link of the mail twice
      Then "Weekly offers" is sent to pat@example.com

  @rule:EML-8058-04
  Rule: A forwarded mail stops its own address and shows nobody

    Scenario: Somebody else presses it
      Given sam@example.com agreed to "Weekly offers"
      When sam@example.com, to whom it was forwarded, unsubscribes in it
      Then nothing about pat@example.com was shown
      And "Weekly offers" is not sent to pat@example.com any more
      But "Weekly offers" is sent to sam@example.com

  @rule:EML-8058-05
  Rule: A link never expires

    Scenario: A mail of ten years ago
      Given 10 years passed
      When the mail program unsubscribes
      Then "Weekly offers" is not sent to pat@example.com any more

    Scenario: The address was taken off its contact since
      Given the contact of pat@example.com has another address now
      When the mail program unsubscribes
      Then "Weekly offers" is not sent to pat@example.com any more
