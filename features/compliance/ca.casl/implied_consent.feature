@compliance
Feature: In Canada consent may be implied, for a while, counted in calendar months

  Background:
    Given a contact in Ontario

  @rule:CA-CASL-04
  Rule: A purchase or contract implies consent for two years

    Scenario Outline: To the day, with a leap day inside
      Given the contact bought something on <bought>
      When a marketing mail is due on <day>
      Then <verdict>, because of CA-CASL-04

      Examples:
        | bought           | day              | verdict            |
        | 23 November 2024 | 23 November 2026 | it may go          |
        | 22 November 2024 | 23 November 2026 | it needs an opt-in |
        | 1 March 2026     | 1 March 2028     | it may go          |
        | 28 February 2026 | 29 February 2028 | it may go          |
        | 29 February 2028 | 28 February 2030 | it may go          |
        | 29 February 2028 | 1 March 2030     | it needs an opt-in |

    Scenario: A contract in force
      Given the contact has a contract in force
      When a marketing mail is due
      Then it may go, because of CA-CASL-04

    Scenario Outline: A subscription counts from its end
      Given the contact cancelled the subscription on <ended>
      When a marketing mail is due on 23 November 2026
      Then <verdict>, because of CA-CASL-04

      Examples:
        | ended            | verdict            |
        | 23 November 2024 | it may go          |
        | 22 November 2024 | it needs an opt-in |

  @rule:CA-CASL-05
  Rule: An inquiry implies consent for six months

    Scenario Outline: To the day, where months are short
      Given the contact asked about a product on <asked>
      When a marketing mail is due on <day>
      Then <verdict>, because of CA-CASL-05

      Examples:
        | asked          | day              | verdict            |
        | 23 May 2026    | 23 November 2026 | it may go          |
        | 22 May 2026    | 23 November 2026 | it needs an opt-in |
        | 31 August 2026 | 28 February 2027 | it may go          |
        | 31 August 2026 | 1 March 2027     | it needs an opt-in |

  @rule:CA-CASL-06
  Rule: Support for a charity or party, and membership in a club, imply consent for two years

    Scenario Outline: To the day
      Given the contact <event> on <day>
      When a marketing mail is due on 23 November 2026
      Then <verdict>, because of CA-CASL-06

      Examples:
        | event                            | day              | verdict            |
        | gave to the charity              | 23 November 2024 | it may go          |
        | gave to the charity              | 22 November 2024 | it needs an opt-in |
        | did voluntary work for the party | 23 November 2024 | it may go          |
        | left the club                    | 23 November 2024 | it may go          |
        | left the club                    | 22 November 2024 | it needs an opt-in |

    Scenario: A member of the club
      Given the contact is a member of the club
      When a marketing mail is due
      Then it may go, because of CA-CASL-06

    Scenario: A charity nobody registered
      Given the contact gave to the charity on 1 November 2026
      And the charity is not registered
      When a marketing mail is due
      Then it needs an opt-in, because of CA-CASL-06

  @rule:CA-CASL-07
  Rule: A published address may be written to about the work it was published for

    Background:
      Given the contact published the address for messages about work

    Scenario: All of it is on record
      When a marketing mail is due
      Then it may go, because of CA-CASL-07

    Scenario Outline: One condition is not met
      Given <exception>
      When a marketing mail is due
      Then it needs an opt-in, because of CA-CASL-07

      Examples:
        | exception                                    |
        | the record keeps no copy of the page         |
        | the page asked for no advertising            |
        | the message has nothing to do with that work |

    Scenario: A published address says nothing about texts
      When a marketing text is due
      Then it needs an opt-in, because of CA-CASL-01

  @rule:CA-CASL-15
  Rule: A referral allows one message, which names who referred

    Background:
      Given the contact was referred by a friend whose full name the message gives

    Scenario: The first message
      When a marketing mail is due
      Then it may go, because of CA-CASL-15

    Scenario: The second message
      Given the friend's message has been sent already
      When a marketing mail is due
      Then it needs an opt-in, because of CA-CASL-15

    Scenario: The message names nobody
      Given the message does not name the friend
      When a marketing mail is due
      Then it needs an opt-in, because of CA-CASL-15
