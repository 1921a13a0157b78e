@privacy
Feature: Whoever wants to be forgotten is, and is not written to again

  Background:
    Given the marketing program "Weekly offers"
    And the transactional program "Order updates"
    And Pat agreed to "Weekly offers"

  @rule:EU-GDPR-17 @rule:PII-05
  Rule: What can be deleted is deleted, and nobody can read the rest

    Scenario: Nothing of Pat is found any more
      When Pat is erased at their own request
      Then nobody finds Pat
      And what Pat is handed says that they were erased, and no more

    Scenario: A message that waits is not sent
      Given a message to Pat waits until tomorrow
      When Pat is erased at their own request
      And tomorrow comes
      Then Pat was sent nothing

    Scenario: The books still close
      When Pat is erased at their own request
      Then ledger and trail verify

  Rule: Nobody is erased whom somebody else pretends to be

    Scenario: Who asks has not shown who they are
      When somebody wants Pat erased and shows nothing
      Then that is refused because they are not identified
      And Pat is still on record

  @rule:PII-06 @rule:PII-07
  Rule: A file does not bring an erased person back; they themselves may come back

    Scenario: The same number in next month's import
      Given Pat was erased at their own request
      When the business imports Pat's consent to "Weekly offers"
      Then Pat is not written to about "Weekly offers"
      And Pat is not written to about "Order updates"

    Scenario: Pat changes their mind
      Given Pat was erased at their own request
      When Pat agreed to "Weekly offers" again
      Then Pat is written to about "Weekly offers"

  @rule:PII-09
  Rule: Evidence for claims is kept under lock, with an end

    Scenario: Pat's lawyer writes
      Given Pat was erased at their own request
      When compliance opens what is kept of Pat, because of a claim
      Then it shows that Pat agreed to "Weekly offers"
      And it says until when it is kept
      And the trail knows who opened it
