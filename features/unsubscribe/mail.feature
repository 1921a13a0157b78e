Feature: What comes back to a mail is read

  A mail may bounce, be reported as spam, be answered by its reader or by a machine. Each mail of ours carries addresses
  that tell which one it was, so nothing that stands in what comes back can speak for anybody else.

  Background:
    Given Pat and Sam agreed to "Weekly offers" and "Order updates" by mail
    And Acme sent both of them an offer

  @rule:EML-MAILTO-01
  Rule: Mail to the unsubscribe address of a mail is an opt-out, whoever writes it and whatever it says

    Scenario: An empty mail
      When Pat sends an empty mail to the unsubscribe address of her offer
      Then Pat gets no more offers
      And Pat still gets news of her orders

    Scenario: Sam forwards the offer and a friend unsubscribes
      When a friend of Sam's writes "not for me" to the unsubscribe address of Sam's offer
      Then Sam gets no more offers
      And Pat still gets offers

    Scenario: It is said twice
      When Pat sends an empty mail to the unsubscribe address of her offer
      And Pat sends an empty mail to the unsubscribe address of her offer
      Then Pat opted out once

  @rule:EML-MAILTO-01
  Rule: A reply that asks to stop is an opt-out

    Scenario Outline: In words of one's own
      When Pat replies "<text>"
      Then Pat gets no more offers

      Examples:
        | text                                 |
        | unsubscribe                          |
        | Please take me off your mailing list |
        | Bitte melden Sie mich ab             |
        | Veuillez me désinscrire              |

    Scenario: A question is none
      When Pat replies "Do you have this in blue?"
      Then Pat still gets offers

    Scenario: What may be one stops offers until somebody has read it
      When Pat replies "enough"
      Then Pat gets no more offers
      And somebody has to read what Pat wrote

  @rule:EML-AUTO-01
  Rule: What no person wrote is no opt-out

    Scenario Outline: A machine answers for Pat
      When a machine answers for Pat with the subject "<subject>" and the words "stop, unsubscribe"
      Then Pat still gets offers

      Examples:
        | subject                          |
        | Out of office: From Acme         |
        | Automatische Antwort: From Acme  |
        | Réponse automatique : From Acme  |
        | Respuesta automática: From Acme  |

  @rule:EML-DSN-01
  Rule: An address that does not exist gets nothing more; a full mailbox is tried again

    Scenario: No such mailbox
      When Pat's mail server says that there is no such mailbox
      Then Pat gets no more mail at all

    Scenario: A full mailbox
      When Pat's mail server says that the mailbox is full
      Then Pat still gets offers

    Scenario: A report that names somebody else
      When a report about Pat's offer says that Sam's mailbox does not exist
      Then Sam still gets offers

  @rule:EML-ARF-01
  Rule: A complaint ends marketing and nothing else

    Scenario: The provider has blacked out who complained
      When Pat's mailbox provider reports the offer as spam, and not who complained
      Then Pat gets no more offers
      And Pat still gets news of her orders

    Scenario: It was no spam
      When Pat's mailbox provider reports that the offer was no spam
      Then Pat still gets offers
