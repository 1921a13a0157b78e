@compliance
Feature: Where the sources contradict each other, the federal hours hold until counsel confirms

  @rule:US-STX-01
  Rule: Hours that nobody has confirmed are not applied

    Scenario Outline: Vendors' tables would have it wait
      Given a contact in <state> who agreed in writing to marketing texts
      When a marketing text is due on <due> in <state>
      Then it may go, because of US-TCPA-CONS-01

      Examples:
        | state        | due                              | what the tables say |
        | Alabama      | Sunday 22 November 2026 at 12:00 | never on Sundays    |
        | Rhode Island | Monday 23 November 2026 at 19:00 | until six           |
        | Nevada       | Monday 23 November 2026 at 20:30 | until eight         |
