@compliance
Feature: In the United Kingdom individuals consent first, customers and supporters may be an exception

  @rule:UK-PECR-01
  Rule: An individual consents; a company may be written to until it objects

    Scenario Outline: Nobody asked the contact
      Given a contact in the United Kingdom
      And the contact is <who>
      When a marketing mail is due
      Then <verdict>, because of UK-PECR-01

      Examples:
        | who              | verdict            |
        | a private person | it needs an opt-in |
        | a sole trader    | it needs an opt-in |
        | a company        | it may go          |

    Scenario: The contact consented
      Given a contact in the United Kingdom who agreed to marketing mail
      When a marketing mail is due
      Then it may go, because of UK-PECR-01

    Scenario: A company that objected
      Given a contact in the United Kingdom
      And the contact is a company
      And the contact objected to marketing on Friday 20 November 2026 at 10:00 in London
      When a marketing mail is due on Monday 23 November 2026
      Then it must not go, because of EU-GDPR-04

    Scenario Outline: A message that hides who writes or how to leave
      Given a contact in the United Kingdom
      And the contact is a company
      And the message <fault>
      When a marketing mail is due
      Then it must not go, because of UK-PECR-01

      Examples:
        | fault                        |
        | does not say who sends it    |
        | offers no way to unsubscribe |

  @rule:UK-PECR-02
  Rule: Customers, and those who asked for a price, may be told of similar products

    Background:
      Given a contact in the United Kingdom
      And the contact is an existing customer

    Scenario Outline: It holds
      Given <circumstances>
      When a marketing mail is due
      Then it may go, because of UK-PECR-02

      Examples:
        | circumstances                                 |
        | all is as it should be                        |
        | the address came with a question about prices |

    Scenario Outline: One condition for customers is not met
      Given <circumstances>
      When a marketing mail is due
      Then it needs an opt-in, because of UK-PECR-02

      Examples:
        | circumstances                                          |
        | the address came with a prize draw                     |
        | another company took the address down                  |
        | other kinds of products are advertised                 |
        | no refusal was offered when the address was taken down |
        | the contact refused at once                            |

  @rule:UK-DUAA-01
  Rule: Charities may write to supporters who gave their address since 5 February 2026

    Background:
      Given a contact in the United Kingdom
      And the sender is a charity

    Scenario Outline: To the day of commencement
      Given the contact supports the charity and gave the address on <day>
      When a marketing mail is due
      Then <verdict>, because of UK-DUAA-01

      Examples:
        | day             | verdict            |
        | 5 February 2026 | it may go          |
        | 4 February 2026 | it needs an opt-in |

    Scenario Outline: One condition for supporters is not met
      Given the contact supports the charity and gave the address on 1 June 2026
      And <circumstances>
      When a marketing mail is due
      Then it needs an opt-in, because of UK-DUAA-01

      Examples:
        | circumstances                                          |
        | the message asks for more than support                 |
        | no refusal was offered when the address was taken down |
        | the contact refused at once                            |

  @rule:UK-DUAA-01
  Rule: Only a charity may

    Scenario: A company with supporters
      Given a contact in the United Kingdom
      And the contact supports the charity and gave the address on 1 June 2026
      When a marketing mail is due
      Then it needs an opt-in, because of UK-PECR-01
