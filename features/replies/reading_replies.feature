@replies
Feature: People answer in their own words, and are understood

  Whoever does not want messages any more may say so in any way a reasonable person understands.
  Nobody has to know a keyword, and nobody is unsubscribed because they talk about an order.

  @rule:US-TCPA-REV-01
  Rule: Seven words end consent when they are the whole reply

    Scenario Outline: One of the seven words
      When Pat replies "<words>"
      Then Pat has opted out
      And one confirmation is due within 5 minutes

      Examples:
        | words       |
        | STOP        |
        | Stop!!!     |
        | quit        |
        | End.        |
        | revoke      |
        | OPT-OUT     |
        | Cancel      |
        | Unsubscribe |

  @rule:US-TCPA-REV-02
  Rule: Any other words count as a reasonable person understands them

    Scenario Outline: A clear wish
      When Pat replies "<words>"
      Then Pat has opted out
      And one confirmation is due within 5 minutes

      Examples: Plain words
        | words                          |
        | Please stop texting me         |
        | take me off your list          |
        | leave me alone                 |
        | Lose my number                 |
        | wrong number                   |
        | I don't want these texts       |
        | got my order, now pls stop     |

      Examples: Slips of the finger
        | words         |
        | STPO          |
        | unsubcribe    |
        | stoppp txting |

      Examples: Other languages
        | words                          |
        | no me escriban más             |
        | arrêtez de m'envoyer des SMS   |
        | bitte keine SMS mehr           |
        | não quero mais mensagens       |
        | non scrivetemi più             |
        | geen berichten meer            |

    Scenario Outline: Something else
      When Pat replies "<words>"
      Then nothing changes
      And support takes it from there

      Examples: They like it here
        | words                            |
        | don't stop!                      |
        | Please don't unsubscribe me      |
        | never stop sending these         |

      Examples: They talk about an order
        | words                            |
        | cancel my order 123              |
        | can I cancel my appointment      |
        | should I stop by the store?      |
        | when does the sale end           |
        | ¿dónde está mi pedido?           |

      Examples: Real words that look like a slip
        | words |
        | shop  |
        | step  |
        | top   |

    Scenario Outline: A doubt
      When Pat replies "<words>"
      Then marketing to Pat is suspended
      And a person looks at it within 1 business day

      Examples:
        | words                        |
        | 🛑                           |
        | how do I stop these?         |
        | not interested               |
        | please don't text me so late |

    Scenario: Only part of it is unwelcome
      When Pat replies "Stop the marketing but keep my order updates"
      Then Pat has opted out of marketing alone

  @rule:SMS-KW-I18N
  Rule: Every language has its own words for it

    Scenario Outline: A keyword in another language
      When Pat replies "<word>"
      Then Pat has opted out

      Examples:
        | word      |
        | ALTO      |
        | no más    |
        | ARRÊT     |
        | abmelden  |
        | sair      |
        | basta     |
        | uit       |

    Scenario: A word that may mean two things
      When Pat replies "para"
      Then marketing to Pat is suspended

  @rule:CTIA-04
  Rule: A call for help is answered and changes nothing

    Scenario Outline: Help
      When Pat replies "<word>"
      Then nothing changes
      And the help text is due

      Examples:
        | word  |
        | HELP  |
        | Info? |
        | AIDE  |
        | ayuda |

  @rule:CTIA-13
  Rule: Yes is an answer only to a question that was asked

    Scenario: In time
      Given Acme asked Pat 23 hours ago to confirm an opt-in
      When Pat replies "YES"
      Then Pat has confirmed the opt-in

    Scenario: Too late
      Given Acme asked Pat 25 hours ago to confirm an opt-in
      When Pat replies "YES"
      Then nothing changes

    Scenario: Nobody asked
      When Pat replies "Yes"
      Then nothing changes

  @rule:CTIA-11
  Rule: An opt-out is confirmed once

    Scenario: Pat repeats it
      Given Pat has already opted out
      When Pat replies "STOP"
      Then Pat has opted out
      And no answer is due

  @rule:PRV-TWILIO-04
  Rule: What the toll-free network answers is not answered twice

    Scenario: The network's own word
      Given Acme writes from a toll-free number
      When Pat replies "STOP"
      Then Pat has opted out
      And no answer is due

    Scenario: A word the network does not know
      Given Acme writes from a toll-free number
      When Pat replies "QUIT"
      Then Pat has opted out
      And one confirmation is due within 5 minutes

  @rule:PRV-TWILIO-03
  Rule: What the provider has answered is not answered twice

    Scenario: The provider says it was an opt-out
      Given the provider recognised an opt-out and answered it
      When Pat replies "STOP"
      Then Pat has opted out
      And no answer is due

  @rule:EML-MAILTO-01
  Rule: A mail that asks to stop is an opt-out

    Scenario: In words
      When Pat mails "Please take me off this newsletter. Kind regards, Pat"
      Then Pat has opted out

    Scenario: By the address alone
      When Pat's mail program writes to the unsubscribe mailbox
      Then Pat has opted out

    Scenario: Our own words come back as a quotation
      When Pat mails "Thank you!" above our own words "To stop these mails, unsubscribe"
      Then nothing changes

  @rule:EML-AUTO-01
  Rule: A machine's answer is nobody's wish

    Scenario: Out of office
      When Pat's mailbox answers by itself "I am away until 1 Dec. Please stop by my desk then."
      Then nothing changes
      And no answer is due

  @rule:US-TCPA-REV-04
  Rule: It does not matter where somebody says it

    Scenario Outline: Said elsewhere
      When Pat says "please take me off your list" <where>
      Then Pat has opted out

      Examples:
        | where             |
        | on the voicemail  |
        | to an agent       |
        | on the website    |
        | in a letter       |
