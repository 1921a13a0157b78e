"""What an operator graphs. Labels are few and known beforehand: route templates, never paths; no ids, no people."""

from litestar import Response, get
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Histogram, disable_created_metrics, generate_latest

# When a series began is no figure anybody graphs, and would be one more for each.
disable_created_metrics()  # type: ignore[no-untyped-call]
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUESTS = Histogram(
    "http_request_duration_seconds",
    "Time from the first byte of a request to the last byte of its answer.",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
_series: dict[tuple[str, str, int], Histogram] = {}


def observe(method: str, route: str, status: int, seconds: float) -> None:
    name = (method if method in _METHODS else "other", route, status)
    series = _series.get(name)
    if series is None:
        series = _series[name] = REQUESTS.labels(*name)
    series.observe(seconds)


@get("/metrics", include_in_schema=False, media_type="text/plain")
async def metrics() -> Response[bytes]:
    """Every metric of this process, whichever module declared it."""
    return Response(generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})
