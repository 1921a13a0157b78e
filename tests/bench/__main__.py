"""`make bench`: what the product does in a second, beside a floor measured in the same run.

Numbers of a machine say little; ratios to a floor on the same machine, in the same minute, say more. Name sections to
run only those: `python -m tests.bench accept dispatch`.
"""

import sys
from collections.abc import Callable

from tests.bench import accept, capture, dispatch, dossier, forms, judging, latency, mail, memory, replies, retention
from tests.bench.report import Report

SECTIONS: dict[str, Callable[[Report], None]] = {
    "judge": judging.run,
    "capture": capture.run,
    "accept": accept.run,
    "latency": latency.run,
    "dispatch": dispatch.run,
    "mail": mail.run,
    "replies": replies.run,
    "forms": forms.run,
    "dossier": dossier.run,
    "retention": retention.run,
    "memory": memory.run,
}


def main() -> None:
    wanted = sys.argv[1:] or list(SECTIONS)
    if unknown := [name for name in wanted if name not in SECTIONS]:
        sys.exit(f"There is no section {unknown[0]}; there are {', '.join(SECTIONS)}.")
    report = Report()
    for name in wanted:
        SECTIONS[name](report)
    report.end()


if __name__ == "__main__":
    main()
