"""After a sign-up form: a code that was texted is typed; a link that was mailed is opened, and its button pressed."""

import unicodedata

from litestar import Controller, HttpMethod, Response, post, route
from litestar.params import FromPath
from msgspec import Struct
from msgspec.structs import replace

from adapters.inbound.forms import opt_in_pages as pages
from adapters.inbound.forms.guard import NotAdmitted, TooManyVisits, busy
from adapters.inbound.forms.opt_in import Asked, AskTogether, visit
from adapters.inbound.forms.opt_in_pages import CODE_PAGE, LINK_PAGE, FormSite, Scene
from adapters.inbound.forms.pages import trouble
from adapters.inbound.forms.reading import read_form
from adapters.inbound.forms.texts import LANGUAGES, phrase
from adapters.inbound.forms.wording import PATH
from adapters.inbound.injected import Injected
from application.forms.confirm import ConfirmOptIn, LookAtLink, Outcome, Pressed, Typed
from application.forms.opt_in import LINK
from application.forms.underway import Underway, opened
from application.ports import Clock
from application.verification.verification import DIGITS
from domain.addresses import Channel
from domain.forms import NoSuchForm
from domain.verification.challenge import NoProgramForCodes, NoSuchVerification, Status

_READING = [HttpMethod.GET, HttpMethod.HEAD]
_NO_CODE = phrase("Type the six digits of the message.")
_LOCKED = phrase("Too many wrong codes: this one no longer works. Wait ten minutes, then ask for a new one.")
_EXPIRED = phrase("This code no longer works: its time is over, or a newer one was sent. Ask for a new one.")
_SENT_AGAIN = phrase("A new message is on its way. What was sent before no longer works.")
_LATE = phrase("This page was open for a long time. Please send it once more.")


class _Step(Struct, frozen=True, kw_only=True):
    """One thing done on the page that waits for a code."""

    scene: Scene
    underway: Underway

    def again(self, **said: str) -> Response[bytes]:
        return pages.code_page(self.scene, self.underway, status=422 if "error" in said else 200, **said)

    async def another(self, channel: Channel, ask_together: AskTogether, clock: Clock) -> Response[bytes]:
        now = clock.now()
        if seconds := self.underway.wait(channel, now):
            texts = LANGUAGES[self.scene.shown.language]
            said = texts.say_many(
                "Please wait one more second before you ask for another message.",
                "Please wait {count} more seconds before you ask for another message.",
                seconds,
            )
            return self.again(notice=said)
        if self.scene.shown.hash != self.underway.shown:
            return pages.changed(self.scene.open(), self.underway.typed())
        asked = self.underway.asked_again(channel, now)
        started = await ask_together(asked.command(self.scene.shown, (channel,)))
        step = _Step(scene=self.scene, underway=asked.challenged(channel, started[channel].id))
        return step.again(notice=self.scene.say(_SENT_AGAIN))

    def answered(self, outcome: Outcome) -> Response[bytes]:
        if outcome.status is Status.APPROVED and outcome.pending is not None:
            return pages.confirmed_page(replace(self.scene, shown=outcome.pending.answer.shown), outcome)
        if outcome.status is Status.USED:
            return pages.over_page(self.scene, outcome.status)
        if outcome.status is Status.PENDING:
            texts = LANGUAGES[self.scene.shown.language]
            said = texts.say_many(
                "That is not the code of the message. You have one more try.",
                "That is not the code of the message. You have {count} more tries.",
                outcome.tries_left,
            )
            return self.again(error=said)
        return self.again(error=self.scene.say(_LOCKED if outcome.status is Status.LOCKED else _EXPIRED))


