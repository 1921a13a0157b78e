"""One line for each thing measured: what it did, its floor, their ratio, and what we want of it."""

import sys
from collections.abc import Sequence


class Report:
    def __init__(self) -> None:
        self._missed: list[str] = []
        print(f"{'what':58} {'measured':>12} {'floor':>12} {'ratio':>7}  wanted")

    def rate(self, what: str, measured: float, *, floor: float | None = None, ratio: float | None = None) -> None:
        """Per second, against a floor per second and the ratio wanted of it."""
        found = measured / floor if floor else None
        self._line(
            what,
            f"{measured:,.0f}/s",
            f"{floor:,.0f}/s" if floor else "",
            f"{found:.2f}" if found is not None else "",
            f"≥ {ratio:g} of the floor" if ratio else "",
            met=ratio is None or (found is not None and found >= ratio),
        )

    def at_least(self, what: str, measured: float, wanted: float, unit: str = "/s") -> None:
        self._line(what, f"{measured:,.0f}{unit}", "", "", f"≥ {wanted:,.0f}{unit}", met=measured >= wanted)

    def at_most(self, what: str, measured: float, wanted: float | None, unit: str) -> None:
        met = wanted is None or measured <= wanted
        self._line(what, f"{measured:,.1f}{unit}", "", "", f"≤ {wanted:,.0f}{unit}" if wanted else "", met=met)

    def quantiles(self, what: str, seconds: Sequence[float], p99: float) -> None:
        """p50, p95 and p99 in milliseconds; wanted of the last."""
        ordered = sorted(seconds)
        for share in (50, 95):
            self.at_most(f"{what}, p{share}", ordered[len(ordered) * share // 100] * 1000, None, " ms")
        self.at_most(f"{what}, p99", ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1000, p99, " ms")

    def end(self) -> None:
        print(f"\n{len(self._missed)} below what we want" + "".join(f"\n  {what}" for what in self._missed))

    def _line(self, what: str, measured: str, floor: str, ratio: str, wanted: str, *, met: bool) -> None:
        if not met:
            self._missed.append(what)
        print(f"{what:58} {measured:>12} {floor:>12} {ratio:>7}  {wanted}{'' if met else '   MISSED'}")
        sys.stdout.flush()
