@compliance
Feature: In the United States a no by any means ends consent at once

  Background:
    Given a contact in New York who agreed in writing to marketing texts

  @rule:US-TCPA-REV-01
  Rule: Seven words end consent when they are the reply

    Scenario Outline: The word is read
      When the contact texts "<reply>"
      Then that is an opt-out, because of US-TCPA-REV-01
      And it is confirmed once, within five minutes

      Examples:
        | reply       |
        | stop        |
        | QUIT        |
        | End.        |
        | revoke      |
        | Opt out     |
        | opt-out     |
        | CANCEL      |
        | unsubscribe |
        | STOPALL     |

    Scenario: Nothing goes out after it
      Given the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York
      When a marketing text is due
      Then it must not go, because of US-TCPA-REV-01
      And US-TCPA-REV-03 speaks of it, too

    Scenario: The word inside a sentence means something else
      When the contact texts "Do I stop at the end of your street?"
      Then that is no opt-out, because of US-TCPA-REV-02

  @rule:US-TCPA-REV-02
  Rule: Any other words count that a reasonable person would understand

    Scenario Outline: What people write
      When the contact texts "<reply>"
      Then that is an opt-out, because of US-TCPA-REV-02

      Examples:
        | reply                    |
        | please stop texting me   |
        | leave me alone           |
        | wrong number             |
        | take me off your list    |
        | no more messages         |
        | I don't want these texts |

    Scenario: What might be meant is settled by a person
      When the contact texts "maybe stop?"
      Then that is left to a person, and marketing waits, because of US-TCPA-REV-02
      And a person looks at it within one business day

    Scenario Outline: What is not meant
      When the contact texts "<reply>"
      Then that is no opt-out, because of US-TCPA-REV-02

      Examples:
        | reply                    |
        | Thanks, see you tomorrow |
        | Where is my order?       |

    Scenario: Nothing goes out after plain words
      Given the contact texted "please stop texting me" on Monday 16 November 2026 at 10:00 in New York
      When a marketing text is due
      Then it must not go, because of US-TCPA-REV-02

  @rule:US-TCPA-REV-03
  Rule: Ten business days are the ceiling, and we do not use them

    Scenario Outline: The last day the law allows
      When an opt-out from texts in the United States comes in on <received>
      Then the last day for it is <last day>, because of US-TCPA-REV-03
      And we do it at once

      Examples:
        | received                  | last day                 |
        | Monday 2 November 2026    | Tuesday 17 November 2026 |
        | Friday 13 November 2026   | Monday 30 November 2026  |
        | Saturday 19 December 2026 | Tuesday 5 January 2027   |

    Scenario: The next minute is too late for a message
      Given the contact texted "STOP" on Monday 23 November 2026 at 11:59 in New York
      When a marketing text is due on Monday 23 November 2026 at 12:00 in New York
      Then it must not go, because of US-TCPA-REV-01
      And US-TCPA-REV-03 speaks of it, too

    Scenario: No administrator may take the time
      When an administrator decides that opt-outs take effect after a day
      Then that is refused, because of US-TCPA-REV-03

    Scenario: Without an opt-out there is nothing to honour
      When a marketing text is due
      Then US-TCPA-REV-03 says nothing

  @rule:US-TCPA-REV-04
  Rule: A no by another way is presumed to be one

    Scenario Outline: Said elsewhere
      When the contact says "Please take me off your text list" <means>
      Then that is an opt-out, because of US-TCPA-REV-04

      Examples:
        | means          |
        | in a voicemail |
        | to an agent    |
        | in a letter    |
        | on the website |

    Scenario Outline: Nothing goes out after it, by whatever way it came
      Given the contact opted out <means> on Monday 16 November 2026 at 10:00 in New York
      When a marketing text is due
      Then it must not go, because of US-TCPA-REV-04

      Examples:
        | means          |
        | by mail        |
        | in a voicemail |
        | by letter      |
        | in the store   |
        | on the website |

    Scenario: A question to an agent is no opt-out
      When the contact says "When do you open?" to an agent
      Then that is no opt-out, because of US-TCPA-REV-04

  @rule:US-TCPA-REV-08
  Rule: An opt-out reaches unrelated programs; that part is waived until 31 January 2027

    Background:
      Given the contact gave the number for order updates
      And the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York, in answer to "Weekly offers"

    Scenario: We do not use the waiver
      When a transactional text is due for "Order updates"
      Then it must not go, because of US-TCPA-REV-01
      And US-TCPA-REV-08 speaks of it, too

    Scenario: A company that uses it may, until the day it ends in Washington
      Given the company counts an opt-out for its program only
      When a transactional text is due for "Order updates" on Saturday 30 January 2027 at 23:59 in New York
      Then it may go
      And US-TCPA-REV-08 speaks of it, too

    Scenario: From that day on everybody has to count it for all
      Given the company counts an opt-out for its program only
      When a transactional text is due for "Order updates" on Sunday 31 January 2027 at 00:00 in New York
      Then it must not go, because of US-TCPA-REV-08

  @rule:US-TCPA-REV-09
  Rule: STOP to an exempted text stops everything but emergencies

    Background:
      Given the contact gave the number for order updates
      And the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York, in answer to an exempted text

    Scenario Outline: Nothing else goes out
      When <message> is due
      Then it must not go, because of US-TCPA-REV-01
      And US-TCPA-REV-09 speaks of it, too

      Examples:
        | message              |
        | a marketing text     |
        | a transactional text |

    Scenario: Exempted texts end as well
      When an exempted text is due
      Then it must not go, because of US-TCPA-REV-09

    Scenario: An emergency still reaches the contact
      When an emergency text is due
      Then it may go, because of US-TCPA-EMERG-01

  @rule:US-TCPA-REV-10
  Rule: A no to marketing leaves what needs no consent

    Background:
      Given the contact texted "STOP" on Monday 16 November 2026 at 10:00 in New York, in answer to "Weekly offers"

    Scenario: An emergency
      When an emergency text is due
      Then it may go, because of US-TCPA-REV-10

    Scenario: An order update needs consent
      When a transactional text is due
      Then US-TCPA-REV-10 says nothing
