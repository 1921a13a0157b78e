@compliance
Feature: Bounces and complaints say whether an address is written to again

  @rule:EML-DSN-01
  Rule: An address that does not exist is suppressed; a full mailbox is tried again; a poor reputation is ours

    Scenario Outline: What a report means
      When a report says <report>
      Then <effect>

      Examples:
        | report          | effect                                     |
        | failed 5.1.1    | the address is suppressed                  |
        | failed 5.1.2    | the address is suppressed                  |
        | failed 5.1.3    | the address is suppressed                  |
        | failed 5.1.6    | the address is suppressed                  |
        | failed 5.1.10   | the address is suppressed                  |
        | failed 5.2.1    | the address is suppressed                  |
        | failed 5.2.2    | it counts as a soft bounce                 |
        | failed 5.2.3    | it counts as a soft bounce                 |
        | failed 5.4.4    | it counts as a soft bounce                 |
        | failed 4.2.2    | it counts as a soft bounce                 |
        | delayed 4.4.1   | it counts as a soft bounce                 |
        | failed 5.7.1    | the sender is warned and the address stays |
        | failed 5.7.26   | the sender is warned and the address stays |
        | delivered 2.1.5 | nothing happens                            |
        | relayed 2.0.0   | nothing happens                            |

    Scenario: Five soft bounces in thirty days are enough
      When mail bounced softly on 1 November 2026, 5 November 2026, 9 November 2026, 13 November 2026, 17 November 2026
      Then on 23 November 2026 the address is given up

    Scenario: One of them was longer ago
      When mail bounced softly on 20 October 2026, 5 November 2026, 9 November 2026, 13 November 2026, 17 November 2026
      Then on 23 November 2026 the address is tried again

  @rule:EML-ARF-01
  Rule: A complaint ends marketing to the address

    Scenario Outline: What a complaint means
      When a complaint of the type <type> comes in
      Then <effect>

      Examples:
        | type         | effect                                 |
        | abuse        | marketing to the address is suppressed |
        | fraud        | marketing to the address is suppressed |
        | opt-out      | it is an opt-out                       |
        | opt-out-list | it is an opt-out                       |
        | not-spam     | nothing is done                        |
        | auth-failure | the sender is warned                   |
        | virus        | the sender is warned                   |
