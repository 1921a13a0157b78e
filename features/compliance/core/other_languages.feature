@compliance
Feature: Stopping is understood in other languages

  @rule:SMS-KW-I18N
  Rule: A word for stopping in the contact's language is an opt-out

    Scenario Outline: Words for stopping
      Given a contact in New York who agreed in writing to marketing texts
      And the contact reads <language>
      When the contact texts "<reply>"
      Then that is an opt-out, because of SMS-KW-I18N

      Examples:
        | language | reply      |
        | es       | ALTO       |
        | es       | parar      |
        | es       | cancelar   |
        | es       | baja       |
        | es       | no más     |
        | fr       | arrêt      |
        | fr       | désabonner |
        | pt       | sair       |
        | de       | stopp      |
        | de       | abmelden   |
        | it       | annulla    |
        | it       | basta      |
        | nl       | afmelden   |
        | en       | remove     |
        | en       | TD         |

    Scenario: A word that may mean something else is left to a person
      Given a contact in New York who agreed in writing to marketing texts
      And the contact reads es
      When the contact texts "para"
      Then that is left to a person, and marketing waits, because of SMS-KW-I18N

    Scenario: A word that means nothing of the kind
      Given a contact in New York who agreed in writing to marketing texts
      And the contact reads es
      When the contact texts "gracias"
      Then that is no opt-out, because of US-TCPA-REV-02
