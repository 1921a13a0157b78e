"""What one rendering may cost.

The library bounds nesting and output, and each loop by itself; what all loops and filters do together is bounded here,
in steps of about a microsecond.
"""

from typing import Any, TextIO

from liquid import BoundTemplate, Environment, RenderContext
from liquid.ast import BlockNode, Node
from liquid.builtin.tags.for_tag import ForNode
from liquid.exceptions import LocalNamespaceLimitError, LoopIterationLimitError

CHARACTERS_A_STEP = 200
_STEPS = 20_000
_KEPT = 100_000


class Meter(RenderContext):
    """Counts what the loops and filters of one rendering do and what its assignments keep."""

    __slots__ = ("kept", "steps")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = 0
        self.kept = 0

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > _STEPS:
            raise LoopIterationLimitError("this takes too many steps", token=None)

    def assign(self, key: str, val: Any) -> None:
        self.kept += _size(val) - _size(self.locals.get(key))
        if self.kept > _KEPT:
            raise LocalNamespaceLimitError("too much is kept", token=None)
        self.locals[key] = val


class MeteredTemplate(BoundTemplate):
    context_class = Meter

    def make_partial_namespace(self, partial: bool, render_args: Any) -> Any:
        """Nothing: a variable may be called `partial`."""
        del partial
        return render_args


class MeteredBlock(BlockNode):
    """The body of a loop, paid for each time around."""

    __slots__ = ("weight",)

    def __init__(self, block: BlockNode, weight: int) -> None:
        super().__init__(block.token, block.nodes)
        self.blank = block.blank
        self.weight = weight

    def render(self, context: RenderContext, buffer: TextIO) -> int:
        if isinstance(context, Meter):
            context.spend(self.weight)
        return super().render(context, buffer)


class LimitedEnvironment(Environment):
    """Limits of the library that hold for every text."""

    block_nesting_limit = 20
    context_depth_limit = 25
    output_stream_limit = 500_000
    template_class = MeteredTemplate


def meter(nodes: list[Node], context: RenderContext) -> int:
    """Puts a price on every loop; returns what the nodes cost once."""
    total = 0
    for node in nodes:
        below = meter(list(node.children(context, include_partials=False)), context)
        if isinstance(node, ForNode):
            node.block = MeteredBlock(node.block, 1 + below)
        total += 1 + below + len(node.token.value) // CHARACTERS_A_STEP
    return total


def _size(value: object) -> int:
    if isinstance(value, list):
        return sum(map(_size, value))
    return len(value) if isinstance(value, str) else 1
