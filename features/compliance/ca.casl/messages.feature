@compliance
Feature: In Canada a commercial message says who writes and how to leave

  @rule:CA-CASL-08
  Rule: It identifies the sender

    Background:
      Given a contact in Ontario who gave express consent to marketing texts and mail

    Scenario Outline: It does not say all of it
      Given the message <fault>
      When a marketing mail is due
      Then it must not go, because of CA-CASL-08

      Examples:
        | fault                     |
        | does not say who sends it |
        | shows no postal address   |

    Scenario: A text may show the address on a page it links to
      Given the message shows no postal address
      When a marketing text is due
      Then it may go, because of CA-CASL-03

  @rule:CA-CASL-09
  Rule: It can be unsubscribed from for sixty days, free and without a login

    Background:
      Given a contact in Ontario who gave express consent to marketing texts and mail

    Scenario Outline: A way out with a fault
      Given the message <fault>
      When a marketing mail is due
      Then it must not go, because of CA-CASL-09

      Examples:
        | fault                                       |
        | offers no way to unsubscribe                |
        | takes a fee for unsubscribing               |
        | asks for a login before one can unsubscribe |

    Scenario Outline: Sixty days
      Given the message can be unsubscribed from for <days> days
      When a marketing mail is due
      Then <verdict>

      Examples:
        | days | verdict                               |
        | 60   | it may go, because of CA-CASL-03      |
        | 59   | it must not go, because of CA-CASL-09 |

  @rule:CA-CASL-13
  Rule: A message for a transaction needs no consent, but still a name and a way out

    Background:
      Given a contact in Ontario

    Scenario: It has both
      When a transactional mail with a commercial purpose is due
      Then it may go, because of CA-CASL-13

    Scenario: It has no way out
      Given the message offers no way to unsubscribe
      When a transactional mail with a commercial purpose is due
      Then it must not go, because of CA-CASL-09
      And CA-CASL-13 speaks of it, too

    Scenario: It has no name
      Given the message does not say who sends it
      When a transactional mail with a commercial purpose is due
      Then it must not go, because of CA-CASL-13

  @rule:CA-CASL-12
  Rule: A message that asks for consent is itself commercial

    Background:
      Given a contact in Ontario

    Scenario Outline: Out of the blue
      When <message> is due
      Then it needs an opt-in, because of CA-CASL-12

      Examples:
        | message                      |
        | a mail that asks for consent |
        | a mail that asks to confirm  |

    Scenario: A customer may be asked
      Given the contact bought something on 1 November 2026
      When a mail that asks for consent is due
      Then it may go, because of CA-CASL-12

    Scenario: The contact asked for it
      Given the contact asked for it on Monday 23 November 2026 at 11:59 in Ontario
      When a mail that asks to confirm is due
      Then it may go, because of CA-CASL-12
