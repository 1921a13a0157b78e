"""What a parsed template needs and what it must not do, found before it is ever filled."""

from collections.abc import Iterable, Iterator

from liquid import BoundTemplate, RenderContext
from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.expressions.arguments import KeywordArgument
from liquid.builtin.expressions.filtered import Filter
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.builtin.tags.for_tag import BreakNode, ContinueNode, ForNode
from liquid.expression import Expression

from adapters.outbound.rendering.filters import FILTERS, accepts
from adapters.outbound.rendering.shape import Flaw, line_of
from domain.templates.variables import NAME

_OF_A_LIST = frozenset({"size", "first", "last"})


def needed(template: BoundTemplate) -> frozenset[str]:
    """The names a caller must give: all that are used and not made by the template itself."""
    return frozenset(template.analyze(include_partials=False).globals)


def objections(template: BoundTemplate, source: str) -> Iterator[Flaw]:
    for name, uses in template.analyze(include_partials=False).globals.items():
        if name == "forloop" or not NAME.fullmatch(name):
            line = line_of(source, uses[0].span.index)
            yield Flaw(line, "Use letters, digits and _ in a name, and forloop inside a loop only.")
    yield from _walk(template.nodes, RenderContext(template), source, looping=False)


def _walk(nodes: Iterable[Node], context: RenderContext, source: str, *, looping: bool) -> Iterator[Flaw]:
    for node in nodes:
        line = line_of(source, max(node.token.start_index, 0))
        if isinstance(node, BreakNode | ContinueNode) and not looping:
            yield Flaw(line, "Use break and continue inside a loop only.")
        for expression in node.expressions():
            for told in _expression(expression):
                yield Flaw(line, told)
        inside = looping or isinstance(node, ForNode)
        yield from _walk(node.children(context, include_partials=False), context, source, looping=inside)


def _expression(expression: Expression) -> Iterator[str]:
    if isinstance(expression, RangeLiteral):
        yield "Loop over a list variable; ranges such as (1..5) are not available."
    elif isinstance(expression, Path):
        yield from _path(expression)
    elif isinstance(expression, FilteredExpression):
        for used in expression.filters or ():
            yield from _filter(used)
    for child in expression.children():
        yield from _expression(child)


def _path(path: Path) -> Iterator[str]:
    root, *rest = path.path
    plain = isinstance(root, str) and all(isinstance(step, str | int) for step in rest)
    if not plain or (root != "forloop" and any(isinstance(step, str) and step not in _OF_A_LIST for step in rest)):
        yield "Write a plain name such as user_name: values are text, numbers, true, false or lists, without parts."


def _filter(used: Filter) -> Iterator[str]:
    if used.name not in FILTERS:
        yield f"Leave out the filter {used.name}: it is not available. There are {', '.join(FILTERS)}."
        return
    named = [argument.name for argument in used.args if isinstance(argument, KeywordArgument)]
    if not accepts(used.name, len(used.args) - len(named), named):
        yield f"Give the filter {used.name} the values it takes."
