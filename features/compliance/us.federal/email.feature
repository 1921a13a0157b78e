@compliance
Feature: In the United States commercial mail is honest and easy to leave

  Background:
    Given a contact in California

  Rule: To people who opted in

    Background:
      Given the contact agreed to marketing mail

    @rule:US-CANSPAM-01
    Scenario Outline: The headers say who sends, in every mail
      Given the message comes from an address that is not the sender's
      When <mail> is due
      Then it must not go, because of US-CANSPAM-01

      Examples:
        | mail                 |
        | a marketing mail     |
        | a transactional mail |

    @rule:US-CANSPAM-02
    Scenario: The subject does not mislead
      Given the message has a subject that misleads
      When a marketing mail is due
      Then it must not go, because of US-CANSPAM-02

    @rule:US-CANSPAM-04
    Scenario: The mail shows a postal address
      Given the message shows no postal address
      When a marketing mail is due
      Then it must not go, because of US-CANSPAM-04

    @rule:US-CANSPAM-05
    Scenario: The mail offers a way out
      Given the message offers no way to unsubscribe
      When a marketing mail is due
      Then it must not go, because of US-CANSPAM-05

    @rule:US-CANSPAM-05
    Scenario Outline: The way out works for thirty days
      Given the message can be unsubscribed from for <days> days
      When a marketing mail is due
      Then <verdict>

      Examples:
        | days | verdict                                  |
        | 30   | it may go, because of US-CANSPAM-11      |
        | 29   | it must not go, because of US-CANSPAM-05 |

    @rule:US-CANSPAM-07
    Scenario Outline: The way out costs nothing
      Given the message <obstacle>
      When a marketing mail is due
      Then it must not go, because of US-CANSPAM-07

      Examples:
        | obstacle                                            |
        | takes a fee for unsubscribing                       |
        | asks for a login before one can unsubscribe         |
        | leads through three pages to unsubscribe            |
        | asks for a date of birth before one can unsubscribe |

    @rule:US-CANSPAM-01 @rule:US-CANSPAM-02 @rule:US-CANSPAM-04 @rule:US-CANSPAM-05 @rule:US-CANSPAM-07
    Scenario: A mail that is in order
      When a marketing mail is due
      Then it may go, because of US-CANSPAM-11

  @rule:US-CANSPAM-03
  Rule: An advertisement nobody asked for says that it is one

    Background:
      Given the company sends mail to the US until people opt out

    Scenario: It does not say so
      When a marketing mail is due
      Then it must not go, because of US-CANSPAM-03

    Scenario: It says so
      Given the message is marked as an advertisement
      When a marketing mail is due
      Then it may go, because of US-CANSPAM-11

    Scenario: The contact asked for it
      Given the contact agreed to marketing mail
      When a marketing mail is due
      Then US-CANSPAM-03 says nothing

  @rule:US-CANSPAM-06
  Rule: An opt-out is honoured at once; ten business days are the ceiling

    Scenario: Mail after the opt-out
      Given the contact agreed to marketing mail
      And the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in California
      When a marketing mail is due on Monday 23 November 2026
      Then it must not go, because of US-CANSPAM-06

    Scenario: The contact opted in again afterwards
      Given the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in California
      And the contact agreed to marketing mail on 21 November 2026
      When a marketing mail is due on Monday 23 November 2026
      Then it may go, because of US-CANSPAM-11

    Scenario: A receipt is no advertisement
      Given the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in California
      When a transactional mail is due on Monday 23 November 2026
      Then it may go, because of US-CANSPAM-09

    Scenario: The last day the law allows
      When an opt-out from mail in the United States comes in on Friday 13 November 2026
      Then the last day for it is Monday 30 November 2026, because of US-CANSPAM-06
      And we do it at once

  @rule:US-CANSPAM-08
  Rule: Addresses that opted out are given to nobody, but to keep them out

    Scenario Outline: What the list is for
      Then the list of suppressions <may> be used for <purpose>

      Examples:
        | may      | purpose    |
        | may      | compliance |
        | must not | marketing  |
        | must not | enrichment |

  @rule:US-CANSPAM-09
  Rule: A transactional mail needs no consent and no way out

    Scenario: A receipt without a link
      Given the message offers no way to unsubscribe
      And the message shows no postal address
      When a transactional mail is due
      Then it may go, because of US-CANSPAM-09

    Scenario: An advertisement is none
      When a marketing mail is due
      Then US-CANSPAM-09 says nothing

  @rule:US-CANSPAM-10
  Rule: The primary purpose of a mixed mail decides what it is

    Scenario Outline: Advertising with an order
      Given the message <how>
      When a transactional mail is due
      Then it is judged as <category>

      Examples:
        | how                                     | category      |
        | has a subject that advertises           | marketing     |
        | advertises before it comes to the order | marketing     |
        | advertises below the order              | transactional |

    Scenario: As marketing it needs an opt-in
      Given the message has a subject that advertises
      When a transactional mail is due
      Then it needs an opt-in, because of US-CANSPAM-11
      And US-CANSPAM-10 speaks of it, too

  @rule:US-CANSPAM-11
  Rule: The law lets mail go until people opt out; we ask for an opt-in unless the company decides otherwise

    Scenario: Nobody opted in
      When a marketing mail is due
      Then it needs an opt-in, because of US-CANSPAM-11

    Scenario: A company is no exception
      Given the contact is a company
      When a marketing mail is due
      Then it needs an opt-in, because of US-CANSPAM-11

    Scenario: The contact opted in
      Given the contact agreed to marketing mail
      When a marketing mail is due
      Then it may go, because of US-CANSPAM-11

    Scenario: The company decided otherwise
      Given the company sends mail to the US until people opt out
      And the message is marked as an advertisement
      When a marketing mail is due
      Then it may go, because of US-CANSPAM-11

  @rule:US-MSCM-01
  Rule: Mail to a telephone needs the contact's own word

    Background:
      Given the company sends mail to the US until people opt out
      And the message is marked as an advertisement

    Scenario: The domain is a carrier's
      Given the address of the contact is 2125550101@vtext.com
      When a marketing mail is due
      Then it must not go, because of US-MSCM-01

    Scenario Outline: A domain new on the list has thirty days of grace
      Given the domain has been on the list of wireless domains since <day>
      When a marketing mail is due on Monday 23 November 2026
      Then <verdict>

      Examples:
        | day             | verdict                               |
        | 24 October 2026 | it must not go, because of US-MSCM-01 |
        | 25 October 2026 | it may go, because of US-CANSPAM-11   |

    Scenario: The contact agreed
      Given the address of the contact is 2125550101@vtext.com
      And the contact agreed to marketing mail
      When a marketing mail is due
      Then it may go, because of US-CANSPAM-11
