@compliance
Feature: Virginia keeps an opt-out for ten years

  Background:
    Given a contact in Virginia who agreed in writing to marketing texts

  @rule:US-VA-01
  Rule: STOP and UNSUBSCRIBE are honoured for ten years, by us for good

    Scenario Outline: The words are read wherever they stand in the reply
      When the contact texts "<reply>"
      Then that is an opt-out, because of <rule>
      And US-VA-01 speaks of it, too

      Examples:
        | reply                      | rule           |
        | STOP                       | US-TCPA-REV-01 |
        | unsubscribe                | US-TCPA-REV-01 |
        | Stop sending me this stuff | US-TCPA-REV-02 |

    Scenario: In doubt a person looks at it
      When the contact texts "My bus stop is closed today, thanks"
      Then that is left to a person, and marketing waits, because of US-VA-01

    Scenario Outline: Nothing goes out after it
      Given the contact texted "STOP" on Monday 16 November 2026 at 10:00 in Virginia
      When a marketing text is due on <day>
      Then it must not go, because of US-VA-01

      Examples:
        | day                     |
        | Monday 23 November 2026 |
        | 15 November 2036        |
        | 17 November 2036        |

    Scenario: The contact never opted out
      When a marketing text is due
      Then US-VA-01 says nothing

  @rule:US-VA-02
  Rule: Marketing texts arrive between eight and nine

    Scenario: At nine it is too late
      When a marketing text is due on Monday 23 November 2026 at 21:00 in Virginia
      Then it waits until Tuesday 24 November 2026 at 08:00 in Virginia, because of US-VA-02
      And US-TCPA-HRS-01 speaks of it, too

    Scenario: A minute earlier it is not
      When a marketing text is due on Monday 23 November 2026 at 20:59 in Virginia
      Then it may go, because of US-TCPA-CONS-01
