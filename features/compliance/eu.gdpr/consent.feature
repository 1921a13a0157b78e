@compliance
Feature: In Europe nobody is advertised to without a consent worth the name

  @rule:EU-EPD-01
  Rule: Marketing by mail or text needs prior consent

    Scenario Outline: Nobody asked the contact
      Given a contact in Spain
      When <message> is due
      Then it needs an opt-in, because of EU-EPD-01

      Examples:
        | message                      |
        | a marketing mail             |
        | a marketing text             |
        | a mail that asks for consent |

    Scenario: The contact consented
      Given a contact in Spain who agreed to marketing mail
      When a marketing mail is due
      Then it may go, because of EU-EPD-01

    Scenario: The contact asked for it and has to confirm
      Given a contact in Spain
      And the contact asked for it on Monday 23 November 2026 at 11:59 in Spain
      When a mail that asks to confirm is due
      Then it may go, because of EU-EPD-01

    Scenario: Countries where we want every opt-in confirmed
      Given a contact in Luxembourg who agreed to marketing mail
      When a marketing mail is due
      Then it needs an opt-in, because of EU-EPD-01

    Scenario: A receipt needs no consent
      Given a contact in Spain
      When a transactional mail is due
      Then it may go

  @rule:EU-GDPR-01
  Rule: A consent is free, separate and an act of the person

    Scenario Outline: It was none
      Given a contact in Spain who agreed to marketing mail
      And that consent came from <how>
      When a marketing mail is due
      Then it needs an opt-in, because of EU-GDPR-01

      Examples:
        | how                                  |
        | a box that was ticked beforehand     |
        | silence                              |
        | accepting the terms                  |
        | a service that is refused without it |

    Scenario: The same holds in the United Kingdom
      Given a contact in the United Kingdom who agreed to marketing mail
      And that consent came from a box that was ticked beforehand
      When a marketing mail is due
      Then it needs an opt-in, because of EU-GDPR-01

    Scenario Outline: A form that would take it so
      Given a form for mail that somebody in Spain fills in
      And the form <how>
      When the form is sent
      Then it is no consent, because of EU-GDPR-01

      Examples:
        | how                                      |
        | has a box that is ticked beforehand      |
        | takes accepting the terms for a yes      |
        | takes silence for a yes                  |
        | makes the yes a condition of the service |

    Scenario: A form in order
      Given a form for mail that somebody in Spain fills in
      When the form is sent
      Then it is a consent

  @rule:EU-GDPR-02
  Rule: Who, when, what was said and how can be shown

    Scenario Outline: Something is not on record
      Given a contact in Spain who agreed to marketing mail
      And the record does not show <what>
      When a marketing mail is due
      Then it needs an opt-in, because of EU-GDPR-02

      Examples:
        | what                      |
        | the words that were shown |
        | when it was given         |
        | who took it down          |

    Scenario: All of it is
      Given a contact in Spain who agreed to marketing mail
      When a marketing mail is due
      Then EU-GDPR-02 says nothing

  @rule:EU-GDPR-05
  Rule: Below the age of the country a parent says yes

    Scenario Outline: The ages differ
      Given a form for mail that somebody in <country> fills in
      And the form is meant for children
      And the person is <age>
      When the form is sent
      Then it <what>, because of EU-GDPR-05

      Examples:
        | country            | age | what           |
        | Germany            | 15  | needs a parent |
        | Germany            | 16  | is a consent   |
        | Spain              | 13  | needs a parent |
        | Spain              | 14  | is a consent   |
        | France             | 14  | needs a parent |
        | France             | 15  | is a consent   |
        | Ireland            | 15  | needs a parent |
        | the United Kingdom | 12  | needs a parent |
        | the United Kingdom | 13  | is a consent   |

    Scenario: A parent said yes
      Given a form for mail that somebody in Germany fills in
      And the form is meant for children
      And the person is 12
      And the form asks a parent
      When the form is sent
      Then it is a consent, because of EU-GDPR-05

  @rule:EU-GDPR-06
  Rule: Who has read nothing for two years is asked again

    Scenario Outline: Two years without a sign of interest
      Given a contact in Spain who agreed to marketing mail on <agreed>
      When a marketing mail is due on Monday 23 November 2026
      Then <verdict>

      Examples:
        | agreed           | verdict                                   |
        | 23 November 2024 | it may go, because of EU-EPD-01           |
        | 22 November 2024 | it needs an opt-in, because of EU-GDPR-06 |

    Scenario: The contact has read since
      Given a contact in Spain who agreed to marketing mail on 1 June 2020
      And the contact last opened a message on 1 March 2025
      When a marketing mail is due on Monday 23 November 2026
      Then it may go, because of EU-EPD-01
