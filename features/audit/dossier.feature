@audit
Feature: A complaint is answered with a dossier that verifies without us

  Background:
    Given the program "Weekly offers" of Acme Ltd
    And Pat agreed to "Weekly offers" on the web form
    And Acme sent Pat an offer

  Rule: The dossier tells the whole story of an address

    Scenario: Pat complains and never opted out
      When compliance makes the dossier of Pat's number
      Then it holds the consent, the text, the offer and the decision it went by
      And it says that no opt-out is on record

    Scenario: Pat opted out and heard no more
      Given Pat opted out an hour later
      When compliance makes the dossier of Pat's number
      Then it says that no message followed the opt-out

    Scenario: An offer left after all
      Given Pat opted out an hour later
      And an offer had left 90 seconds after it
      When compliance makes the dossier of Pat's number
      Then it says that the last message followed the opt-out by 90 seconds

    Scenario: A stranger's number
      When compliance makes the dossier of a number nobody has
      Then there is nothing on record

  Rule: Python alone verifies it

    Scenario: As it was made
      When compliance makes the dossier of Pat's number
      Then its verifier says that all of it holds

    Scenario: Somebody took the opt-out from it
      Given Pat opted out an hour later
      And compliance made the dossier of Pat's number
      When somebody takes the last entry out of it
      Then its verifier names the file that was changed

  Rule: Who may not see addresses sees none in it

    Scenario: A colleague with less rights
      When a colleague who may not see addresses makes the dossier
      Then Pat's number and name are nowhere in it
