"""What `/metrics` shows is what the document says, by name, kind and labels."""

import re
from pathlib import Path

from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.parser import text_string_to_metric_families

from adapters.inbound.mail.listener import RECEIVED, REFUSED
from adapters.outbound.system.key_watch import SINCE

WATCHING = Path(__file__).parents[2] / "docs/watching.md"
ROW = re.compile(r"^\| `([a-z_]+)` \| (counter|gauge|histogram|summary) \| ([^|]*)\|", re.MULTILINE)
PYTHONS_OWN = ("process_", "python_")
UNITS = ("_seconds", "_bytes", "_total", "_sealed", "_disagreements")


def told():
    return {
        name: (kind, set(re.findall(r"`(\w+)`", labels))) for name, kind, labels in ROW.findall(WATCHING.read_text())
    }


def declared():
    """Ours, whether anything was counted yet or not."""
    ours = {one for one in REGISTRY._collector_to_names if isinstance(one, MetricWrapperBase)}
    return {one._name + ("_total" if one._type == "counter" else ""): (one._type, set(one._labelnames)) for one in ours}


async def test_every_metric_is_explained_with_its_kind_and_labels(process):
    # Read only where mail comes in, by a process that listens, and where a process looks at its keys.
    assert {RECEIVED, REFUSED, SINCE} <= set(REGISTRY._collector_to_names)
    assert declared() == told()


async def test_what_is_shown_is_what_is_declared(process, api):
    await api.get("/api/v1/senders")
    families = text_string_to_metric_families((await process.http.get("/metrics")).text)
    shown = {one.name + ("_total" if one.type == "counter" else "") for one in families}
    assert "http_request_duration_seconds" in shown
    assert {name for name in shown if not name.startswith(PYTHONS_OWN)} <= set(told())


def test_metrics_say_their_unit_and_nothing_about_whom():
    for name, (kind, labels) in told().items():
        assert name.endswith(UNITS), name
        assert (kind == "counter") == name.endswith("_total"), name
        assert not labels & {"contact", "address", "ip", "actor", "path", "message", "email", "phone", "id"}, name
