@privacy
Feature: People ask about their data and get an answer in time

  Background:
    Given the marketing program "Weekly offers"
    And the transactional program "Order updates"
    And Pat agreed to "Weekly offers"

  @rule:EU-DSR-01 @rule:UK-DSR-02 @rule:US-CCPA-01 @rule:BR-LGPD-01
  Rule: The last day is the one the person's own law sets

    Scenario Outline: Received on Monday, 23 November 2026
      When somebody from <place> asks to see their data
      Then the answer is due on <day>

      Examples:
        | place      | day        |
        | California | 2027-01-07 |
        | London     | 2026-12-23 |
        | Berlin     | 2026-12-23 |
        | São Paulo  | 2026-12-08 |
        | nowhere    | 2026-12-23 |

  Rule: What is held is shown to the person alone

    Scenario: Pat shows who they are
      Given Pat asked to see their data
      When staff made sure that it is Pat
      Then Pat is handed what they agreed to

    Scenario: Pat shows nothing
      Given Pat asked to see their data
      Then nothing is handed out yet

  Rule: Restricted data is kept and not used

    Scenario: Until the dispute is settled
      When Pat's data is restricted
      Then Pat is not written to about "Weekly offers"
      And Pat is still on record

    Scenario: The dispute is settled
      Given Pat's data is restricted
      When the restriction is lifted
      Then Pat is written to about "Weekly offers"

  @rule:EU-GDPR-04
  Rule: An objection to marketing holds at once

    Scenario: Before anybody has looked at it
      When Pat objects to marketing
      Then Pat is not written to about "Weekly offers"
