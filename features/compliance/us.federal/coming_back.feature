@compliance
Feature: After an opt-out only the contact comes back

  Background:
    Given a contact in New York who agreed in writing to marketing texts
    And the contact gave the number for order updates
    And the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York

  @rule:US-TCPA-REV-12
  Rule: START gives back what needs no writing; marketing needs a new written consent

    Scenario: START is read
      When the contact texts "START"
      Then that is an opt-in, because of US-TCPA-REV-12
      And the opt-in is confirmed

    Scenario: Order updates come back
      Given the contact texted "START" on Tuesday 17 November 2026 at 10:00 in New York
      When a transactional text is due
      Then it may go, because of US-TCPA-REV-12

    Scenario: Offers do not
      Given the contact texted "START" on Tuesday 17 November 2026 at 10:00 in New York
      When a marketing text is due
      Then it needs an opt-in, because of US-TCPA-REV-12

    Scenario: A company may count START for offers as well
      Given the company lets START restore everything
      And the contact texted "START" on Tuesday 17 November 2026 at 10:00 in New York
      When a marketing text is due
      Then it may go, because of US-TCPA-REV-12

    Scenario: The contact agrees in writing once more
      Given the contact agreed in writing to marketing texts on 18 November 2026
      When a marketing text is due
      Then it may go, because of US-TCPA-REV-12

    Scenario: A consent from before the opt-out does not count
      Given the contact agreed in writing to marketing texts on 15 November 2026
      When a marketing text is due
      Then it must not go, because of US-TCPA-REV-01
