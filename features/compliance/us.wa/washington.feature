@compliance
Feature: Washington State asks for a clear yes and an early evening

  @rule:US-WA-01
  Rule: A commercial text needs clear consent in advance

    Scenario: Nobody asked the contact
      Given a contact in Washington State
      When a marketing text is due
      Then it needs an opt-in, because of US-WA-01

    Scenario: The number was given for orders
      Given a contact in Washington State who gave the number for order updates
      When a marketing text is due
      Then it needs an opt-in, because of US-WA-01

    Scenario: A clear yes is enough for Washington, but not for federal law
      Given a contact in Washington State who agreed to marketing texts
      When a marketing text is due
      Then it needs an opt-in, because of US-TCPA-CONS-01
      And US-WA-01 says nothing

    Scenario: The contact agreed in writing
      Given a contact in Washington State who agreed in writing to marketing texts
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

  @rule:US-WA-02
  Rule: Marketing arrives between eight and eight: calls by law, texts by our policy

    Scenario Outline: Outside the hours
      Given a contact in Washington State who agreed in writing to marketing texts
      And our copy of the registry is of 16 November 2026
      When <message> is due on <due> in Washington State
      Then it waits until <until> in Washington State, because of US-WA-02

      Examples:
        | message          | due                                 | until                             |
        | a marketing text | Monday 23 November 2026 at 07:59:59 | Monday 23 November 2026 at 08:00  |
        | a marketing text | Monday 23 November 2026 at 20:00    | Tuesday 24 November 2026 at 08:00 |
        | a marketing call | Monday 23 November 2026 at 20:00    | Tuesday 24 November 2026 at 08:00 |

    Scenario: Within the hours
      Given a contact in Washington State who agreed in writing to marketing texts
      When a marketing text is due on Monday 23 November 2026 at 19:59:59 in Washington State
      Then it may go, because of US-TCPA-CONS-01
