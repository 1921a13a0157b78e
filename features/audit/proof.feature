@audit
Feature: Whoever doubts a consent can be shown it

  What somebody was shown and did is on the ledger. It is read back with its proof: nobody has changed it since.

  Background:
    Given the program "Weekly offers" of Acme Ltd
    And Pat agreed to "Weekly offers" on the web form

  Rule: The proof shows the words Pat saw

    Scenario: A carrier wants to see the opt-in
      When Acme proves Pat's consent
      Then the proof shows the text of the form and that Pat ticked the box
      And nothing in it was changed since

    Scenario: Pat has opted out since
      Given Pat opted out
      When Acme proves Pat's consent
      Then the proof says revoked
      And it says granted as of the moment Pat agreed

  Rule: A checkpoint proves that an entry stood there; until the next one the proof says so

    Scenario: Just recorded
      When Acme proves Pat's consent
      Then the entry is not sealed yet

    Scenario: A checkpoint later
      Given a checkpoint was made
      When Acme proves Pat's consent
      Then the entry leads to a root that Acme signed

  Rule: What was changed behind the product's back does not pass

    Scenario: Somebody rewrote the entry in the database
      Given somebody gave Pat's entry another author in the database
      When Acme proves Pat's consent
      Then the proof says that the entry was changed

  Rule: Others read consents in forms of their own

    Scenario: A receipt with nothing made up
      Given Acme declared nothing about its practice
      When Acme asks for a consent receipt
      Then there is none, and the answer names the jurisdiction
