@compliance
Feature: Who may be sued for a text keeps the proof

  @rule:US-TCPA-RET-01
  Scenario: Evidence of consent to texts is kept five years after it was last relied on
    When evidence from California was last relied on on 23 November 2026
    Then it is kept until 23 November 2031

  @rule:US-TSR-RET-01
  Scenario: Records of telemarketing calls are kept five years
    When evidence from California was last relied on on 23 November 2026, for calls
    Then it is kept until 23 November 2031
