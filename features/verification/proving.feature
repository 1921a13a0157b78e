@verification
Feature: A code proves that somebody reads an address

  Whoever types an address may be anybody. A code shows that the one who typed it also reads it: once, soon, and for
  what it was asked for.

  Background:
    Given Acme sends codes to whoever asks for one

  @rule:VER-01 @rule:VER-03
  Scenario Outline: The right code, once
    Given Pat asked for a code to <address>
    When Pat enters the code
    Then it is approved
    And the same code is worth nothing any more

    Examples:
      | address         |
      | +1 212 555 0101 |
      | pat@example.com |

  @rule:VER-02
  Scenario Outline: The code comes too late
    Given Pat asked for a code to +1 212 555 0101
    When Pat enters the code after <minutes> minutes
    Then it is <status>

    Examples:
      | minutes | status   |
      | 9       | approved |
      | 11      | expired  |

  @rule:VER-03
  Scenario: A new code makes the old one worthless
    Given Pat asked for a code to +1 212 555 0101
    And Pat asked for another one a minute later
    When Pat enters the first code
    Then it is not approved

  @rule:VER-04
  Scenario: Five tries
    Given Pat asked for a code to +1 212 555 0101
    When Pat enters 5 wrong codes
    And Pat enters the code
    Then it is locked

  @rule:VER-04
  Scenario: Asking again buys no new tries
    Given Pat asked for a code to +1 212 555 0101
    And Pat entered 4 wrong codes
    And Pat asked for another one a minute later
    When Pat enters 1 wrong code
    And Pat enters the code
    Then it is locked

  @rule:VER-04
  Scenario: Ten wrong codes in a day close an address for a day
    Given Pat asked for a code to +1 212 555 0101
    And Pat entered 5 wrong codes
    And Pat asked for another one 11 minutes later
    And Pat entered 5 wrong codes
    When Pat asks for another one 11 minutes later
    Then nothing more is sent
    But a day later Pat gets a code that works

  @rule:VER-05
  Scenario Outline: By mail a code confirms an address and signs nobody in
    When somebody asks for a code to pat@example.com to <purpose>
    Then it is <answer>

    Examples:
      | purpose             | answer   |
      | confirm_address     | accepted |
      | recovery            | accepted |
      | sign_in             | refused  |

  @rule:VER-11
  Scenario: What the text says
    Given Pat asked for a code to +1 212 555 0101
    Then the message names Acme, says how long the code is good for and that nobody may be told
    And it has no link in it

  @rule:VER-11
  Scenario Outline: What the text says the code is for
    Given Pat asked for a code to +1 212 555 0101 to <purpose>
    Then the message is about a code to <act>

    Examples:
      | purpose         | act                           |
      | confirm_address | confirm your number           |
      | login           | sign in                       |
      | recovery        | get back into your account    |
      | claim_free_gift | go on with what you asked for |
