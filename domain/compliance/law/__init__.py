"""The law, one module for each authority.

A module registers its rules when it is imported; this list is all of them.
"""

from domain.compliance.law import (
    canada,
    canada_messages,
    core,
    ctia,
    elsewhere_in_the_world,
    email,
    europe,
    france,
    germany_austria,
    twilio,
    united_kingdom,
    us_consent,
    us_content,
    us_email,
    us_hours,
    us_registry,
    us_revocation,
    us_states,
)

LOADED = (
    canada,
    canada_messages,
    core,
    ctia,
    elsewhere_in_the_world,
    email,
    europe,
    france,
    germany_austria,
    twilio,
    united_kingdom,
    us_consent,
    us_content,
    us_email,
    us_hours,
    us_registry,
    us_revocation,
    us_states,
)
