@compliance
Feature: Every rule is asked, the gravest word decides, and the answer can be read later

  @rule:CORE-VERDICT-01
  Rule: No outweighs ask, ask outweighs wait, wait outweighs yes

    Scenario: Never asked, and on the do-not-call registry
      Given a contact in California
      And the number is on the National Do-Not-Call Registry
      When a marketing text is due
      Then it must not go, because of US-TCPA-DNC-01
      And US-TCPA-CONS-01 speaks of it, too

    Scenario: Never asked, and in the night
      Given a contact in California
      When a marketing text is due on Monday 23 November 2026 at 03:00 in California
      Then it needs an opt-in, because of US-TCPA-CONS-01
      And US-TCPA-HRS-01 speaks of it, too

    Scenario: In the night, and with everything else in order
      Given a contact in California who agreed in writing to marketing texts
      When a marketing text is due on Monday 23 November 2026 at 03:00 in California
      Then it waits until Monday 23 November 2026 at 08:00 in California, because of US-TCPA-HRS-01

    Scenario: The law of the state is named before that of the country
      Given a contact in Florida who agreed in writing to marketing texts
      When a marketing text is due on Monday 23 November 2026 at 21:30 in Florida
      Then it waits until Tuesday 24 November 2026 at 08:00 in Florida, because of US-FL-02
      And US-TCPA-HRS-01 speaks of it, too

    Scenario: Two reasons to wait end when both have ended
      Given a contact in Florida who agreed in writing to marketing texts
      And marketing texts about "shoes" went out on Monday 23 November 2026 at 08:30, 19:00 and 19:30 in Florida
      And the message is about "shoes"
      When a marketing text is due on Monday 23 November 2026 at 20:30 in Florida
      Then it waits until Tuesday 24 November 2026 at 08:30 in Florida, because of US-FL-03

    Scenario: When nothing forbids it the basis is named
      Given a contact in California who agreed in writing to marketing texts
      When a marketing text is due
      Then it may go, because of US-TCPA-CONS-01

  @rule:CORE-AUDIT-01
  Rule: A decision says what it rests on

    Scenario: What is kept of a yes
      Given a contact in Florida who agreed in writing to marketing texts
      When a marketing text is due on Monday 23 November 2026 at 14:00 in Florida
      Then the decision names the packs core, us.federal and us.fl
      And the decision cites 47 CFR 64.1200(a)(2), (f)(9); 47 U.S.C. 227(b)(1)(A)
      And the decision shows that it was 14:00 in America/New_York
      And the decision rests on consent 1

    Scenario: What is kept of a no
      Given a contact in Florida
      When a marketing text is due on Monday 23 November 2026 at 14:00 in Florida
      Then the decision cites Fla. Stat. 501.059(1)(g), (8)
      And the decision says what to do about it

    Scenario: Nothing in it says who the contact is
      Given a contact in Florida who agreed in writing to marketing texts
      When a marketing text is due
      Then the decision shows no address
