Feature: Keys are replaced without anybody noticing, and given up when nothing needs them
  Whoever has the keys can read everything, and whoever loses them can read nothing. So each key can be replaced while
  the service works, and an old one goes only when nothing needs it.

  Background:
    Given Acme writes to Pat, who agreed
    And Kim opted out and was then erased

  Rule: A key is replaced while messages go out, and nothing kept under the old one is lost

    Scenario Outline: Nobody notices that the <key> key is replaced
      When the <key> key is replaced while Acme writes to Pat
      Then every message reached Pat
      And Kim is still not written to
      And Pat's contact reads as before
      And the link to unsubscribe in Pat's first message still works
      And the records still prove that nothing in them was changed

      Examples:
        | key         |
        | data        |
        | index       |
        | suppression |
        | tokens      |
        | signing     |

    Scenario: A new key is not used before every process knows it
      Given another process that has not looked at the keys since
      When a new data key is added
      Then the old data key is used
      When the other process has looked
      Then the new data key is used

  Rule: An old key is given up only when nothing needs it

    Scenario: What was made last week may still need it
      Given the data key was replaced today
      When the old data key is given up
      Then that is refused because "something short-lived may need it"

    Scenario: After eight days nothing stands under it any more
      Given the data key was replaced eight days ago
      When the old data key is given up
      Then it is gone, and the audit trail says so
      And Pat's contact reads as before

    Scenario: The mark of somebody who was erased keeps its key
      Given the suppression key was replaced eight days ago
      When the old suppression key is given up
      Then that is refused because "stand under older versions and cannot be brought along"
      And Kim is still not written to

    Scenario Outline: What people hold in their hands is honoured for ever
      Given the <key> key was replaced eight days ago
      When the old <key> key is given up
      Then that is refused because "honoured for ever"

      Examples:
        | key     |
        | tokens  |
        | signing |

    Scenario: The key in use is never given up
      When the old data key is given up
      Then that is refused because "the one in use"

  Rule: A provider's credentials are sealed, tried out, and never shown again

    Scenario: What was set is recognised by its last four characters
      When an administrator sets the credentials of Twilio
      Then they are shown by the last four characters of the account
      And their secret is in no answer and nowhere in the database

    Scenario: Good credentials are known before anything is sent with them
      Given an administrator set the credentials of Twilio
      When the credentials are tested
      Then they work, and no message was sent

    Scenario: So are bad ones
      Given an administrator set credentials that Twilio does not know
      When the credentials are tested
      Then they do not work, and no message was sent

    Scenario: Credentials outlive the key they were sealed with
      Given an administrator set the credentials of Twilio
      And the data key was replaced today
      When the credentials are tested
      Then they work, and no message was sent
