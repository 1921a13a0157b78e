@verification
Feature: Whoever asks learns nothing, and earns nothing

  The answer to a request is the same for every address. What the address decides is decided later, where nobody
  watches: whether a code may go at all, and whether too many did.

  Background:
    Given Acme sends codes to whoever asks for one

  @rule:VER-08
  Scenario Outline: Who is known, unknown, or wants nothing
    Given Pat with +1 212 555 0101 is <known>
    When somebody asks for a code to +1 212 555 0101
    Then they are told that it is on its way
    And a wrong code is answered as ever
    And <arrives> arrives

    Examples:
      | known                | arrives |
      | a contact            | a code  |
      | unknown              | a code  |
      | opted out of all     | nothing |
      | unknown, and said no | nothing |

  @rule:VER-08
  Scenario: Asking for a code does not bring anybody back
    Given Pat with +1 212 555 0101 is opted out of all
    When somebody asks for a code to +1 212 555 0101
    Then Pat is still opted out

  Scenario: Asking for a code is no consent to anything else
    When somebody asks for a code to +1 212 555 0101
    Then a code arrives
    But Acme has to ask +1 212 555 0101 before it sends offers

  @rule:VER-09
  Scenario: Each repetition waits longer
    When somebody asks for a code to +1 212 555 0101, 10 seconds apart, 3 times
    Then 1 code arrives
    And after 30 seconds 2 codes arrived in all, and no more after a minute
    And nobody has more than one code that works

  @rule:VER-09
  Scenario: No more than five in a day
    When somebody asks for a code to +1 212 555 0101, 20 minutes apart, 8 times
    Then 5 codes arrive

  @rule:VER-09
  Scenario Outline: Numbers somebody is paid for, and countries not switched on
    When somebody asks for a code to <number>
    Then they are told that it is on its way
    And <arrives> arrives

    Examples:
      | number          | arrives |
      | +1 416 555 0101 | nothing |
      | +1 900 555 0101 | nothing |
      | +1 800 555 0101 | nothing |
      | +1 212 555 0101 | a code  |

  @rule:VER-09
  Scenario: Neighbouring numbers, one after the other
    When codes are asked for 30 neighbouring numbers
    Then 20 codes arrive

  @rule:VER-09
  Scenario: One network asks for strangers
    When codes are asked for 15 strangers from one network
    Then 10 codes arrive

  Scenario: Test and live are two worlds
    When a developer asks for a code to +1 212 555 0101
    Then a code arrives on the developer's phone only
