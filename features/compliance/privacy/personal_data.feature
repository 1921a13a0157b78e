@compliance
Feature: Addresses are kept so that only we can read them, and erased so that nobody can

  @rule:PII-01
  Rule: An address is looked up by a keyed code, never by a bare hash

    Scenario Outline: Constructions
      Then addresses <may> be looked up by <construction>

      Examples:
        | may      | construction |
        | may      | HMAC-SHA-256 |
        | must not | SHA-256      |
        | must not | MD5          |

  @rule:PII-03
  Rule: A key is replaced long before it has sealed too much

    Scenario Outline: Two to the power of twenty-eight
      Then a data key that has sealed <count> values is <state>

      Examples:
        | count       | state      |
        | 268,435,455 | still good |
        | 268,435,456 | replaced   |

  @rule:PII-04
  Rule: Old keys stay as long as somebody is only known under them

    Scenario Outline: The newest first
      Then with key <active> in use and tokens of keys <old>, we try <tried>

      Examples:
        | active | old  | tried   |
        | 3      | 1, 3 | 3, 1    |
        | 3      | 1, 2 | 3, 2, 1 |

  @rule:PII-05
  Rule: Erasing destroys the key, and what can be deleted is deleted

    Scenario: What goes
      When a contact is erased
      Then nothing is left of the data key
      And nothing is left of the addresses
      And nothing is left of the message bodies

  @rule:PII-06
  Rule: A suppression outlives the contact, says no more than it must, and serves nothing else

    Scenario Outline: What it says
      Then a suppression <may> keep the <field>

      Examples:
        | may      | field        |
        | may      | token        |
        | may      | key version  |
        | may      | channel      |
        | may      | scope        |
        | may      | reason class |
        | may      | date         |
        | must not | name         |
        | must not | address      |
        | must not | reason text  |

    Scenario Outline: What it is for
      Then the list of suppressions <may> be used for <purpose>

      Examples:
        | may      | purpose    |
        | may      | suppress   |
        | may      | compliance |
        | must not | analytics  |
        | must not | marketing  |
        | must not | enrichment |

  @rule:PII-07
  Rule: A file opts nobody in

    Scenario Outline: An import
      Then an imported contact is <found> if <facts>

      Examples:
        | found        | facts                                                      |
        | not sendable | the address is on the list of suppressions                 |
        | sendable     | the address is not on the list of suppressions             |
        | sendable     | the address is on the list, and the contact opted in since |

  @rule:PII-08
  Rule: One address is one address, however it is written; dots and tags make another

    Scenario Outline: Ways of writing
      Then <one> and <other> are <how many>

      Examples:
        | one                  | other                     | how many |
        | +1 (212) 555-0101    | +12125550101              | one      |
        | Pat@Example.com      | pat@example.com           | one      |
        | pat@bücher.example   | pat@xn--bcher-kva.example | one      |
        | p.at@example.com     | pat@example.com           | two      |
        | pat+news@example.com | pat@example.com           | two      |

    Scenario: Staff are told of a mailbox that may be the same
      Then staff are told that p.at+news@gmail.com may be pat@gmail.com

  @rule:PII-09
  Rule: Proof is kept, locked away, until nobody can sue any more

    Scenario Outline: By country
      When evidence from <place> was last relied on on 23 November 2026
      Then it is kept until <day>, because of PII-09

      Examples:
        | place              | day              |
        | California         | 23 November 2031 |
        | Ontario            | 23 November 2031 |
        | the United Kingdom | 23 November 2032 |
        | Germany            | 31 December 2029 |
        | Jamaica            | 23 November 2031 |
