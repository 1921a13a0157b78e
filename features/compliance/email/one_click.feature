@compliance
Feature: Marketing mail is left with one click, for ever

  Background:
    Given a contact in California who agreed to marketing mail

  @rule:EML-8058-01
  Rule: The mail carries the one-click headers, and its signature covers them

    Scenario Outline: It does not
      Given the message <fault>
      When a marketing mail is due
      Then it must not go, because of EML-8058-01

      Examples:
        | fault                                     |
        | has no one-click unsubscribe              |
        | is signed without its unsubscribe headers |

    Scenario: It does
      When a marketing mail is due
      Then it may go, because of US-CANSPAM-11

    Scenario: A receipt needs none
      Given the message has no one-click unsubscribe
      When a transactional mail is due
      Then it may go, because of US-CANSPAM-09

  @rule:EML-8058-05
  Rule: Links that unsubscribe do not expire

    Scenario: An administrator would like them to
      When an administrator decides that unsubscribe links expire after 30 days
      Then that is refused, because of EML-8058-05

    Scenario Outline: If they did, sixty days would be the least
      Given unsubscribe links expire after <days> days
      When a marketing mail is due
      Then <verdict>

      Examples:
        | days | verdict                                |
        | 60   | it may go, because of US-CANSPAM-11    |
        | 59   | it must not go, because of EML-8058-05 |
