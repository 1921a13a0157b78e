@compliance
Feature: Requests and complaints in the United Kingdom have their days

  @rule:UK-DSR-02
  Rule: The month stands still while we wait for an answer we need

    Scenario: We had to ask who it was
      Given the clock stood still for 9 days
      When a request for one's data in the United Kingdom comes in on Monday 2 November 2026
      Then the last day for it is Friday 11 December 2026, because of UK-DSR-02

    Scenario: The month ends on Christmas Day
      When a request for one's data in the United Kingdom comes in on Wednesday 25 November 2026
      Then the last day for it is Tuesday 29 December 2026, because of UK-DSR-02

  @rule:UK-DUAA-03
  Rule: A complaint is acknowledged within thirty days

    Scenario: A complaint of November
      When a complaint about data protection in the United Kingdom comes in on Monday 23 November 2026
      Then the last day for it is Wednesday 23 December 2026, because of UK-DUAA-03
