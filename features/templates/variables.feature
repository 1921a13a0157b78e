@templates
Feature: A template is filled completely or not at all

  What differs from contact to contact stands in the template as a variable. A gap or a slip would
  reach people, so the business hears of it instead.

  Background:
    Given the published SMS template "Offer" says "{{ percent }}% off, {{ name }}"

  Scenario: Everything is given
    When the business sends "Offer" with percent 20 and name "Pat"
    Then the contact reads "20% off, Pat"

  Scenario: Something is missing
    When the business sends "Offer" with percent 20
    Then it is refused because "name" is missing

  Scenario: Something is misspelt
    When the business sends "Offer" with percent 20 and nmae "Pat"
    Then it is refused because "name" is missing and "nmae" is unknown

  Rule: What a contact is called never becomes part of a page

    Scenario: A name with signs in it
      Given the published email template "Welcome" says "Hello {{ name }}" on a page
      When the business sends "Welcome" with name "<b>Pat</b>"
      Then the contact reads "Hello <b>Pat</b>" on the page

  Rule: No template takes long

    Scenario: A template repeats itself without end
      Given the published SMS template "Bomb" says "{% for a in list %}{% for b in list %}{% for c in list %}.{% endfor %}{% endfor %}{% endfor %}"
      When the business sends "Bomb" with a list of a hundred things
      Then it is refused because it takes too long
