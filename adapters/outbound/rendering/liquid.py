"""Liquid, the language customers write templates in: safe to run, because it can reach nothing and must end."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from liquid import BoundTemplate, StrictUndefined
from liquid.builtin import content, illegal, output
from liquid.builtin.tags import (
    assign_tag,
    capture_tag,
    case_tag,
    comment_tag,
    cycle_tag,
    for_tag,
    if_tag,
    inline_comment_tag,
    unless_tag,
)
from liquid.exceptions import LiquidError, LiquidInterrupt, ResourceLimitError
from liquid.output import LimitedStringIO
from msgspec import Struct

from adapters.outbound.rendering.filters import FILTERS
from adapters.outbound.rendering.limits import LimitedEnvironment, Meter, meter
from adapters.outbound.rendering.reading import needed, objections
from adapters.outbound.rendering.shape import Flaw, flaws, line_of
from application.templates.ports import Renderer, RenderingFailed, TemplateBroken
from domain.addresses import Channel
from domain.errors import FieldProblem, Invalid
from domain.messages import Content
from domain.templates.template import LONGEST_SMS
from domain.templates.variables import Value

_TAGS = (
    content.Literal,
    output.Output,
    illegal.Illegal,
    assign_tag.AssignTag,
    capture_tag.CaptureTag,
    case_tag.CaseTag,
    comment_tag.CommentTag,
    cycle_tag.CycleTag,
    for_tag.BreakTag,
    for_tag.ContinueTag,
    for_tag.ForTag,
    if_tag.IfTag,
    inline_comment_tag.InlineCommentTag,
    unless_tag.UnlessTag,
)
_LONGEST = {Channel.SMS: LONGEST_SMS * 3, Channel.EMAIL: 500_000}
_LONGEST_SUBJECT = 4_000
_MOST_FLAWS = 20
# What filters raise on values they cannot work with.
_WRONG_VALUES = (LiquidError, LiquidInterrupt, ArithmeticError, ValueError, TypeError, LookupError, RecursionError)


class _Liquid(LimitedEnvironment):
    """No include, no file, no clock, nothing that makes text without end."""

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        del extra
        for tag in _TAGS:
            self.add_tag(tag)
        self.filters.update(FILTERS)


_PLAIN = _Liquid(undefined=StrictUndefined)
_HTML = _Liquid(undefined=StrictUndefined, autoescape=True)


class _Unreadable(Exception):
    def __init__(self, found: list[Flaw]) -> None:
        super().__init__()
        self.flaws = found


class _Compiled(Struct, frozen=True):
    template: BoundTemplate
    variables: frozenset[str]


@lru_cache(maxsize=64)
def _compiled(source: str, *, html: bool) -> _Compiled:
    """Kept by content: a version never changes, so it is read once. Raises _Unreadable."""
    if found := list(flaws(source)):
        raise _Unreadable(found[:_MOST_FLAWS])
    try:
        template = (_HTML if html else _PLAIN).from_string(source)
        if found := list(objections(template, source)):
            raise _Unreadable(found[:_MOST_FLAWS])
        meter(template.nodes, Meter(template))
        return _Compiled(template, needed(template))
    except LiquidError as error:
        line = line_of(source, max(error.token.start_index, 0)) if error.token else 1
        raise _Unreadable([Flaw(line, f"This is not Liquid as it can be read here: {error.message}.")]) from None
    except RecursionError:
        raise _Unreadable([Flaw(1, "Nest less: this is too deep to be read.")]) from None


class LiquidRenderer(Renderer):
    def variables(self, content: Content, channel: Channel) -> tuple[str, ...]:
        del channel
        found: set[str] = set()
        problems: list[FieldProblem] = []
        for part, source in _parts(content):
            try:
                found |= _compiled(source, html=part == "html").variables
            except _Unreadable as error:
                problems += [
                    FieldProblem(
                        field=f"content.{part}", code="unreadable", message=f"Line {flaw.line}: {flaw.message}"
                    )
                    for flaw in error.flaws
                ]
        if problems:
            raise TemplateBroken(" ".join(problem.message for problem in problems[:3]), problems=tuple(problems))
        return tuple(sorted(found))

    def render(self, content: Content, channel: Channel, values: Mapping[str, Value]) -> Content:
        subject = None if content.subject is None else _filled("subject", content.subject, values, _LONGEST_SUBJECT)
        filled = Content(
            text=_filled("text", content.text, values, _LONGEST[channel]),
            # A line break in a header would begin another header.
            subject=None if subject is None else " ".join(subject.split()),
            html=None if content.html is None else _filled("html", content.html, values, _LONGEST[channel]),
        )
        if channel is Channel.SMS and len(filled.text) > LONGEST_SMS:
            raise RenderingFailed(
                f"With these variables the SMS has more than {LONGEST_SMS} characters; shorten them.", field="variables"
            )
        try:
            filled.must_fit(channel)
        except Invalid as error:
            raise RenderingFailed(f"With these variables: {error.detail}", field="variables") from None
        return filled


def _parts(content: Content) -> Iterator[tuple[str, str]]:
    yield "text", content.text
    if content.subject is not None:
        yield "subject", content.subject
    if content.html is not None:
        yield "html", content.html


def _filled(part: str, source: str, values: Mapping[str, Value], longest: int) -> str:
    try:
        template = _compiled(source, html=part == "html").template
    except _Unreadable as error:
        flaw = error.flaws[0]
        raise RenderingFailed(f"The {part}, line {flaw.line}: {flaw.message}", field=f"content.{part}") from None
    # It also makes every line end one character, which is what an SMS pays for.
    buffer = LimitedStringIO(limit=longest)
    try:
        template.render_with_context(Meter(template, globals=values), buffer)
    except ResourceLimitError:
        raise RenderingFailed(
            f"The {part} takes too long or grows too large with these variables; shorten them.", field="variables"
        ) from None
    except _WRONG_VALUES as error:
        raise RenderingFailed(
            f"{_where(part, error)} cannot be filled with these variables.", field="variables"
        ) from None
    return buffer.getvalue()


def _where(part: str, error: Exception) -> str:
    """The place, and not the library's words: those may repeat a value."""
    token = error.token if isinstance(error, LiquidError) else None
    if token is None or token.start_index < 0:
        return f"The {part}"
    return f"The {part}, line {line_of(token.source, token.start_index)},"
