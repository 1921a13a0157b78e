"""Where time goes, for whoever runs an installation (OpenTelemetry): nothing at all unless `begin` was called.

A span names routes, use cases and statements. It holds no value of a statement, no path, no address, no text.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import time_ns
from typing import Any

from asyncpg.connection import LoggedQuery
from opentelemetry import context, trace
from opentelemetry.trace import Link, NonRecordingSpan, Span, SpanContext, SpanKind, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_LONGEST_STATEMENT = 2_000
_W3C = TraceContextTextMapPropagator()


class Tracing:
    """Off until it begins, and then on for this process."""

    def __init__(self) -> None:
        self._end: Callable[[], None] | None = None
        self._tracer: Tracer | None = None

    @property
    def on(self) -> bool:
        return self._tracer is not None

    def begin(self, endpoint: str, version: str) -> None:
        """`endpoint` is a collector's, for OTLP over HTTP: `https://collector:4318`. Once is enough."""
        if self.on:
            return
        # What makes and sends them is read only where they are wanted.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

        said = Resource({"service.name": "optin-manager", "service.version": version})
        provider = TracerProvider(resource=said, shutdown_on_exit=True)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=10)
        provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer, self._end = provider.get_tracer("optin"), provider.shutdown

    def end(self) -> None:
        """What is still here is handed over."""
        if self._end is not None:
            self._end()
        self._end = self._tracer = None

    @contextmanager
    def span(self, name: str, *, kind: SpanKind = SpanKind.INTERNAL, parent: str | None = None) -> Iterator[Span]:
        """`parent` is a W3C traceparent. An error is told by its kind: its text may quote a person."""
        if self._tracer is None:
            yield trace.INVALID_SPAN
            return
        above = _W3C.extract({"traceparent": parent}) if parent else None
        with self._tracer.start_as_current_span(
            name, context=above, kind=kind, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except BaseException as error:
                failed(span, type(error).__qualname__)
                raise

    def here(self) -> SpanContext | None:
        """Where this caller's trace is, for who goes on with it elsewhere."""
        return trace.get_current_span().get_span_context() if self.on else None

    @contextmanager
    def batch(self, callers: Sequence[SpanContext]) -> Iterator[None]:
        """Work for several: below the first of them, with links to the others."""
        if self._tracer is None or not callers:
            yield
            return
        above = trace.set_span_in_context(NonRecordingSpan(callers[0]))
        links = [Link(caller) for caller in callers[1:]]
        with self._tracer.start_as_current_span(
            "batch", context=above, links=links, record_exception=False, set_status_on_exception=False
        ):
            yield

    def statement(self, ran: LoggedQuery) -> None:
        """After it ran, below whatever runs it."""
        if self._tracer is None or not trace.get_current_span(context.get_current()).is_recording():
            return
        ended = time_ns()
        text = " ".join(ran.query.split())[:_LONGEST_STATEMENT]
        said: dict[str, Any] = {"db.system.name": "postgresql", "db.query.text": text}
        span = self._tracer.start_span(
            text.partition(" ")[0].upper() or "statement",
            kind=SpanKind.CLIENT,
            attributes=said,
            start_time=ended - int(ran.elapsed * 1e9),
        )
        if ran.exception is not None:
            failed(span, type(ran.exception).__qualname__)
        span.end(end_time=ended)


def failed(span: Span, kind: str) -> None:
    span.set_attribute("error.type", kind)
    span.set_status(StatusCode.ERROR)


def trace_id_of(span: Span) -> str:
    return trace.format_trace_id(span.get_span_context().trace_id)


tracing = Tracing()
