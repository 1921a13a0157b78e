@compliance
Feature: Californians' requests have their days

  @rule:US-CCPA-01
  Rule: Acknowledged in ten business days, answered in 45 days, or in 90 with notice

    Scenario: A request of November
      When a request for one's data in California comes in on Monday 23 November 2026
      Then it is acknowledged by Tuesday 8 December 2026
      And the last day for it is Thursday 7 January 2027, because of US-CCPA-01

    Scenario: The person was told that it takes longer
      Given the time was extended
      When a request for one's data in California comes in on Monday 23 November 2026
      Then the last day for it is Sunday 21 February 2027, because of US-CCPA-01

  @rule:US-CCPA-02
  Rule: A no to sale or sharing holds within fifteen business days

    Scenario: A no of November
      When an opt-out from sale in California comes in on Monday 23 November 2026
      Then the last day for it is Tuesday 15 December 2026, because of US-CCPA-02
      And we do it at once

  @rule:US-CCPA-03
  Rule: Requests are logged for two years, and what keeps people out serves nothing else

    Scenario: The log
      Then the log of requests is kept for 24 months

    Scenario Outline: The record that a contact was deleted
      Then the list of suppressions <may> be used for <purpose>

      Examples:
        | may      | purpose   |
        | may      | suppress  |
        | must not | analytics |
