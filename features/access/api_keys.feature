Feature: A key given to a program is no master key
  The shop's programs send with a key. Whoever steals it gets no further than it goes, and not for long.

  Rule: An API key does what it was made for, as long as it was made for, from where it was made for

    Scenario: A key to read messages sends none
      Given a key that may "messages:read"
      Then it reads messages
      But it sends none

    Scenario: A key ends
      Given a key that ends in an hour
      Then it works
      When an hour has passed
      Then it is refused

    Scenario: A key works from the company's network only
      Given a key for the network "203.0.113.0/24"
      Then it works from "203.0.113.9"
      But it is refused from "198.51.100.1"

    Scenario: One sees when a key was last used
      Given a key that may do everything
      Then it was never used
      When it is used
      Then it was used just now

    Scenario: A key that leaked is revoked
      Given a key that may do everything
      When it is revoked
      Then it is refused within a second

    Scenario: The secret of a key is shown once
      Given a key that may do everything
      Then the list of keys does not show its secret
