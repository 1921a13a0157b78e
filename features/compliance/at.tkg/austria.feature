@compliance
Feature: Austria wants prior consent, confirmed, and keeps a list of those who want no mail

  @rule:AT-TKG-01
  Rule: Marketing by mail or text needs confirmed consent

    Scenario: Nobody asked the contact
      Given a contact in Austria
      When a marketing mail is due
      Then it needs an opt-in, because of AT-TKG-01

    Scenario: The contact never confirmed
      Given a contact in Austria who agreed to marketing mail
      When a marketing mail is due
      Then it needs an opt-in, because of AT-TKG-01

    Scenario: The contact confirmed
      Given a contact in Austria who agreed to marketing mail and confirmed it by mail
      When a marketing mail is due
      Then it may go, because of AT-TKG-01

    Scenario: A customer
      Given a contact in Austria
      And the contact is an existing customer
      When a marketing mail is due
      Then it may go, because of EU-EPD-02

    Scenario: A customer on the list
      Given a contact in Austria
      And the contact is an existing customer
      And the contact is on the Austrian list of those who want no mail
      When a marketing mail is due
      Then it needs an opt-in, because of AT-TKG-01

    Scenario: Somebody on the list who confirmed an opt-in
      Given a contact in Austria who agreed to marketing mail and confirmed it by mail
      And the contact is on the Austrian list of those who want no mail
      When a marketing mail is due
      Then it may go, because of AT-TKG-01
