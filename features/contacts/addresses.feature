@contacts
Feature: A contact is known by its addresses

  Businesses know people by a phone number or an email address. Each of them leads to one contact,
  and to one only, so that what a person decided holds wherever they are reached.

  Background:
    Given the contact Pat with +1 212 555 0101 and pat@example.com

  Rule: An address leads to its contact, however it is written

    Scenario Outline: Looking somebody up
      When the business looks up <address>
      Then it finds <contact>

      Examples:
        | address           | contact |
        | +12125550101      | Pat     |
        | +1 (212) 555-0101 | Pat     |
        | Pat@Example.com   | Pat     |
        | +1 212 555 0102   | nobody  |

  Rule: An address belongs to one contact

    Scenario: Somebody gives an address that is taken
      When the business adds the contact Sam with sam@example.com and pat@example.com
      Then it is refused because pat@example.com is taken
      And sam@example.com leads to nobody

  Rule: A contact can always be reached

    Scenario: Pat has a new number
      When Pat moves from +1 212 555 0101 to +1 212 555 0103
      Then +1 212 555 0103 leads to Pat
      And +1 212 555 0101 leads to nobody

    Scenario: The last address stays
      When Pat gives up +1 212 555 0101 and pat@example.com
      Then it is refused because a contact needs an address
      And pat@example.com leads to Pat

  Rule: Nobody reads a whole address

    Scenario: Somebody looks at a contact
      When the business looks up pat@example.com
      Then it reads +1 2**-***-0101 and p***@example.com
