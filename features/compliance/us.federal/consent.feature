@compliance
Feature: In the United States a text needs consent, and marketing needs it in writing

  Background:
    Given a contact in New York

  @rule:US-TCPA-CONS-01
  Rule: Marketing texts need prior express written consent

    Scenario: The contact agreed in writing
      Given the contact agreed in writing to marketing texts
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

    Scenario: Nobody asked the contact
      When a marketing text is due
      Then it needs an opt-in, because of US-TCPA-CONS-01

    Scenario: The number was given for something else
      Given the contact gave the number for order updates
      When a marketing text is due
      Then it needs an opt-in, because of US-TCPA-CONS-01

    Scenario: The written consent has run out
      Given the contact agreed in writing to marketing texts
      And that consent ends on Monday 23 November 2026 at 12:00 in New York
      When a marketing text is due on Monday 23 November 2026 at 12:00 in New York
      Then it needs an opt-in, because of US-TCPA-CONS-01

    Scenario: A recorded call needs the same
      Given our copy of the registry is of 16 November 2026
      When a recorded marketing call is due
      Then it needs an opt-in, because of US-TCPA-CONS-01

    Scenario: The contact agreed in writing to recorded calls
      Given the contact agreed in writing to marketing calls
      When a recorded marketing call is due
      Then it may go, because of US-TCPA-CONS-01

    Scenario: No administrator may declare texts unregulated
      When an administrator decides that texts are not regulated
      Then that is refused, because of US-TCPA-CONS-01

  @rule:US-TCPA-CONS-02
  Rule: The written consent shows all that the contact was told

    Scenario Outline: Something is missing from the record
      Given the contact agreed in writing to marketing texts
      And the record does not show <what>
      When a marketing text is due
      Then it needs an opt-in, because of US-TCPA-CONS-02

      Examples:
        | what                           |
        | the words that were shown      |
        | what the person did            |
        | the telephone number           |
        | to whom it was given           |
        | when it was given              |
        | that no purchase depends on it |
        | that texts may be automated    |

    Scenario Outline: The contact did nothing that agrees
      Given the contact agreed in writing to marketing texts
      And that consent came from <what>
      When a marketing text is due
      Then it needs an opt-in, because of US-TCPA-CONS-02

      Examples:
        | what                               |
        | a box that was ticked beforehand   |
        | a number typed in and nothing else |

  @rule:US-TCPA-CONS-03
  Rule: Other texts need prior express consent, which the number given for that purpose is

    Scenario Outline: The number was given for orders
      Given the contact gave the number for order updates
      When <message> is due
      Then it may go, because of US-TCPA-CONS-03

      Examples:
        | message               |
        | an informational text |
        | a transactional text  |

    Scenario: A consent by telephone needs no paper
      Given the contact gave the number for order updates
      And that consent came from a telephone call
      When a transactional text is due
      Then it may go, because of US-TCPA-CONS-03

    Scenario: Orders are no reason for sign-in codes
      Given the contact gave the number for order updates
      When a sign-in code by text is due
      Then it needs an opt-in, because of US-TCPA-CONS-03

  @rule:US-TCPA-CONS-04
  Rule: One consent may name several sellers; the rule against it was struck down

    Scenario: The form names four sellers
      Given the contact agreed in writing to marketing texts
      And that consent names three more sellers
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01
      And US-TCPA-CONS-04 speaks of it, too

    Scenario: The form names one seller
      Given the contact agreed in writing to marketing texts
      When a marketing text is due
      Then US-TCPA-CONS-04 says nothing

  @rule:US-TCPA-EMERG-01
  Rule: Emergencies need no consent, and outlive an opt-out

    Scenario: The tap water is not safe
      When an emergency text is due on Monday 23 November 2026 at 03:00 in New York
      Then it may go, because of US-TCPA-EMERG-01

    Scenario: The contact once texted STOP
      Given the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York
      When an emergency text is due
      Then it may go, because of US-TCPA-REV-10
      And US-TCPA-EMERG-01 speaks of it, too

    Scenario: A filter is advertised along with it
      Given the message also promotes something
      When an emergency text is due
      Then it is judged as marketing
      And it needs an opt-in, because of US-TCPA-CONS-01

  @rule:US-TCPA-EXEMPT-01
  Rule: Exempted texts cost the contact nothing, are flagged and rare

    Background:
      Given the sender costs the contact nothing
      And compliance has flagged "Parcel notices" as exempted

    Scenario: Free, flagged and the first today
      When an exempted text is due for "Parcel notices"
      Then it may go, because of US-TCPA-EXEMPT-01

    Scenario: Another program, which nobody flagged
      When an exempted text is due for "Visit reminders"
      Then it needs an opt-in, because of US-TCPA-EXEMPT-01

    Scenario Outline: One a day, three a week
      Given exempted texts went out on <day> at <hours> in New York
      When an exempted text is due for "Parcel notices" on Monday 23 November 2026 at 12:00 in New York
      Then <verdict>, because of US-TCPA-EXEMPT-01

      Examples:
        | day                        | hours                  | verdict            |
        | Sunday 22 November 2026    | 12:00                  | it may go          |
        | Sunday 22 November 2026    | 12:01                  | it needs an opt-in |
        | Wednesday 18 November 2026 | 09:00, 12:00 and 15:00 | it needs an opt-in |

    Scenario: The contact asked for them
      Given the contact gave the number for parcel notices to "Parcel notices"
      When an exempted text is due for "Parcel notices"
      Then it may go, because of US-TCPA-EXEMPT-01
