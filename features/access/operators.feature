Feature: Only who should gets in, and does what they are there for
  Staff see what people said and can write to them. Whoever takes over an account could do the same.

  Rule: The first administrator comes by the link on the console, everybody else is invited

    Scenario: Nobody has a password before they set one
      When Pat opens the link on the console
      Then Pat is an administrator
      And the link makes no other one

    Scenario: An invitation is for one person and one role
      Given Pat is an administrator
      When Pat invites Sam as support
      Then Sam joins as support
      And nobody else joins by that invitation

  Rule: A role says what somebody may

    Scenario Outline: Sending is for who runs campaigns
      Given Sam works as <role>
      Then Sam may <may> send messages

      Examples:
        | role       | may |
        | manager    |     |
        | support    | not |
        | compliance | not |
        | auditor    | not |

    Scenario: An address is revealed to who needs it, for a reason
      Given Sam works as support
      And a contact with the address "kim@example.com"
      When Sam reveals the address because "They asked which address we write to"
      Then Sam sees "kim@example.com"
      And the audit trail knows that it was Sam

    Scenario: An auditor sees masked addresses only
      Given Sam works as auditor
      And a contact with the address "kim@example.com"
      When Sam reveals the address because "I am curious"
      Then Sam is refused
