@compliance
Feature: Germany wants the opt-in confirmed, for this very address

  @rule:DE-UWG-01
  Rule: Without a confirmed opt-in there is no consent

    Scenario: The contact ticked a box and never confirmed
      Given a contact in Germany who agreed to marketing mail
      When a marketing mail is due
      Then it needs an opt-in, because of DE-UWG-01

    Scenario: The contact confirmed
      Given a contact in Germany who agreed to marketing mail and confirmed it by mail
      When a marketing mail is due
      Then it may go, because of DE-UWG-01

    Scenario: A confirmed mail address proves nothing about a telephone
      Given a contact in Germany who agreed to marketing texts and mail and confirmed it by mail
      When a marketing text is due
      Then it needs an opt-in, because of DE-UWG-01

    Scenario: The telephone was confirmed
      Given a contact in Germany who agreed to marketing texts and confirmed it on the phone
      When a marketing text is due
      Then it may go, because of DE-UWG-01

    Scenario: No administrator may do without
      When an administrator decides that confirmation by mail is not needed in Germany
      Then that is refused, because of DE-UWG-01

  @rule:DE-UWG-02
  Rule: The request to confirm is one, neutral, and answers the person's own request

    Background:
      Given a contact in Germany
      And the contact asked for it on Monday 23 November 2026 at 10:00 in Berlin

    Scenario: The first one
      When a mail that asks to confirm is due on Monday 23 November 2026 at 10:01 in Berlin
      Then it may go, because of DE-UWG-02

    Scenario: It advertises
      Given the message also promotes something
      When a mail that asks to confirm is due on Monday 23 November 2026 at 10:01 in Berlin
      Then it must not go, because of DE-UWG-02

    Scenario: It is a reminder
      Given the contact asked for it on Monday 23 November 2026 at 10:00 in Berlin, and was asked to confirm
      When a mail that asks to confirm is due on Tuesday 24 November 2026 at 10:00 in Berlin
      Then it must not go, because of DE-UWG-02

    Scenario Outline: It is older than three days
      When a mail that asks to confirm is due on <moment> in Berlin
      Then <verdict>, because of DE-UWG-02

      Examples:
        | moment                                | verdict        |
        | Thursday 26 November 2026 at 10:00    | it may go      |
        | Thursday 26 November 2026 at 10:00:01 | it must not go |

  @rule:DE-UWG-02
  Rule: Where nobody asked there is nothing to confirm

    Scenario Outline: Nobody asked
      Given a contact in <country>
      When a mail that asks to confirm is due
      Then it must not go, because of DE-UWG-02

      Examples:
        | country |
        | Germany |
        | Austria |

  @rule:DE-UWG-03
  Rule: A consent that was not used for two years may have lapsed

    Scenario: Neither sent nor read
      Given a contact in Germany who agreed to marketing texts and confirmed it on the phone on 22 November 2024
      When a marketing text is due on Monday 23 November 2026
      Then it needs an opt-in, because of DE-UWG-03
      And EU-GDPR-06 speaks of it, too

    Scenario: A message a year ago kept it alive
      Given a contact in Germany who agreed to marketing texts and confirmed it on the phone on 22 November 2024
      And the last message went out on 23 November 2025
      When a marketing text is due on Monday 23 November 2026
      Then DE-UWG-03 says nothing

    Scenario: To the day
      Given a contact in Germany who agreed to marketing texts and confirmed it on the phone on 23 November 2024
      When a marketing text is due on Monday 23 November 2026
      Then it may go, because of DE-UWG-01

  @rule:DE-UWG-04
  Rule: Customers are told of similar goods and, each time, of their right to object

    Background:
      Given a contact in Germany
      And the contact is an existing customer

    Scenario: All conditions are met
      When a marketing mail is due
      Then it may go, because of DE-UWG-04

    Scenario: The message does not mention the right
      Given the message does not remind of the right to object
      When a marketing mail is due
      Then it needs an opt-in, because of DE-UWG-04

    Scenario Outline: Another condition is not met
      Given <circumstances>
      When a marketing mail is due
      Then it needs an opt-in, because of DE-UWG-04

      Examples:
        | circumstances                                          |
        | the address came with a free account                   |
        | other kinds of products are advertised                 |
        | no refusal was offered when the address was taken down |
        | the contact refused at once                            |

  @rule:DE-UWG-05
  Rule: Consent to telephone advertising is kept for five years after its last use

    Scenario: For calls
      When evidence from Germany was last relied on on 23 November 2026, for calls
      Then it is kept until 23 November 2031, because of DE-UWG-05

    Scenario: For texts claims are barred at the end of the third year
      When evidence from Germany was last relied on on 23 November 2026
      Then it is kept until 31 December 2029, because of PII-09
