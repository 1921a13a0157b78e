"""What is known to go wrong, looked for: `python -m tools.scans code|secrets|lock|licences …`.

Works without a network. Prints what it finds, one per line, and ends with 1 if that is anything.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from tools.scans import code, licences, lock, secrets

SCANS: dict[str, Callable[[Path], list[str]]] = {
    "code": code.findings,
    "secrets": secrets.findings,
    "lock": lock.findings,
    "licences": licences.findings,
}
_HERE = Path(__file__).parents[2]


def main(names: list[str]) -> int:
    found = 0
    for name in names or list(SCANS):
        told = SCANS[name](_HERE)
        sys.stdout.writelines(f"{name}: {line}\n" for line in told or ["nothing found"])
        found += len(told)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
