@compliance
Feature: In Canada a no holds without delay, in both languages

  @rule:CA-CASL-10
  Rule: An unsubscribe takes effect at once; ten business days are the ceiling

    Scenario: Mail after the unsubscribe
      Given a contact in Ontario who gave express consent to marketing texts and mail
      And the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in Ontario
      When a marketing mail is due on Monday 23 November 2026
      Then it must not go, because of CA-CASL-10

    Scenario: The contact consented again
      Given a contact in Ontario
      And the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in Ontario
      And the contact gave express consent to marketing texts and mail on 21 November 2026
      When a marketing mail is due on Monday 23 November 2026
      Then it may go, because of CA-CASL-03

    Scenario Outline: The last day the law allows
      When an unsubscribe in Canada comes in on <received>
      Then the last day for it is <last day>, because of CA-CASL-10
      And we do it at once

      Examples:
        | received                | last day                 |
        | Monday 23 November 2026 | Monday 7 December 2026   |
        | Friday 18 December 2026 | Wednesday 6 January 2027 |

  @rule:CA-CASL-16
  Rule: Buying again is no new consent

    Scenario: A purchase after the unsubscribe
      Given a contact in Ontario
      And the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in Ontario
      And the contact bought something on 21 November 2026
      When a marketing mail is due on Monday 23 November 2026
      Then it must not go, because of CA-CASL-16

    Scenario: A new express consent
      Given a contact in Ontario
      And the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in Ontario
      And the contact bought something on 21 November 2026
      And the contact gave express consent to marketing texts and mail on 22 November 2026
      When a marketing mail is due on Monday 23 November 2026
      Then it may go, because of CA-CASL-03

  @rule:CA-CSC-01
  Rule: Short codes hear STOP and ARRET, HELP, AIDE and INFO

    Background:
      Given a contact in Quebec
      And the sender is a short code

    Scenario Outline: Stopping in both languages
      When the contact texts "<reply>"
      Then that is an opt-out, because of CA-CSC-01
      And it is confirmed once, within five minutes

      Examples:
        | reply       |
        | STOP        |
        | ARRET       |
        | arrêt       |
        | end         |
        | quit        |
        | cancel      |
        | unsubscribe |
        | unsub       |

    Scenario Outline: Help in both languages
      When the contact texts "<reply>"
      Then that is a call for help, because of CA-CSC-01
      And help is sent

      Examples:
        | reply |
        | HELP  |
        | AIDE  |
        | info  |
