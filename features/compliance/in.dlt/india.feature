@compliance
Feature: In India everything is registered, and offers come by day

  @rule:IN-DLT-01
  Rule: Sender, header, template and links are on the ledger

    Scenario: Nothing is registered
      Given a contact in India
      When a marketing text is due
      Then it must not go, because of IN-DLT-01

    Scenario Outline: Something is missing
      Given a contact in India who agreed to marketing texts
      And on India's ledger <fault>
      When a marketing text is due
      Then it must not go, because of IN-DLT-01

      Examples:
        | fault                          |
        | the sender is not registered   |
        | the header is missing          |
        | the template is not registered |
        | the links are not whitelisted  |
        | the header is for transactions |

    Scenario: Everything is registered
      Given a contact in India who agreed to marketing texts
      And on India's ledger everything is registered
      When a marketing text is due
      Then it may go, because of IN-DLT-01

    Scenario Outline: Orders may go under a header for services
      Given a contact in India who gave the number for order updates
      And on India's ledger the header is for <use>
      When a transactional text is due
      Then it may go, because of IN-DLT-01

      Examples:
        | use          |
        | transactions |
        | services     |

  @rule:IN-DLT-02
  Rule: Offers between ten and nine, and not to those who block them

    Background:
      Given a contact in India who agreed to marketing texts
      And on India's ledger everything is registered

    Scenario Outline: Outside the hours
      When a marketing text is due on <due> in India
      Then it waits until <until> in India, because of IN-DLT-02

      Examples:
        | due                                 | until                             |
        | Monday 23 November 2026 at 09:59:59 | Monday 23 November 2026 at 10:00  |
        | Monday 23 November 2026 at 21:00    | Tuesday 24 November 2026 at 10:00 |

    Scenario: The contact blocks promotions
      Given on India's ledger the contact blocks promotions
      When a marketing text is due
      Then it must not go, because of IN-DLT-02

    Scenario: A consent on the ledger lifts both
      Given on India's ledger the contact blocks promotions
      And on India's ledger the contact's consent is recorded
      When a marketing text is due on Monday 23 November 2026 at 22:00 in India
      Then it may go, because of IN-DLT-02
