@compliance
Feature: A mail that comes back is read

  Background:
    Given a contact in California who agreed to marketing mail

  @rule:EML-MAILTO-01
  Rule: Mail to the unsubscribe address, or an answer that asks to stop, is an opt-out

    Scenario: To the unsubscribe address
      When mail comes to the unsubscribe address
      Then that is an opt-out, because of EML-MAILTO-01

    Scenario Outline: An answer in plain words
      When the contact answers a mail with "<text>"
      Then that is an opt-out, because of EML-MAILTO-01

      Examples:
        | text                                 |
        | unsubscribe                          |
        | Please take me off your mailing list |

    Scenario: An answer that asks something else
      When the contact answers a mail with "Do you have this in blue?"
      Then that is no opt-out, because of EML-MAILTO-01

  @rule:EML-AUTO-01
  Rule: What no person wrote changes nothing

    Scenario Outline: An automatic message
      When mail comes with the header "<header>" and the words "unsubscribe"
      Then that is of no effect, because of EML-AUTO-01
      And nothing is answered, because no person wrote it

      Examples:
        | header                                                      |
        | Auto-Submitted: auto-replied                                |
        | Auto-Submitted: auto-generated                              |
        | Precedence: bulk                                            |
        | Precedence: list                                            |
        | X-Auto-Response-Suppress: All                               |
        | Return-Path: <>                                             |
        | Content-Type: multipart/report; report-type=delivery-status |

    Scenario: A person wrote it
      When mail comes with the header "Auto-Submitted: no" and the words "unsubscribe"
      Then that is an opt-out, because of EML-MAILTO-01
