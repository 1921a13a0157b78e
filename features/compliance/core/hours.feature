@compliance
Feature: Hours are those on the contact's own clock

  @rule:CORE-TZ-01
  Rule: Where the clock is uncertain, the hours hold on every clock it may be

    Scenario Outline: Area codes with more than one time
      Given a contact with the number <number>
      When we look where the contact lives
      Then it may be any hour of <zones>

      Examples:
        | number          | zones                                                        | where               |
        | +1 212 555 0101 | America/New_York                                             | New York            |
        | +1 850 555 0101 | America/Chicago, America/New_York                            | Florida's Panhandle |
        | +1 448 555 0101 | America/Chicago, America/New_York                            | its overlay         |
        | +1 928 555 0101 | America/Denver, America/Phoenix                              | Arizona             |
        | +1 605 555 0101 | America/Chicago, America/Denver, America/North_Dakota/Center | South Dakota        |
        | +1 709 555 0101 | America/Halifax, America/St_Johns                            | Newfoundland        |

    Scenario Outline: The morning has come to both, the evening to neither
      Given a contact with the number +1 605 555 0101
      And the contact agreed in writing to marketing texts
      When a marketing text is due on <due>
      Then it waits until <until>, because of US-TCPA-HRS-01

      Examples:
        | due                                         | until                                       |
        | Monday 23 November 2026 at 08:30 in Chicago | Monday 23 November 2026 at 08:00 in Denver  |
        | Monday 23 November 2026 at 20:30 in Denver  | Tuesday 24 November 2026 at 08:00 in Denver |

    Scenario: An organisation may keep shorter hours
      Given the company texts between 10:00 and 18:00 only
      And a contact in New York who agreed in writing to marketing texts
      When a marketing text is due on Monday 23 November 2026 at 19:00 in New York
      Then it waits until Tuesday 24 November 2026 at 10:00 in New York, because of CORE-TZ-01

  @rule:CORE-TZ-02
  Rule: The clock is read at that instant, whatever was changed in the night

    Scenario Outline: The clocks change
      Given a contact in New York who agreed in writing to marketing texts
      When a marketing text is due on <due> in New York
      Then it waits until <until> in UTC, because of US-TCPA-HRS-01

      Examples:
        | due                               | until                           | which is               |
        | Saturday 31 October 2026 at 22:00 | Sunday 1 November 2026 at 13:00 | eight, an hour later   |
        | Saturday 13 March 2027 at 22:00   | Sunday 14 March 2027 at 12:00   | eight, an hour earlier |
        | Sunday 1 November 2026 at 22:00   | Monday 2 November 2026 at 13:00 | eight                  |

    Scenario: Arizona does not change its clocks
      Given a contact in Arizona who agreed in writing to marketing texts
      When a marketing text is due on Saturday 13 March 2027 at 22:00 in Phoenix
      Then it waits until Sunday 14 March 2027 at 08:00 in Phoenix, because of US-TCPA-HRS-01

  @rule:CORE-TZ-03
  Rule: The first instant belongs to the hours, the last does not

    Scenario: On the stroke of eight
      Given a contact in New York who agreed in writing to marketing texts
      When a marketing text is due on Monday 23 November 2026 at 08:00:00 in New York
      Then it may go, because of US-TCPA-CONS-01

    Scenario: On the stroke of nine
      Given a contact in New York who agreed in writing to marketing texts
      When a marketing text is due on Monday 23 November 2026 at 21:00:00 in New York
      Then it waits until Tuesday 24 November 2026 at 08:00 in New York, because of US-TCPA-HRS-01

    Scenario: No administrator may move it
      When an administrator decides that the hours end including the last minute
      Then that is refused, because of CORE-TZ-03
