"""The law, one module for each authority. A module registers its rules when it is imported; this list is all of
them.
"""

from domain.compliance.law import core, us_consent, us_hours, us_revocation

LOADED = (core, us_consent, us_hours, us_revocation)
