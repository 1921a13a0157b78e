@compliance
Feature: In Europe a no needs no reason and holds at once

  @rule:EU-GDPR-03
  Rule: Withdrawing consent is as easy as giving it, and counts from that moment

    Scenario: The minute after
      Given a contact in Spain who agreed to marketing mail
      And the contact unsubscribed by the link in a mail on Monday 23 November 2026 at 11:59 in Spain
      When a marketing mail is due on Monday 23 November 2026 at 12:00 in Spain
      Then it must not go, because of EU-GDPR-03

    Scenario: The contact has consented again
      Given a contact in Spain
      And the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in Spain
      And the contact agreed to marketing mail on 21 November 2026
      When a marketing mail is due on Monday 23 November 2026
      Then it may go, because of EU-EPD-01

    Scenario: A receipt is still sent
      Given a contact in Spain
      And the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in Spain
      When a transactional mail is due on Monday 23 November 2026
      Then it may go

  @rule:EU-GDPR-04
  Rule: An objection to marketing outweighs every other ground

    Scenario: A customer objects
      Given a contact in Spain
      And the contact is an existing customer
      And the contact unsubscribed by the link in a mail on Friday 20 November 2026 at 10:00 in Spain
      When a marketing mail is due on Monday 23 November 2026
      Then it must not go, because of EU-GDPR-04

    Scenario: Somebody who consented objects
      Given a contact in Spain who agreed to marketing mail
      And the contact objected to marketing on Friday 20 November 2026 at 10:00 in Spain
      When a marketing mail is due on Monday 23 November 2026
      Then it must not go, because of EU-GDPR-04

    Scenario: Nobody objected
      Given a contact in Spain
      And the contact is an existing customer
      When a marketing mail is due
      Then EU-GDPR-04 says nothing

  @rule:EU-EPD-03
  Rule: A message says who sends it and where to object

    Scenario Outline: It does not
      Given a contact in Spain who agreed to marketing mail
      And the message <fault>
      When a marketing mail is due
      Then it must not go, because of EU-EPD-03

      Examples:
        | fault                        |
        | does not say who sends it    |
        | offers no way to unsubscribe |

    Scenario: It does
      Given a contact in Spain who agreed to marketing mail
      When a marketing mail is due
      Then it may go, because of EU-EPD-01
