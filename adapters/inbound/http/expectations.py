"""What each field of a request wants, in words; and everything that is wrong with one, not only the first thing.

Nothing here repeats what was sent: it may be personal.
"""

import re
import types
from collections.abc import Callable, Iterator
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin, get_type_hints

import msgspec

from domain.errors import FieldProblem

_SHOWABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_MOST = 100
Path: TypeAlias = tuple[str, ...]


def wrong_fields(value: Any, kind: Any) -> tuple[FieldProblem, ...]:
    """Empty if the value is what the type wants. Stops after a hundred."""
    found: list[FieldProblem] = []
    for problem in _wrong(value, kind, ()):
        found.append(problem)
        if len(found) == _MOST:
            break
    return tuple(found)


def _wrong(value: Any, kind: Any, path: Path) -> Iterator[FieldProblem]:
    if isinstance(value, str) and "\x00" in value:
        yield problem_at(path, "wrong-value", "A text cannot hold the character NUL.")
        return
    bare, origin = _bare(kind)
    if isinstance(value, dict) and isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        yield from _wrong_in_struct(value, bare, path)
    elif isinstance(value, list) and origin in (list, tuple, set, frozenset):
        item = get_args(bare)[0]
        for number, one in enumerate(value):
            yield from _wrong(one, item, (*path, str(number)))
        yield from _unfit_length(value, kind, path)
    elif isinstance(value, dict) and origin is dict:
        for name, one in value.items():
            yield from _wrong(name, get_args(bare)[0], (*path, name))
            yield from _wrong(one, get_args(bare)[1], (*path, name))
        yield from _unfit_length(value, kind, path)
    else:
        yield from _unfit(value, kind, path)


def _wrong_in_struct(value: dict[str, Any], kind: type[msgspec.Struct], path: Path) -> Iterator[FieldProblem]:
    hints = get_type_hints(kind, include_extras=True)
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name, field in fields.items():
        if name in value:
            yield from _wrong(value[name], hints[field.name], (*path, name))
        elif field.required:
            yield problem_at((*path, name), "missing", "This field is required.")
    if kind.__struct_config__.forbid_unknown_fields:
        for name in value.keys() - fields.keys():
            yield problem_at((*path, name), "unknown-field", "There is no such field here.")


def _unfit(value: Any, kind: Any, path: Path) -> Iterator[FieldProblem]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        code = "wrong-type" if str(error).startswith("Expected") and "of length" not in str(error) else "wrong-value"
        yield problem_at(path, code, expectation(kind))


def _unfit_length(value: Any, kind: Any, path: Path) -> Iterator[FieldProblem]:
    for meta in _metas(kind):
        if not (meta.min_length or 0) <= len(value) <= (len(value) if meta.max_length is None else meta.max_length):
            least, most = meta.min_length or 0, meta.max_length
            wanted = f"{least} or more" if most is None else f"{least} to {most}"
            yield problem_at(path, "wrong-value", f"Give {wanted} of these.")


def _bare(kind: Any) -> tuple[Any, Any]:
    """Without annotations, and without the null that may stand in its place."""
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind = get_args(kind)[0]
            continue
        if origin in (Union, types.UnionType):
            compound = [one for one in get_args(kind) if _is_compound(one)]
            if len(compound) == 1:
                kind = compound[0]
                continue
        return kind, origin


def _is_compound(kind: Any) -> bool:
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    is_struct = isinstance(bare, type) and issubclass(bare, msgspec.Struct)
    return is_struct or get_origin(bare) in (list, tuple, dict, set, frozenset)


def _metas(kind: Any) -> Iterator[msgspec.Meta]:
    for one in (kind, *get_args(kind)) if get_origin(kind) in (Union, types.UnionType) else (kind,):
        if get_origin(one) is Annotated:
            yield from (meta for meta in get_args(one)[1:] if isinstance(meta, msgspec.Meta))


def problem_at(path: Path, code: str, message: str) -> FieldProblem:
    shown = (part if part.isdecimal() or _SHOWABLE.fullmatch(part) else "?" for part in path)
    return FieldProblem(field=".".join(shown), code=code, message=message)


def expectation(kind: Any) -> str:
    """What a field of this type wants, in words."""
    try:
        known = msgspec.inspect.type_info(kind)
    except TypeError:
        return "This cannot be read."
    return _wanted(known)


def _wanted(kind: Any) -> str:
    words = _WORDS.get(type(kind))
    return words(kind) if words else "This is not what is expected here."


def _any_of(kind: msgspec.inspect.UnionType) -> str:
    wants = [_wanted(one).rstrip(".") for one in kind.types if not isinstance(one, msgspec.inspect.NoneType)]
    return f"{' or '.join(dict.fromkeys(wants))}{', or null' if kind.includes_none else ''}."


def _text(kind: msgspec.inspect.StrType) -> str:
    if kind.max_length is not None:
        return f"Give a text of {kind.min_length or 0} to {kind.max_length} characters."
    return f"Give a text of at least {kind.min_length} characters." if kind.min_length else "Give a text."


def _whole(kind: msgspec.inspect.IntType) -> str:
    if kind.ge is not None and kind.le is not None:
        return f"Give a whole number from {kind.ge} to {kind.le}."
    return "Give a whole number."


_WORDS: dict[type[msgspec.inspect.Type], Callable[[Any], str]] = {
    msgspec.inspect.Metadata: lambda kind: (kind.extra_json_schema or {}).get("description") or _wanted(kind.type),
    msgspec.inspect.UnionType: _any_of,
    msgspec.inspect.EnumType: lambda kind: f"Use one of: {', '.join(str(one.value) for one in kind.cls)}.",
    msgspec.inspect.LiteralType: lambda kind: f"Use one of: {', '.join(map(str, kind.values))}.",
    msgspec.inspect.StrType: _text,
    msgspec.inspect.IntType: _whole,
    msgspec.inspect.FloatType: lambda _: "Give a number.",
    msgspec.inspect.BoolType: lambda _: "Give true or false.",
    msgspec.inspect.DateTimeType: lambda _: "Give an instant with its offset, such as 2026-11-20T15:04:05Z.",
    msgspec.inspect.DateType: lambda _: "Give a date such as 2026-11-20.",
    msgspec.inspect.UUIDType: lambda _: "Give an id such as 0193a7b2-7c4e-7d3a-9f10-2b1c3d4e5f60.",
    msgspec.inspect.StructType: lambda _: "Give an object.",
    msgspec.inspect.DictType: lambda _: "Give an object.",
    msgspec.inspect.ListType: lambda _: "Give a list.",
    msgspec.inspect.VarTupleType: lambda _: "Give a list.",
}
