@privacy
Feature: Nothing is kept longer than it is needed, and nothing goes that a claim may need

  Rule: Who never answered is forgotten

    @rule:DE-UWG-02
    Scenario: A request nobody answered for a month
      Given Pat was asked to opt in 31 days ago
      When the night's retention runs
      Then nothing is known of Pat any more

    @rule:DE-UWG-02
    Scenario: A request that may still be answered
      Given Pat was asked to opt in 10 days ago
      When the night's retention runs
      Then Pat is known

  Rule: Evidence outlives the consent for as long as somebody may sue

    @rule:PII-09
    Scenario Outline: After an opt-out
      Given Pat agreed and opted out <years> years ago
      When the night's retention runs
      Then <outcome>

      Examples:
        | years | outcome                            |
        | 4     | Pat is known                       |
        | 8     | nothing is known of Pat any more   |

    @rule:PII-06
    Scenario: The no outlives everything else
      Given Pat agreed and opted out 8 years ago
      When the night's retention runs
      Then Pat's address is still blocked

    Scenario: A consent that stands
      Given Pat agreed 8 years ago
      When the night's retention runs
      Then Pat is known

  Rule: What is held stays

    Scenario: A claim under way
      Given Pat agreed and opted out 8 years ago
      And Pat is under a legal hold
      When the night's retention runs
      Then Pat is known

    Scenario: After the claim
      Given Pat agreed and opted out 8 years ago
      And Pat is under a legal hold
      But the hold is released
      When the night's retention runs
      Then nothing is known of Pat any more

  Rule: What is left can still be verified

    Scenario: The books after a removal
      Given Pat agreed and opted out 8 years ago
      When the night's retention runs
      Then the ledger and the trail verify
