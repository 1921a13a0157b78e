"""Words by which content is recognised. Each is a wording met in practice; what is not listed is not seen."""

import re


class Wording:
    """One thing that can be said in many ways."""

    def __init__(self, *patterns: str) -> None:
        self.pattern = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)

    @staticmethod
    def first(wordings: "tuple[Wording, ...]", text: str) -> int | None:
        """Where the first of them begins."""
        starts = [match.start() for wording in wordings if (match := wording.pattern.search(text))]
        return min(starts, default=None)

    @staticmethod
    def found(wordings: "dict[str, Wording]", text: str) -> frozenset[str]:
        return frozenset(name for name, wording in wordings.items() if wording.pattern.search(text))


# An order may well say "sale" or "discount": what counts is an invitation to buy, a price advantage to come, a reward.
PROMOTION = (
    Wording(
        r"\d+ ?% ?(?:off|discount|savings?|rabatt|de descuento|de réduction|de remise)",
        r"\d+ ?% ?(?:di sconto|korting|de desconto)",
        r"[$€£]\d+(?:[.,]\d+)? off\b",
        r"\bsave (?:up to )?(?:\d+ ?%|[$€£]\d+)",
        r"\b(?:coupon|voucher|promo(?:tional)? code|discount code|gutschein|code promo|cupón|cupom)",
        r"\b(?:codice sconto|kortingscode)",
        r"\buse (?:the )?(?:code|coupon) \w+[^.]{0,40}\b(?:off|save|discount|free|deal)",
        r"\b(?:special|exclusive|introductory|holiday|weekend|flash|black friday) (?:offers?|deals?|sale|prices?)\b",
        r"\blimited[- ]time\b|\bwhile (?:supplies|stocks?) lasts?\b|\b(?:sale|offer|deal) (?:ends|expires)\b",
        r"\b(?:shop|buy|order|book|upgrade|subscribe|sign up) now\b",
        r"\bbuy (?:one|1|two|2)[,]? get\b|\bbogo\b",
        r"\b(?:on|off) your next (?:order|purchase|visit|booking|stay|bill)\b",
        r"\bfree (?:gift|trial|shipping on (?:your next|orders))\b",
        r"\brefer a friend\b|\bearn (?:double |bonus |extra )?(?:points|rewards)\b|\bbonus points\b",
        r"\b(?:review|rate) us (?:and|to|for) (?:get|win|receive|earn|a chance)\b|\bchance to win\b",
        r"\bcheck out our (?:new|latest)\b|\byou (?:may|might) also like\b|\bupgrade to (?:premium|pro|plus)\b",
        r"\bsonderangebot|\bjetzt (?:kaufen|bestellen|sparen)\b|\boffre spéciale\b|\bprofitez\b|\boferta especial\b",
    ),
)

TOPICS = {
    "cannabis": Wording(r"\bcannabis\b", r"\bmarijuana\b", r"\bcbd\b", r"\bthc\b", r"\bdelta-?8\b"),
    "sexually_explicit": Wording(r"\bxxx\b", r"\bporn\w*", r"\bescort service", r"\bnude (?:pics|photos)"),
    "gambling": Wording(
        r"\bcasino\b", r"\bsportsbook\b", r"\bslot machines?\b", r"\bonline betting\b", r"\bfree spins?\b"
    ),
    "high_risk_finance": Wording(
        r"\bpayday loans?\b", r"\bdebt (?:relief|consolidation|forgiveness)\b", r"\bcredit repair\b"
    ),
    "work_from_home": Wording(r"\bwork from home (?:and|&) (?:earn|make)\b", r"\bget rich quick\b"),
    "alcohol": Wording(
        r"\bvodka\b", r"\bwhiske?y\b", r"\btequila\b", r"\bliquor\b", r"\bcraft beers?\b", r"\bwines?\b"
    ),
    "tobacco": Wording(
        r"\bcigar(?:ette)?s?\b", r"\btobacco\b", r"\bvap(?:e|es|ing)\b", r"\bnicotine\b", r"\be-?liquids?\b"
    ),
    "firearms_noncommerce": Wording(
        r"\bfirearms?\b", r"\bhandguns?\b", r"\bammo\b", r"\bammunition\b", r"\bshooting range\b"
    ),
}

# The parts of an opt-in confirmation besides the name.
ELEMENTS = {
    "customer_care_contact_or_HELP": Wording(
        r"\bHELP\b", r"\bhelp at\b", r"\bcustomer (?:care|service)\b", r"support@"
    ),
    "STOP_instruction": Wording(r"\b(?:reply|text|send) STOP\b", r"\bSTOP to (?:cancel|end|opt|unsubscribe|stop)"),
    "recurring_and_frequency": Wording(
        r"\bmsg freq\w*", r"\bmessage frequency\b",
        r"\b(?:up to )?\d+ ?(?:msgs?|messages?|texts?) ?(?:/|per|a|each) ?\w+",
        r"\brecurring\b", r"\bfrequency varies\b",
        r"\b(?:daily|weekly|monthly) (?:msgs?|messages?|texts?|alerts?|offers?)\b",
    ),
    "msg_and_data_rates": Wording(r"\b(?:msg|message)s? ?(?:&|and) ?data rates\b"),
}  # fmt: skip
