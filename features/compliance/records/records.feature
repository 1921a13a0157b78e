@compliance
Feature: A consent is shown to others in words they know

  @rule:REC-27560-01
  Rule: A record holds every field the standard makes mandatory

    Scenario: A record with every field
      When an ISO record is made
      Then it is given out

    Scenario Outline: A record that lacks one
      When an ISO record is made without <field>
      Then it is not given out, because <field> is missing

      Examples:
        | field             |
        | schema_version    |
        | pii_principal_id  |
        | privacy_notice    |
        | purpose           |
        | withdrawal_method |
        | party_name        |
        | event_time        |
        | event_state       |

    Scenario: For Europe its legal basis is mandatory, too
      When an ISO record for Europe is made without lawful_basis
      Then it is not given out, because lawful_basis is missing

  @rule:REC-KANTARA-01
  Rule: A receipt holds the fields of Kantara's version 1.1

    Scenario: A receipt with every field
      When a Kantara receipt is made
      Then it is given out
      And its version is "KI-CR-v1.1.0"

    Scenario Outline: A receipt that lacks one
      When a Kantara receipt is made without <field>
      Then it is not given out, because <field> is missing

      Examples:
        | field            |
        | consentTimestamp |
        | collectionMethod |
        | piiControllers   |
        | policyUrl        |

  @rule:REC-DPV-01
  Rule: Where a consent stands is said in the words of the W3C

    Scenario Outline: The words
      When a consent that is <status> is exported
      Then others read <word>

      Examples:
        | status      | word                       |
        | requested   | dpv:ConsentRequested       |
        | given       | dpv:ConsentGiven           |
        | refused     | dpv:ConsentRefused         |
        | withdrawn   | dpv:ConsentWithdrawn       |
        | expired     | dpv:ConsentExpired         |
        | invalidated | dpv:ConsentInvalidated     |
        | revoked     | dpv:ConsentRevoked         |
        | unknown     | dpv:ConsentUnknown         |
        | renewed     | dpv:RenewedConsentGiven    |
        | deferred    | dpv:ConsentRequestDeferred |
