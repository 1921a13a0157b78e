@templates
Feature: The price of an SMS is known before it is sent

  Carriers charge by the part: 160 plain characters fit into one, or 153 into each of several. One
  character that is not plain makes all of them dear: 70 fit into one, or 67 into each of several.

  Scenario Outline: What a text costs
    Given the SMS template "Offer" says <text>
    When its author looks at the preview
    Then it takes <parts> and room is left for <room>

    Examples:
      | text                               | parts   | room |
      | 160 plain characters               | 1 part  | 0    |
      | 161 plain characters               | 2 parts | 145  |
      | 70 characters with a curly quote   | 1 part  | 0    |
      | 71 characters with a curly quote   | 2 parts | 63   |
      | 80 euro signs                      | 1 part  | 0    |

  Scenario: One curly quote doubles the price
    Given the SMS template "Offer" says 100 characters with a curly quote
    When its author looks at the preview
    Then the author is told that the curly quote costs a part
