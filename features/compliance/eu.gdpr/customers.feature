@compliance
Feature: In Europe customers may be told of similar products, if all five conditions are met

  @rule:EU-EPD-02
  Rule: The exception for customers

    Background:
      Given a contact in Spain
      And the contact is an existing customer

    Scenario Outline: It holds
      Given <circumstances>
      When a marketing mail is due
      Then it may go, because of EU-EPD-02

      Examples:
        | circumstances                        |
        | all is as it should be               |
        | the address came with a free account |

    Scenario Outline: One condition is not met
      Given <circumstances>
      When a marketing mail is due
      Then it needs an opt-in, because of EU-EPD-02

      Examples:
        | circumstances                                          |
        | the address came with a prize draw                     |
        | the address came with a question about prices          |
        | another company took the address down                  |
        | other kinds of products are advertised                 |
        | no refusal was offered when the address was taken down |
        | the contact refused at once                            |

    Scenario: The message itself offers no refusal
      Given the message offers no way to unsubscribe
      When a marketing mail is due
      Then it must not go, because of EU-EPD-03
      And EU-EPD-02 speaks of it, too