class OptInCodePages(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = {
        NoSuchForm: pages.closed,
        NoSuchVerification: pages.lost,
        NoProgramForCodes: pages.closed,
        TooManyVisits: busy,
        Exception: trouble,
    }

    @route("/{slug:str}/code", http_method=_READING)
    async def form(self, request: Asked, form_site: Injected[FormSite], slug: FromPath[str]) -> Response[bytes]:
        """Whoever comes back by the address bar begins anew: nothing of them stands there."""
        return pages.blank_page(await form_site.scene(request, slug))

    @post("/{slug:str}/code", status_code=200)
    async def code(
        self,
        request: Asked,
        form_site: Injected[FormSite],
        ask_together: Injected[AskTogether],
        confirm_opt_in: Injected[ConfirmOptIn],
        slug: FromPath[str],
    ) -> Response[bytes]:
        """The code, or the wish for another message."""
        sent, clock = await read_form(request), form_site.clock
        underway = opened(sent.fields.get("state", ""), form_site.form_seal, clock.now())
        scene = await form_site.scene(request, slug, language=underway.language if underway else None)
        if underway is None or underway.form != scene.shown.form:
            return pages.over_page(scene, Status.EXPIRED)
        step = _Step(scene=scene, underway=underway)
        try:
            await form_site.guard.admit(request, sent.fields, page=CODE_PAGE, purpose=underway.form)
        except NotAdmitted:
            return step.again(notice=scene.say(_LATE))
        for channel in underway.challenges:
            if sent.fields.get("again") == channel:
                return await step.another(channel, ask_together, clock)
        code, challenge = _digits(sent.fields.get("code", "")), underway.challenges.get(Channel.SMS)
        if len(code) != DIGITS or not code.isdecimal() or challenge is None:
            return step.again(error=scene.say(_NO_CODE))
        at = visit(request, clock)
        typed = Typed(challenge_id=challenge, code=code)
        return step.answered(await confirm_opt_in(typed, ip=at.ip, user_agent=at.user_agent))


class OptInLinkPages(Controller):
    path = f"{PATH}/{{slug:str}}/{LINK}"
    include_in_schema = False
    exception_handlers = OptInCodePages.exception_handlers

    @route("/{token:str}", http_method=_READING)
    async def look(
        self,
        request: Asked,
        form_site: Injected[FormSite],
        look_at_link: Injected[LookAtLink],
        slug: FromPath[str],
        token: FromPath[str],
    ) -> Response[bytes]:
        """Scanners come here first."""
        return await _looked(request, form_site, slug, await look_at_link(token))

    @post("/{token:str}", status_code=200)
    async def press(
        self,
        request: Asked,
        form_site: Injected[FormSite],
        look_at_link: Injected[LookAtLink],
        confirm_opt_in: Injected[ConfirmOptIn],
        slug: FromPath[str],
        token: FromPath[str],
    ) -> Response[bytes]:
        sent = await read_form(request)
        try:
            await form_site.guard.admit(request, sent.fields, page=LINK_PAGE, purpose=slug)
        except NotAdmitted:
            return await _looked(request, form_site, slug, await look_at_link(token))
        at = visit(request, form_site.clock)
        outcome = await confirm_opt_in(Pressed(token=token), ip=at.ip, user_agent=at.user_agent)
        scene = await _scene(request, form_site, slug, outcome)
        if outcome.status is Status.APPROVED:
            return pages.confirmed_page(scene, outcome)
        return pages.over_page(scene, outcome.status)


async def _looked(request: Asked, form_site: FormSite, slug: str, outcome: Outcome) -> Response[bytes]:
    scene = await _scene(request, form_site, slug, outcome)
    if outcome.pending is None:
        return pages.over_page(scene, outcome.status)
    return pages.link_page(scene, outcome, outcome.pending.answer.boxes(Channel.EMAIL))


async def _scene(request: Asked, form_site: FormSite, slug: str, outcome: Outcome) -> Scene:
    """What is confirmed is what was shown then, whatever the form shows now."""
    return await form_site.scene(request, slug, shown=outcome.pending.answer.shown if outcome.pending else None)


def _digits(text: str) -> str:
    """People copy spaces and hyphens with a code, and write digits of their own script."""
    return "".join(str(unicodedata.digit(sign, sign)) for sign in text if sign.isalnum())
