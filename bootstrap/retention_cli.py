"""`optin retention`: what would go and why, a run now, and what the latest runs removed."""

import asyncio
from collections.abc import Sequence

from cyclopts import App

from application.retention.plan import PlannedClass, PlanRetention
from application.retention.ports import Run
from application.retention.run import RetentionReports, RunRetention, RunUnderWay, StartRetention
from bootstrap.console import at_the_console
from bootstrap.ports import Ports
from bootstrap.running import ready, run
from bootstrap.use_cases import build_all

retention = App(name="retention", help="How long records are kept, and removing what is over.")
_WAIT = 0.5
_COLUMNS = ("class", "kept", "by", "goes", "stays", "oldest", "rule")


@retention.command
def plan() -> None:
    """What the next run would remove, and which rule says how long it is kept. Changes nothing."""
    with ready() as settings:
        ports = Ports(settings=settings)
        made = run(ports, lambda: build_all(ports)[PlanRetention](at_the_console()))
        if made.on_hold:
            print("A legal hold on everything stands: nothing goes.")
        _table([_COLUMNS, *(_planned(one) for one in made.classes)])


@retention.command(name="run")
def run_now() -> None:
    """Remove what is over, now. Interrupted, it goes on in the worker, or by the same command."""
    with ready() as settings:
        ports = Ports(settings=settings)
        print(_line(run(ports, lambda: _run(ports))))


@retention.command
def report() -> None:
    """What the latest runs removed, the newest first."""
    with ready() as settings:
        ports = Ports(settings=settings)
        for one in run(ports, lambda: build_all(ports)[RetentionReports](at_the_console())):
            print(_line(one))


async def _run(ports: Ports) -> Run:
    use_cases, by = build_all(ports), at_the_console()
    try:
        mine = await use_cases[StartRetention](by)
    except RunUnderWay:
        [mine, *_] = [one for one in await use_cases[RetentionReports](by) if one.finished_at is None]
    while True:
        while await use_cases[RunRetention]():
            pass
        found: Run = next(one for one in await use_cases[RetentionReports](by) if one.id == mine.id)
        if found.finished_at is not None:
            return found
        # A worker has it in hand, or somebody uses what is to go.
        await asyncio.sleep(_WAIT)


def _planned(one: PlannedClass) -> tuple[str, ...]:
    oldest = f"{one.oldest:%Y-%m-%d}" if one.oldest else "-"
    goes = "-" if one.doer != "run" else f"{one.count:,}"
    return (one.record_class, one.period, one.doer, goes, f"{one.held:,}", oldest, one.rule or one.basis)


def _line(one: Run) -> str:
    ended = f"until {one.finished_at:%H:%M:%SZ}" if one.finished_at else "under way"
    removed = ", ".join(f"{name} {count:,}" for name, count in one.removed.items() if count)
    what = "nothing: a legal hold on everything stands" if one.held else removed or "nothing was over"
    return f"{one.started_at:%Y-%m-%dT%H:%M:%SZ} {ended} by {one.started_by}: {what}."


def _table(lines: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(line[column]) for line in lines) for column in range(len(_COLUMNS))]
    for line in lines:
        print("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip())
