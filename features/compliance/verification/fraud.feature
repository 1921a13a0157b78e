@compliance
Feature: Nobody earns money with our codes

  @rule:VER-09
  Rule: Codes go to countries switched on for them, and to ordinary numbers

    Scenario: A country that is switched on
      When a code is asked for +1 212 555 0101, with codes switched on for New York and Ontario
      Then it is sent

    Scenario: A country that is not
      When a code is asked for +44 7700 900123, with codes switched on for New York and Ontario
      Then it is not sent, for the country not enabled

    Scenario Outline: Numbers somebody is paid for
      When a code is asked for <number>, with codes switched on for New York
      Then it is not sent, for the kind of number, country not enabled

      Examples:
        | number          | which is     |
        | +1 900 555 0101 | premium rate |
        | +1 800 555 0101 | toll-free    |
        | +881 6 12345678 | a satellite  |

  @rule:VER-09
  Rule: Codes are rationed

    Scenario Outline: Too many
      Given <what>
      When a code is asked for +1 212 555 0101
      Then it is not sent, for the <reason>

      Examples:
        | what                                                                    | reason     |
        | 5 codes went to the number since yesterday                              | per number |
        | 10 codes were asked for from the same internet address in the last hour | per IP     |
        | 20 codes went to neighbouring numbers in the last hour                  | per prefix |
        | 29 % of the codes were ever used                                        | conversion |
        | 29 seconds have passed since the last code                              | cooldown   |

    Scenario Outline: Just enough
      Given <what>
      When a code is asked for +1 212 555 0101
      Then it is sent

      Examples:
        | what                                                                   |
        | 4 codes went to the number since yesterday                             |
        | 9 codes were asked for from the same internet address in the last hour |
        | 19 codes went to neighbouring numbers in the last hour                 |
        | 30 % of the codes were ever used                                       |
        | 30 seconds have passed since the last code                             |

    Scenario Outline: Each repetition waits longer
      Given <again> codes were asked for again
      And <seconds> seconds have passed since the last code
      When a code is asked for +1 212 555 0101
      Then <answer>

      Examples:
        | again | seconds | answer                           |
        | 1     | 59      | it is not sent, for the cooldown |
        | 1     | 60      | it is sent                       |
        | 2     | 119     | it is not sent, for the cooldown |
        | 3     | 300     | it is sent                       |
        | 4     | 299     | it is not sent, for the cooldown |
