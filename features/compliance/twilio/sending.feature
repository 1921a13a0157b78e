@compliance
Feature: Twilio has rules of its own for what leaves through it

  Background:
    Given a contact in New York who agreed in writing to marketing texts
    And the sender goes through Twilio

  @rule:PRV-TWILIO-02
  Rule: After STOP the number is blocked for everything until START

    Background:
      Given the contact asked for sign-in codes by text on 20 November 2026
      And the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York

    Scenario: A code the contact asked for since cannot go out either
      When a sign-in code by text is due on Monday 23 November 2026
      Then it must not go, because of PRV-TWILIO-02

    Scenario: START lifts the block
      Given the contact texted "START" on Tuesday 17 November 2026 at 10:00 in New York
      When a sign-in code by text is due on Monday 23 November 2026
      Then it may go, because of US-TCPA-REV-12

    Scenario: An agreement on the web does not lift it
      Given the contact agreed in writing to marketing texts on 18 November 2026
      When a marketing text is due on Monday 23 November 2026
      Then it must not go, because of PRV-TWILIO-02

  @rule:PRV-TWILIO-02
  Rule: When Twilio reports a block we write it down

    Scenario: Error 21610
      When Twilio answers with error 21610 on Monday 23 November 2026 at 12:00 in New York
      Then the block is written down and never tried again, because of PRV-TWILIO-02
      And somebody looks why our ledger says otherwise

    Scenario: The block holds from then on
      Given the provider reported a block on Monday 23 November 2026 at 12:00 in New York
      When a marketing text is due on Monday 23 November 2026 at 12:01 in New York
      Then it must not go, because of PRV-TWILIO-02

  @rule:PRV-TWILIO-05
  Rule: When Twilio refuses for the hour we wait for the next morning

    Scenario Outline: Error 30610
      When Twilio answers with error 30610 on <refused> in New York
      Then it is tried again on <again> in New York, because of PRV-TWILIO-05

      Examples:
        | refused                          | again                             |
        | Monday 23 November 2026 at 22:30 | Tuesday 24 November 2026 at 08:00 |
        | Monday 23 November 2026 at 05:00 | Monday 23 November 2026 at 08:00  |
        | Monday 23 November 2026 at 20:59 | Tuesday 24 November 2026 at 08:00 |

  @rule:PRV-TWILIO-06
  Rule: Where a code is asked for, the page says that rates may apply

    Scenario: The page hid it
      Given the contact asked for sign-in codes by text
      And that consent came from a page that hid what texts cost
      When a sign-in code by text is due
      Then it needs an opt-in, because of PRV-TWILIO-06

    Scenario: The page said it
      Given the contact asked for sign-in codes by text
      And that consent came from a page that said what texts cost
      When a sign-in code by text is due
      Then it may go, because of US-TCPA-CONS-03

    Scenario: Nobody asked for a code
      When a sign-in code by text is due
      Then it needs an opt-in, because of US-TCPA-CONS-03
      And PRV-TWILIO-06 speaks of it, too

  @rule:PRV-TWILIO-07
  Rule: Every message says who sends it; a late first one says again what was agreed

    Scenario: Nobody's name
      Given the message does not say who sends it
      When a marketing text is due
      Then it must not go, because of PRV-TWILIO-07

    Scenario Outline: The first message comes late
      Given the contact agreed in writing to marketing texts on <agreed>
      And the message is the first to the contact
      When a marketing text is due on Monday 23 November 2026
      Then <verdict>

      Examples:
        | agreed          | verdict                                  |
        | 23 October 2026 | it must not go, because of PRV-TWILIO-07 |
        | 25 October 2026 | it may go, because of US-TCPA-CONS-01    |

    Scenario: It says again what was agreed
      Given the message is the first to the contact
      And the message says again what was agreed
      When a marketing text is due on Monday 23 November 2026
      Then it may go, because of US-TCPA-CONS-01

    Scenario: It is not the first
      When a marketing text is due on Monday 23 November 2026
      Then it may go, because of US-TCPA-CONS-01
