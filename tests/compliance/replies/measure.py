"""How well replies are read: `python -m tests.compliance.replies.measure [--misses]`.

The labelled set is written from the rules, not from the patterns. Patterns are tuned on the rows marked `dev`
alone; what counts is the rows held out, whose misses are never printed.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from msgspec import Struct
from msgspec.structs import replace

from domain.compliance.replies import Classification, Mailbox, PendingOptIn, Reply, classify

_SET = Path(__file__).with_name("labelled.tsv")
_SHORT = 40
_AT = datetime(2026, 11, 23, 19, tzinfo=UTC)
_CONTEXTS: dict[str, dict[str, object]] = {
    "-": {},
    "pending": {"pending_optin": PendingOptIn(program="promo", requested_at=_AT - timedelta(hours=23))},
    "expired": {"pending_optin": PendingOptIn(program="promo", requested_at=_AT - timedelta(hours=25))},
    "toll_free": {"number_type": "toll_free"},
    "ca_short_code": {"number_type": "short_code", "country": "CA"},
    "voicemail": {"channel": "voicemail"},
    "agent": {"channel": "agent"},
    "email": {"channel": "email"},
    "auto": {"channel": "email", "headers": {"Auto-Submitted": "auto-replied"}},
    "token_mailbox": {"channel": "email", "mailbox": Mailbox.UNSUBSCRIBE},
}


class Labelled(Struct, frozen=True):
    split: str
    language: str
    context: str
    expected: Classification
    text: str

    def claiming(self, expected: Classification) -> "Labelled":
        return replace(self, expected=expected)

    @property
    def reply(self) -> Reply:
        return Reply(text=self.text, received_at=_AT, **_CONTEXTS[self.context])  # type: ignore[arg-type]


class Score(Struct, frozen=True):
    right: int
    claimed: int
    actual: int

    @property
    def precision(self) -> float:
        return self.right / self.claimed if self.claimed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.actual if self.actual else 1.0


def labelled(split: str | None = None) -> list[Labelled]:
    return [row for row in _rows() if split in (None, row.split)]


def _rows() -> Iterator[Labelled]:
    lines = _SET.read_text(encoding="utf-8").split("\n")
    for line in filter(None, lines[1:]):
        split, language, context, expected, text = line.split("\t")
        yield Labelled(split, language, context, Classification(expected), text.replace("\\n", "\n"))


def scores(rows: Iterable[Labelled]) -> dict[Classification, Score]:
    right, claimed, actual = Counter[Classification](), Counter[Classification](), Counter[Classification]()
    for row in rows:
        read = classify(row.reply).classification
        claimed[read] += 1
        actual[row.expected] += 1
        right[read] += read is row.expected
    return {
        each: Score(right[each], claimed[each], actual[each])
        for each in Classification
        if claimed[each] or actual[each]
    }


def report(rows: list[Labelled], title: str) -> Iterator[str]:
    by_language: dict[str, list[Labelled]] = defaultdict(list)
    for row in rows:
        by_language[row.language].append(row)
    yield f"{title}: {len(rows)} replies"
    yield f"  {'':24}{'precision':>10}{'recall':>10}{'replies':>10}"
    for name, part in [("all", rows), *by_language.items()]:
        for each, score in scores(part).items():
            yield f"  {name:4}{each:20}{score.precision:>10.3f}{score.recall:>10.3f}{score.actual:>10}"


def misses(rows: Iterable[Labelled]) -> Iterator[str]:
    for row in rows:
        read = classify(row.reply)
        if read.classification is not row.expected:
            found = f"{read.classification} ({read.pattern})"
            yield f"{row.language} {row.context}: {row.text!r} is {row.expected}, read as {found}"


def speed(rows: Iterable[Labelled], *, rounds: int = 10) -> float:
    """Classifications in one second of processor time, of replies as short as a text."""
    replies = [row.reply for row in rows if len(row.text) <= _SHORT]
    started = process_time()
    for _ in range(rounds):
        for reply in replies:
            classify(reply)
    return rounds * len(replies) / (process_time() - started)


def main(arguments: list[str]) -> None:
    lines = [line for split in ("dev", "held-out") for line in (*report(labelled(split), split), "")]
    lines.append(f"{speed(labelled()):,.0f} short replies a second")
    if "--misses" in arguments:
        lines += misses(labelled("dev"))
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
