@compliance
Feature: Long codes are registered with the carriers

  @rule:A2P-01
  Rule: A number sends what its campaign was approved for

    Background:
      Given a contact in New York who agreed in writing to marketing texts

    Scenario: The campaign is approved
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

    Scenario: The campaign is not approved
      Given the sender is a long code without an approved campaign
      When a marketing text is due
      Then it must not go, because of A2P-01

    Scenario: The campaign is for something else
      Given the sender is registered for order updates only
      When a marketing text is due
      Then it must not go, because of A2P-01

    Scenario: The campaign is for just that
      Given the sender is registered for order updates only
      And the contact gave the number for order updates
      When a transactional text is due
      Then it may go, because of US-TCPA-CONS-03

  @rule:A2P-02
  Rule: What carriers refuse is told before they are asked

    Scenario: A campaign that is complete
      When a campaign is registered with everything
      Then carriers would take it

    Scenario Outline: A campaign with a fault
      When a campaign is registered with <what>
      Then carriers would refuse it for its <fault>

      Examples:
        | what                         | fault       |
        | a description of a few words | description |
        | no page where people opt in  | opt_in_url  |
        | one sample only              | samples     |
        | samples without the brand    | samples     |
        | no reply to HELP             | replies     |
        | no privacy policy            | privacy_url |
        | no terms                     | terms_url   |
        | texts in French              | language    |

  @rule:A2P-03
  Rule: The privacy policy says that numbers given for texts go to nobody

    Scenario Outline: What a policy says
      When the privacy policy says "<text>"
      Then that <found> enough for carriers

      Examples:
        | text                                                                       | found  |
        | Mobile numbers are not shared with or sold to third parties for marketing. | is     |
        | We will never share your SMS opt-in data with anybody.                     | is     |
        | We value your privacy.                                                     | is not |
        | We may share your mobile number with partners.                             | is not |

  @rule:A2P-04
  Rule: Texts have a box of their own that nobody ticked beforehand

    Scenario Outline: How a form may fail
      Given a form for texts that somebody in New York fills in
      And the form <fault>
      When the form is sent
      Then it is no consent, because of A2P-04

      Examples:
        | fault                               |
        | has no box of its own for texts     |
        | has a box that is ticked beforehand |
        | takes accepting the terms for a yes |

    Scenario: A box of its own
      Given a form for texts that somebody in New York fills in
      When the form is sent
      Then it is a consent
