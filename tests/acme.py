"""Acme Ltd, who sends, and how somebody agreed to its texts."""

from application.channels.senders import NewSender
from domain.consent.evidence import Evidence

ACME = NewSender(
    slug="acme",
    legal_name="Acme Ltd",
    postal_address="1 Main St, Springfield, IL 62701, US",
    support="https://acme.example/help",
    sms_from="+12125550100",
    email_from="news@acme.example",
)
AGREED = Evidence(
    source="first_party",
    medium="web_form",
    affirmative_act="checkbox_checked",
    disclosure_text_verbatim="I agree to automated marketing texts from Acme Ltd. Not a condition of purchase.",
    language="en-US",
    url="https://acme.example/join",
    ip="203.0.113.7",
    user_agent="Mozilla/5.0",
    not_condition_of_purchase_disclosed=True,
    autodialer_disclosed=True,
    sellers_named=("acme",),
    identity="Pat Doe",
)
