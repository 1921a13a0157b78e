"""The filters a template may use: each takes little time and makes little text, whatever it is given."""

import inspect
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from liquid.builtin.filters import array, math, misc, string
from liquid.exceptions import FilterValueError, ResourceLimitError
from liquid.filter import with_context

from adapters.outbound.rendering.limits import CHARACTERS_A_STEP, Meter

Filter = Callable[..., Any]

_LONGEST_RESULT = 50_000
_LARGEST_NUMBER = 10**18
# What C's strftime spells the same everywhere; a width, as in %9999d, is not among them.
_FORMAT = re.compile(r"(?:[^%]|%-?[dHIjmMSy]|%[aAbBpY%])*")
_LONGEST_FORMAT = 100


def _bounded(function: Filter) -> Filter:
    @wraps(function)
    def bounded(*args: Any, context: Meter, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        if isinstance(result, str):
            if len(result) > _LONGEST_RESULT:
                raise ResourceLimitError("the text grows too long", token=None)
            context.spend(1 + len(result) // CHARACTERS_A_STEP)
        elif isinstance(result, int | float) and abs(result) > _LARGEST_NUMBER:
            raise ResourceLimitError("the number grows too large", token=None)
        else:
            context.spend(1)
        return result

    return with_context(bounded)


def _replace(value: object, old: object, new: object = "") -> Any:
    """Checked beforehand: one replacement can make a text a hundred million characters long."""
    text, growth = str(value), len(str(new)) - len(str(old))
    if len(text) + text.count(str(old)) * growth > _LONGEST_RESULT:
        raise ResourceLimitError("the text grows too long", token=None)
    return string.replace(value, old, new)


def _date(value: object, form: str) -> str:
    """An ISO 8601 date or time in another form; the clock of the machine plays no part in it."""
    if len(form) > _LONGEST_FORMAT or not _FORMAT.fullmatch(form):
        raise FilterValueError("the date format is not one of those available", token=None)
    try:
        return datetime.fromisoformat(str(value)).strftime(form)
    except ValueError:
        raise FilterValueError("this is not an ISO 8601 date", token=None) from None


_MENU: Mapping[str, Filter] = {
    "abs": math.abs_,
    "append": string.append,
    "at_least": math.at_least,
    "at_most": math.at_most,
    "capitalize": string.capitalize,
    "ceil": math.ceil,
    "date": _date,
    "default": misc.default,
    "divided_by": math.divided_by,
    "downcase": string.downcase,
    "escape": string.escape,
    "first": array.first,
    "floor": math.floor,
    "join": array.join,
    "last": array.last,
    "lstrip": string.lstrip,
    "minus": math.minus,
    "modulo": math.modulo,
    "newline_to_br": string.newline_to_br,
    "plus": math.plus,
    "prepend": string.prepend,
    "remove": string.remove,
    "replace": _replace,
    "reverse": array.reverse,
    "round": math.round_,
    "rstrip": string.rstrip,
    "size": misc.size,
    "slice": string.slice_,
    "sort": array.sort_natural,
    "strip": string.strip,
    "strip_newlines": string.strip_newlines,
    "times": math.times,
    "truncate": string.truncate,
    "truncatewords": string.truncatewords,
    "uniq": array.uniq,
    "upcase": string.upcase,
    "url_encode": string.url_encode,
}
FILTERS: Mapping[str, Filter] = {name: _bounded(function) for name, function in _MENU.items()}


def accepts(name: str, positional: int, named: list[str]) -> bool:
    """Whether the filter takes this many arguments after its value, and these by name."""
    given: dict[str, object] = dict.fromkeys(named)
    if getattr(_MENU[name], "with_environment", False):
        given["environment"] = None
    try:
        inspect.signature(_MENU[name]).bind(None, *[None] * positional, **given)
    except TypeError:
        return False
    return True
