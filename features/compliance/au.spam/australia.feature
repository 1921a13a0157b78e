@compliance
Feature: In Australia a commercial message needs consent and a way out that works

  @rule:AU-SPAM-01
  Rule: Consent is express or inferred, and is not asked for by message

    Scenario Outline: Nobody asked the contact
      Given a contact in Australia
      When <message> is due
      Then it needs an opt-in, because of AU-SPAM-01

      Examples:
        | message                      |
        | a marketing text             |
        | a marketing mail             |
        | a mail that asks for consent |

    Scenario: The contact consented
      Given a contact in Australia who gave express consent to marketing texts and mail
      When a marketing text is due
      Then it may go, because of AU-SPAM-01

    Scenario Outline: Consent is inferred
      Given a contact in Australia
      And the contact <relationship>
      When a marketing mail is due
      Then it may go, because of AU-SPAM-01

      Examples:
        | relationship                                  |
        | is an existing customer                       |
        | is a member of the club                       |
        | published the address for messages about work |

    Scenario: The relationship is over
      Given a contact in Australia
      And the contact is an existing customer
      And the contact ended the relationship
      When a marketing mail is due
      Then it needs an opt-in, because of AU-SPAM-01

    Scenario: The message hides who authorised it
      Given a contact in Australia who gave express consent to marketing texts and mail
      And the message does not say who sends it
      When a marketing mail is due
      Then it must not go, because of AU-SPAM-01

  @rule:AU-SPAM-02
  Rule: The way out works for thirty days, without a login, and is honoured at once

    Background:
      Given a contact in Australia who gave express consent to marketing texts and mail

    Scenario Outline: A way out with a fault
      Given the message <fault>
      When a marketing mail is due
      Then it must not go, because of AU-SPAM-02

      Examples:
        | fault                                       |
        | offers no way to unsubscribe                |
        | takes a fee for unsubscribing               |
        | asks for a login before one can unsubscribe |

    Scenario Outline: Thirty days
      Given the message can be unsubscribed from for <days> days
      When a marketing mail is due
      Then <verdict>

      Examples:
        | days | verdict                               |
        | 30   | it may go, because of AU-SPAM-01      |
        | 29   | it must not go, because of AU-SPAM-02 |

    Scenario: A text after STOP
      Given the contact texted "STOP" on Friday 20 November 2026 at 10:00 in Australia
      When a marketing text is due on Monday 23 November 2026
      Then it must not go, because of AU-SPAM-02

    Scenario: The last day the law allows
      When an unsubscribe in Australia comes in on Thursday 19 November 2026
      Then the last day for it is Thursday 26 November 2026, because of AU-SPAM-02
      And we do it at once
