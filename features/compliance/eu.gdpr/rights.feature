@compliance
Feature: Europeans' requests have their days

  @rule:EU-DSR-01
  Rule: A month, to the same day; the last day of a shorter month; the next working day after a weekend

    Scenario Outline: When the month ends
      When a request for one's data in the European Union comes in on <received>
      Then the last day for it is <last day>, because of EU-DSR-01

      Examples:
        | received                  | last day                   |
        | Monday 23 November 2026   | Wednesday 23 December 2026 |
        | Saturday 31 January 2026  | Monday 2 March 2026        |
        | Thursday 31 December 2026 | Monday 1 February 2027     |
        | Monday 21 December 2026   | Thursday 21 January 2027   |

    Scenario: A complex request takes two months more
      Given the time was extended
      When a request for one's data in the European Union comes in on Monday 23 November 2026
      Then the last day for it is Tuesday 23 February 2027, because of EU-DSR-01

  @rule:EU-GDPR-17
  Rule: An erasure leaves what keeps the person out, and the proof, and nothing else

    Scenario: What goes and what stays
      When a contact is erased
      Then nothing is left of the addresses
      And nothing is left of the attributes
      And nothing is left of the message bodies
      And nothing is left of the look-up digests
      And the suppression token and the restricted evidence are all that stays

  @rule:EU-GDPR-33
  Rule: A breach is reported within 72 hours, weekends included

    Scenario: Friday evening
      When news of a breach comes in on Friday 20 November 2026 at 18:00 in Berlin
      Then the last moment for it is Monday 23 November 2026 at 18:00 in Berlin, because of EU-GDPR-33
