@compliance
Feature: A code proves one thing, once, for ten minutes

  @rule:VER-01
  Rule: Six digits drawn at random, or as much

    Scenario Outline: What is hard enough
      Then <code> <found> hard enough to guess

      Examples:
        | code                                | found   |
        | 6 digits drawn at random            | are     |
        | 5 digits drawn at random            | are not |
        | 8 digits drawn at random            | are     |
        | 6 digits of a predictable generator | are not |
        | 5 letters drawn at random           | are     |
        | 4 letters drawn at random           | are not |

  @rule:VER-02
  Rule: Ten minutes; a day to confirm a mail address

    Scenario Outline: To the second
      Given a code was sent <how> on Monday 23 November 2026 at 12:00 in UTC
      When the right code is entered on <entered> in UTC
      Then it is <outcome>, because of <rule>

      Examples:
        | how                       | entered                              | outcome  | rule   |
        | by text                   | Monday 23 November 2026 at 12:10:00  | accepted | VER-03 |
        | by text                   | Monday 23 November 2026 at 12:10:01  | expired  | VER-02 |
        | by voice                  | Monday 23 November 2026 at 12:10:01  | expired  | VER-02 |
        | by mail                   | Monday 23 November 2026 at 12:10:01  | expired  | VER-02 |
        | to confirm a mail address | Tuesday 24 November 2026 at 12:00:00 | accepted | VER-03 |
        | to confirm a mail address | Tuesday 24 November 2026 at 12:00:01 | expired  | VER-02 |

  @rule:VER-03
  Rule: A code works once, and the newest only

    Scenario Outline: A code that is spent
      Given a code was sent by text on Monday 23 November 2026 at 12:00 in UTC
      And the code has been <how>
      When the right code is entered on Monday 23 November 2026 at 12:01 in UTC
      Then it is <how>, because of VER-03

      Examples:
        | how        |
        | used       |
        | superseded |

  @rule:VER-04
  Rule: Five tries for a code, ten for an address in a day, and a new code buys no new ones

    Scenario Outline: Tries
      Given a code was sent by text on Monday 23 November 2026 at 12:00 in UTC
      And <count> wrong codes were entered
      When the <which> code is entered on Monday 23 November 2026 at 12:01 in UTC
      Then it is <outcome>, because of <rule>

      Examples:
        | count | which | outcome  | rule   |
        | 4     | right | accepted | VER-03 |
        | 4     | wrong | wrong    | VER-04 |
        | 5     | right | locked   | VER-04 |

    Scenario: Ten tries since yesterday
      Given a code was sent by text on Monday 23 November 2026 at 12:00 in UTC
      And 10 wrong codes were entered for the address since yesterday
      When the right code is entered on Monday 23 November 2026 at 12:01 in UTC
      Then it is locked, because of VER-04

    Scenario: A new code
      Given a code was sent by text on Monday 23 November 2026 at 12:00 in UTC
      And 10 wrong codes were entered for the address since yesterday
      And a new code was asked for
      When the right code is entered on Monday 23 November 2026 at 12:01 in UTC
      Then it is locked, because of VER-04

  @rule:VER-05
  Rule: A code by mail proves that the address is read, and signs nobody in

    Scenario Outline: What it may be used for
      Then a code by mail <may> <purpose>

      Examples:
        | may      | purpose            |
        | may      | confirm an address |
        | may      | recover an account |
        | must not | sign somebody in   |

  @rule:VER-06
  Rule: A line that changed needs more than a code

    Scenario Outline: What is known of the line
      Then a number that <signal> needs <what>

      Examples:
        | signal                         | what             |
        | has a voice-over-internet line | more than a code |
        | has a new SIM card             | more than a code |
        | was ported                     | more than a code |
        | has another device             | more than a code |
        | is as it always was            | a code only      |

  @rule:VER-11
  Rule: A code sells nothing

    Scenario: A code with an offer
      Given a contact in New York who asked for sign-in codes by text
      And the message also promotes something
      When a sign-in code by text is due
      Then it is judged as marketing
      And it needs an opt-in, because of US-TCPA-CONS-01
      And VER-11 speaks of it, too

    Scenario: A code without one
      Given a contact in New York who asked for sign-in codes by text
      When a sign-in code by text is due
      Then it is judged as otp
      And it may go, because of US-TCPA-CONS-03
