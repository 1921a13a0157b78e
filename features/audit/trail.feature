@audit
Feature: What was done can be found, and nobody changes what is found

  Rule: Whatever staff or a key changes leaves a record

    Scenario: The promised frequency of a program
      Given the program "weekly-offers" promises "up to 4 messages a month"
      When Robin makes it "up to 8 messages a month"
      Then the trail says that Robin changed its frequency from "up to 4 messages a month" to "up to 8 messages a month"

  Rule: Who looked at what is private is known, and why

    Scenario: What somebody wrote back
      Given +1 212 555 0101 wrote back "enough"
      When Robin reads it, because "Is it an opt-out?"
      Then the trail says that Robin read it
      And the reason is found only by who may see reasons: "Is it an opt-out?"
      And that the reason was looked at is on the trail as well

  Rule: Nobody changes the past unseen

    Scenario Outline: Somebody gets hold of the database
      Given three people agreed to "weekly-offers", and the books are sealed
      When somebody with the database <does it>
      Then the verification names the consent

      Examples:
        | does it                          |
        | makes a consent a refusal        |
        | takes a consent away             |
        | gives a consent to somebody else |
        | lets a consent change places     |

    Scenario: What is not sealed yet is no easier to change
      Given three people agreed to "weekly-offers" just now
      When somebody with the database makes a consent a refusal
      Then the verification names the consent

  Rule: An erasure leaves the books whole

    Scenario: One of three is erased
      Given three people agreed to "weekly-offers", and the books are sealed
      When one of them is erased because they asked for it
      Then the verification finds nothing wrong, and the evidence of one gone

  Rule: The books can be verified by somebody who has neither our database nor our keys

    Scenario: An auditor far away
      Given three people agreed to "weekly-offers", and the books are sealed
      When the books are written to a file
      Then an auditor who noted our public key finds nothing wrong
      And no address stands in the file
