"""Examples to begin with: one sender, one program, one template."""

from collections.abc import Mapping
from typing import Any

from application.channels.senders import CreateSender, NewSender
from application.programs.write import CreateProgram, MoveProgram, NewProgram, Text
from application.templates.write import CreateTemplate, NewTemplate, PublishTemplate
from bootstrap.console import at_the_console
from domain.addresses import Channel
from domain.channels import SlugTaken
from domain.messages import Content
from domain.programs import Category, Status

_SENDER = NewSender(
    slug="acme",
    legal_name="Acme Ltd",
    postal_address="1 Main St, Springfield, IL 62701, US",
    support="https://acme.example/help",
    sms_from="+12125550100",
    email_from="news@acme.example",
    terms_url="https://acme.example/terms",
    privacy_url="https://acme.example/privacy",
)
_AGREEMENT = (
    "I agree to receive automated marketing texts from Acme Ltd at this number, up to 4 a month. Consent is not a "
    "condition of purchase. Message and data rates may apply. Reply STOP to opt out, HELP for help."
)
_PROGRAM = NewProgram(
    slug="weekly-offers",
    name="Weekly offers",
    purpose="Offers and discounts",
    category=Category.MARKETING,
    channels=(Channel.SMS, Channel.EMAIL),
    frequency="up to 4 messages a month",
    sender="acme",
    disclosures=(
        Text(channel=Channel.SMS, text=_AGREEMENT),
        Text(channel=Channel.EMAIL, text="I agree to receive offers from Acme Ltd by email. I can leave at any time."),
    ),
)
_TEMPLATE = NewTemplate(
    slug="weekly-deal",
    name="Weekly deal",
    channel=Channel.SMS,
    category=Category.MARKETING,
    content=Content(text="Acme: {{ deal }} this week. Reply STOP to opt out."),
)


async def seed_examples(use_cases: Mapping[type, Any]) -> list[str]:
    """A line for each example, added now or there before."""
    lines, by = list[str](), at_the_console()
    for name, use_case, command in (
        ("sender acme", CreateSender, _SENDER),
        ("program weekly-offers", CreateProgram, _PROGRAM),
        ("template weekly-deal", CreateTemplate, _TEMPLATE),
    ):
        try:
            await use_cases[use_case](command, by)
        except SlugTaken:
            lines.append(f"the {name} is there already")
            continue
        lines.append(f"added the {name}")
        if use_case is CreateProgram:
            await use_cases[MoveProgram](_PROGRAM.slug, Status.ACTIVE, by)
        if use_case is CreateTemplate:
            await use_cases[PublishTemplate](_TEMPLATE.slug, by)
    return lines
