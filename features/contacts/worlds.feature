@contacts
Feature: Test contacts and live contacts never meet

  Developers try things out with test keys. What they do must reach nobody real, and what is real
  must not show up among their tests.

  Background:
    Given the live contact Pat with +1 212 555 0101

  Scenario: A developer looks for a live contact
    When the developer looks up +1 212 555 0101
    Then the developer finds nobody

  Scenario: A developer makes a contact with the same number
    When the developer adds the contact Pat's twin with +1 212 555 0101
    Then the developer looks up +1 212 555 0101 and finds Pat's twin
    And the business looks up +1 212 555 0101 and finds Pat
