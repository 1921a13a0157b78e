@compliance
Feature: In the United States a number on a do-not-call list is left alone

  @rule:US-TCPA-DNC-01
  Rule: The National Do-Not-Call Registry is respected, for calls and for texts

    Background:
      Given a contact in California
      And the number is on the National Do-Not-Call Registry

    Scenario Outline: Nobody agreed to anything
      When <message> is due
      Then it must not go, because of US-TCPA-DNC-01

      Examples:
        | message          |
        | a marketing text |
        | a marketing call |

    Scenario: A written agreement that names the number outweighs it
      Given the contact agreed in writing to marketing texts
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

    Scenario: A personal friend is no stranger
      Given our copy of the registry is of 16 November 2026
      And the contact is a personal friend of the seller
      When a marketing call is due
      Then it may go

    Scenario: Order updates are no solicitation
      Given the contact gave the number for order updates
      When a transactional text is due
      Then it may go, because of US-TCPA-CONS-03

  @rule:US-TCPA-DNC-02
  Rule: Business in the last 18 months, or an inquiry in the last 3, lifts the registry

    Background:
      Given a contact in California
      And the number is on the National Do-Not-Call Registry
      And our copy of the registry is of 16 November 2026

    Scenario Outline: Business of so long ago
      Given the contact <event> on <day>
      When a marketing call is due on Monday 23 November 2026
      Then <verdict>, because of <rule>

      Examples:
        | event                 | day            | verdict        | rule           |
        | bought something      | 23 May 2025    | it may go      | US-TCPA-DNC-02 |
        | bought something      | 22 May 2025    | it must not go | US-TCPA-DNC-01 |
        | asked about a product | 23 August 2026 | it may go      | US-TCPA-DNC-02 |
        | asked about a product | 22 August 2026 | it must not go | US-TCPA-DNC-01 |

    Scenario: The contact ended the relationship
      Given the contact bought something on 1 November 2026
      And the contact ended the relationship
      When a marketing call is due on Monday 23 November 2026
      Then it must not go, because of US-TCPA-DNC-01

    Scenario: It never replaces the written consent a text needs
      Given the contact bought something on 1 November 2026
      When a marketing text is due on Monday 23 November 2026
      Then it needs an opt-in, because of US-TCPA-CONS-01

  @rule:US-TCPA-DNC-03
  Rule: The copy of the registry is at most 31 days old

    Background:
      Given a contact in California
      And the number is not on the National Do-Not-Call Registry

    Scenario Outline: A copy of that age
      Given our copy of the registry is of <day>
      When a marketing call is due on Monday 23 November 2026
      Then <verdict>, because of <rule>

      Examples:
        | day             | verdict        | rule           |
        | 23 October 2026 | it may go      | US-TCPA-DNC-01 |
        | 22 October 2026 | it must not go | US-TCPA-DNC-03 |

    Scenario: Who agreed in writing needs no registry
      Given our copy of the registry is of 1 June 2026
      And the contact agreed in writing to marketing texts
      When a marketing text is due on Monday 23 November 2026
      Then it may go, because of US-TCPA-CONS-01

  @rule:US-TCPA-DNC-04
  Rule: Who asked the company not to be called is not called again

    Background:
      Given a contact in California who agreed in writing to marketing texts on 1 January 2020

    Scenario Outline: For good, and not for the five years of the law only
      Given the contact asked the company not to be called on <day>
      When a marketing text is due on Monday 23 November 2026
      Then it must not go, because of US-TCPA-DNC-04

      Examples:
        | day              |
        | 1 November 2026  |
        | 23 November 2020 |

    Scenario: The contact agreed in writing afterwards
      Given the contact asked the company not to be called on 1 May 2026
      And the contact agreed in writing to marketing texts on 2 May 2026
      When a marketing text is due on Monday 23 November 2026
      Then it may go, because of US-TCPA-CONS-01

    Scenario: The last day the law allows
      When a request to the company not to be called comes in on Friday 13 November 2026
      Then the last day for it is Monday 30 November 2026, because of US-TCPA-DNC-04
      And we do it at once

  @rule:US-AZNY-01
  Rule: Arizona and New York say themselves that a text is a call

    Scenario Outline: The state is named beside the federal rule
      Given a contact in <state>
      And the number is on the National Do-Not-Call Registry
      When a marketing text is due
      Then it must not go, because of US-TCPA-DNC-01
      And US-AZNY-01 speaks of it, too

      Examples:
        | state    |
        | Arizona  |
        | New York |

    Scenario: Elsewhere it has nothing to say
      Given a contact in California
      And the number is on the National Do-Not-Call Registry
      When a marketing text is due
      Then US-AZNY-01 says nothing
