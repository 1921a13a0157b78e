@compliance
Feature: Mailbox providers have rules for who sends much

  Background:
    Given a contact in California who agreed to marketing mail

  @rule:MBP-GMAIL-01
  Rule: Gmail wants 5,000 mails a day authenticated and one-click

    Scenario Outline: A check fails at Gmail
      Given the mailbox is at Gmail, where we send 5000 mails a day
      And the mail fails <check>
      When a marketing mail is due
      Then it must not go, because of MBP-GMAIL-01

      Examples:
        | check     |
        | SPF       |
        | DKIM      |
        | DMARC     |
        | alignment |
        | PTR       |
        | TLS       |

    Scenario: A small sender
      Given the mailbox is at Gmail, where we send 4999 mails a day
      And the mail fails SPF
      When a marketing mail is due
      Then it may go, because of US-CANSPAM-11

    Scenario: Everything is in order at Gmail
      Given the mailbox is at Gmail, where we send 5000 mails a day
      When a marketing mail is due
      Then it may go, because of US-CANSPAM-11

  @rule:MBP-GMAIL-02
  Rule: Gmail is given a week's rest when three in a thousand complain

    Scenario: Too many complaints at Gmail
      Given the mailbox is at Gmail, where we send 5000 mails a day
      And 0.3 % of the people there reported our mail as spam on 20 November 2026
      When a marketing mail is due on Monday 23 November 2026
      Then it waits until Friday 27 November 2026 at 00:00 in UTC, because of MBP-GMAIL-02

    Scenario: A week after they fell
      Given the mailbox is at Gmail, where we send 5000 mails a day
      And 0.1 % of the people there reported our mail as spam on 22 November 2026
      And the reports have been below that since 16 November 2026
      When a marketing mail is due on Monday 23 November 2026
      Then it may go, because of US-CANSPAM-11

    Scenario: Few complaints
      Given the mailbox is at Gmail, where we send 5000 mails a day
      And 0.29 % of the people there reported our mail as spam on 20 November 2026
      When a marketing mail is due on Monday 23 November 2026
      Then it may go, because of US-CANSPAM-11

  @rule:MBP-YAHOO-01
  Rule: Yahoo wants every marketing mail authenticated and one-click

    Scenario Outline: A check fails at Yahoo
      Given the mailbox is at Yahoo, where we send 10 mails a day
      And the mail fails <check>
      When a marketing mail is due
      Then it must not go, because of MBP-YAHOO-01

      Examples:
        | check     |
        | SPF       |
        | DKIM      |
        | DMARC     |
        | alignment |

    Scenario: Too many complaints at Yahoo
      Given the mailbox is at Yahoo, where we send 10 mails a day
      And 0.3 % of the people there reported our mail as spam on 20 November 2026
      When a marketing mail is due
      Then it must not go, because of MBP-YAHOO-01

    Scenario: Everything is in order at Yahoo
      Given the mailbox is at Yahoo, where we send 10 mails a day
      When a marketing mail is due
      Then it may go, because of US-CANSPAM-11

  @rule:MBP-MS-01
  Rule: Outlook.com wants more than 5,000 mails a day authenticated

    Scenario Outline: How many
      Given the mailbox is at Outlook.com, where we send <volume> mails a day
      And the mail fails DMARC
      When a marketing mail is due
      Then <verdict>

      Examples:
        | volume | verdict                              |
        | 5001   | it must not go, because of MBP-MS-01 |
        | 5000   | it may go, because of US-CANSPAM-11  |

    Scenario: What it refuses for that reason is no fault of the recipient
      When a server refuses with "550 5.7.515 Access denied"
      Then the sender is warned and the address stays

  @rule:MBP-UNSUB-48
  Rule: An unsubscribe is honoured within two days, by us at once

    Scenario: Mail after the unsubscribe
      Given the contact unsubscribed by the link in a mail on Monday 23 November 2026 at 11:59 in California
      When a marketing mail is due on Monday 23 November 2026 at 12:00 in California
      Then it must not go, because of US-CANSPAM-06
      And MBP-UNSUB-48 speaks of it, too

    Scenario: The last moment they allow
      When an unsubscribe at Gmail comes in on Monday 23 November 2026 at 09:00 in UTC
      Then the last moment for it is Wednesday 25 November 2026 at 09:00 in UTC, because of MBP-UNSUB-48
      And we do it at once
