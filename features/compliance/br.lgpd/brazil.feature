@compliance
Feature: In Brazil marketing needs informed consent to its purpose

  @rule:BR-LGPD-01
  Rule: No marketing without consent; access within fifteen days

    Scenario Outline: Nobody asked the contact
      Given a contact in Brazil
      When <message> is due
      Then it needs an opt-in, because of BR-LGPD-01

      Examples:
        | message          |
        | a marketing text |
        | a marketing mail |

    Scenario: The contact consented
      Given a contact in Brazil who agreed to marketing mail
      When a marketing mail is due
      Then it may go, because of BR-LGPD-01

    Scenario: The consent was to another purpose
      Given a contact in Brazil who agreed to marketing mail to "Loyalty club"
      When a marketing mail is due for "Weekly offers"
      Then it needs an opt-in, because of BR-LGPD-01

    Scenario: The contact withdrew
      Given a contact in Brazil who agreed to marketing texts
      And the contact texted "PARAR" on Friday 20 November 2026 at 10:00 in Brazil
      When a marketing text is due on Monday 23 November 2026
      Then it must not go, because of CORE-SUP-01

    Scenario: Somebody asks for the data
      When a request for one's data in Brazil comes in on Monday 23 November 2026
      Then the last day for it is Tuesday 8 December 2026, because of BR-LGPD-01
