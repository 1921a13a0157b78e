"""Which mailbox provider an address belongs to, as far as the address tells: their own consumer domains."""

import re

from domain.addresses import Address, Channel

_OTHER = "other"
_PROVIDERS = {
    "gmail": re.compile(r"(gmail|googlemail)\.com"),
    "yahoo": re.compile(r"(yahoo|ymail|rocketmail|aol)(\.co)?\.[a-z]{2,3}"),
    "microsoft_consumer": re.compile(r"(outlook|hotmail|live|msn)(\.co)?\.[a-z]{2,3}"),
}


def mailbox_provider(address: Address) -> str:
    """In the words of the rules. A company's own domain may be served by any of them; that is not looked up."""
    if address.channel is not Channel.EMAIL:
        return _OTHER
    domain = address.value.rpartition("@")[2]
    return next((name for name, domains in _PROVIDERS.items() if domains.fullmatch(domain)), _OTHER)
