"""A collector of traces on loopback."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from adapters.tracing import tracing


@contextmanager
def collector():
    """What came in, as it was sent."""
    received = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", received
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def tracing_begun():
    """Where the traces of this process go, and `spans()`, which ends that and tells what was sent."""
    with collector() as (endpoint, received):
        tracing.begin(endpoint, "test")

        def spans():
            tracing.end()
            assert {path for path, _ in received} == {"/v1/traces"}
            sent = [ExportTraceServiceRequest.FromString(body) for _, body in received]
            found = [s for one in sent for r in one.resource_spans for scope in r.scope_spans for s in scope.spans]
            return found, b"".join(body for _, body in received)

        yield endpoint, spans
        tracing.end()


def said(span):
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}
