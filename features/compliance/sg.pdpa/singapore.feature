@compliance
Feature: In Singapore the register is checked and bulk messages are labelled

  @rule:SG-01
  Rule: The register was checked within 21 days, unless the contact consented

    Background:
      Given a contact in Singapore
      And the message is labelled <ADV>

    Scenario: Nobody checked
      When a marketing text is due
      Then it must not go, because of SG-01

    Scenario Outline: To the day
      Given the Singapore register was checked on <day>
      And the number is not on Singapore's Do Not Call Register
      When a marketing text is due on Monday 23 November 2026
      Then <verdict>, because of SG-01

      Examples:
        | day             | verdict        |
        | 2 November 2026 | it may go      |
        | 1 November 2026 | it must not go |

    Scenario: The number is on it
      Given the Singapore register was checked on 20 November 2026
      And the number is on Singapore's Do Not Call Register
      When a marketing text is due on Monday 23 November 2026
      Then it must not go, because of SG-01

    Scenario: The contact consented
      Given the contact agreed to marketing texts
      When a marketing text is due
      Then it may go, because of SG-01

  @rule:SG-02
  Rule: An unsolicited bulk message says <ADV> and can be unsubscribed from for thirty days

    Background:
      Given a contact in Singapore

    Scenario: It does not say so
      When a marketing mail is due
      Then it must not go, because of SG-02

    Scenario Outline: Thirty days
      Given the message is labelled <ADV>
      And the message can be unsubscribed from for <days> days
      When a marketing mail is due
      Then <verdict>, because of SG-02

      Examples:
        | days | verdict        |
        | 30   | it may go      |
        | 29   | it must not go |

    Scenario: The contact asked for it
      Given the contact agreed to marketing mail
      When a marketing mail is due
      Then it may go, because of SG-02

    Scenario: A text after STOP
      Given the contact agreed to marketing texts
      And the contact texted "STOP" on Friday 20 November 2026 at 10:00 in Singapore
      When a marketing text is due on Monday 23 November 2026
      Then it must not go, because of SG-02

    Scenario: The last day the law allows
      When an unsubscribe in Singapore comes in on Monday 23 November 2026
      Then the last day for it is Monday 7 December 2026, because of SG-02
      And we do it at once
