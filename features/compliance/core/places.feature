@compliance
Feature: Where a contact may live decides whose law applies

  @rule:CORE-JUR-01
  Rule: What was said, what the number says and where the yes came from are taken together

    Scenario: The number and the words disagree
      Given a contact with the number +1 212 555 0101
      And the contact says that they live in California
      When we look where the contact lives
      Then the law of US-CA and US-NY applies

    Scenario: The yes came from abroad
      Given a contact with the number +1 212 555 0101
      And the opt-in came from an internet address in Germany
      When we look where the contact lives
      Then the law of US-NY and DE applies

    Scenario: A verified residence stands alone for a year
      Given a contact with the number +1 212 555 0101
      And it was verified on 1 December 2025 that the contact lives in California
      When we look where the contact lives on 23 November 2026
      Then the law of US-CA applies

    Scenario: After a year it counts as one word among others
      Given a contact with the number +1 212 555 0101
      And it was verified on 22 November 2025 that the contact lives in California
      When we look where the contact lives on 23 November 2026
      Then the law of US-CA and US-NY applies

    Scenario Outline: Some states claim their area codes wherever people move
      Given a contact with the number <number>
      And it was verified on 1 November 2026 that the contact lives in California
      When we look where the contact lives
      Then the law of <law> applies

      Examples:
        | number          | law             |
        | +1 305 555 0101 | US-CA and US-FL |
        | +1 405 555 0101 | US-CA and US-OK |
        | +1 301 555 0101 | US-CA and US-MD |
        | +1 503 555 0101 | US-CA and US-OR |
        | +1 206 555 0101 | US-CA and US-WA |
        | +1 713 555 0101 | US-CA           |

    Scenario: The strictest of them wins
      Given a contact in California who agreed to marketing mail
      And the opt-in came from an internet address in Germany
      When a marketing mail is due
      Then it needs an opt-in, because of DE-UWG-01

  @rule:CORE-JUR-02
  Rule: +1 is not a country

    Scenario Outline: What an area code says
      Given a contact with the number <number>
      When we look where the contact lives
      Then the law of <law> applies

      Examples:
        | number          | law             | which is           |
        | +1 212 555 0101 | US-NY           | New York           |
        | +1 787 555 0101 | US-PR           | Puerto Rico        |
        | +1 340 555 0101 | US-VI           | the Virgin Islands |
        | +1 671 555 0101 | US-GU           | Guam               |
        | +1 416 555 0101 | CA-ON           | Ontario            |
        | +1 876 555 0101 | JM              | Jamaica            |
        | +1 809 555 0101 | DO              | Dominican Republic |
        | +1 800 555 0101 | nowhere we know | toll-free          |
        | +1 900 555 0101 | nowhere we know | premium rate       |
        | +1 500 555 0101 | nowhere we know | follows its holder |
