"""The first page of a dossier: one HTML file without script or anything fetched, to be read on a screen or printed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from application.proof.ports import Summaries
from application.proof.summary import Summary


class HtmlSummaries(Summaries):
    def __init__(self) -> None:
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {"when": _when, "span": _span}
        self._page = environment.get_template("dossier.html.jinja")

    def page(self, summary: Summary) -> bytes:
        return self._page.render(summary=summary).encode()


def _when(at: datetime | None) -> str:
    return "—" if at is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _span(seconds: int) -> str:
    return f"{seconds} s ({timedelta(seconds=seconds)})" if seconds >= 60 else f"{seconds} s"
