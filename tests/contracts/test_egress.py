"""What we call on somebody's word is outside: tried with addresses, names and a real server on loopback."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from adapters.outbound.egress import Egress, NoSuchHost, NotOutside, networks

INSIDE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "localhost",
]


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.hosts.append(self.headers["Host"])
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/")
        else:
            self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def server():
    answering = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    answering.hosts = []
    thread = Thread(target=answering.serve_forever)
    thread.start()
    yield answering
    answering.shutdown()
    thread.join()
    answering.server_close()


@pytest.mark.parametrize("host", INSIDE)
async def test_nothing_inside_is_called(host):
    with pytest.raises(NotOutside):
        await Egress().resolve(host, 443)


@pytest.mark.parametrize("host", ["8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"])
async def test_the_outside_is(host):
    assert await Egress().resolve(host, 443) == host


@pytest.mark.parametrize("port", [22, 5432, 6379, 11211])
async def test_ports_of_other_services_are_not_called(port):
    with pytest.raises(NotOutside):
        await Egress().resolve("8.8.8.8", port)


async def test_a_name_that_means_nothing_is_told():
    with pytest.raises(NoSuchHost):
        await Egress().resolve("no-such-host.invalid", 443)


async def test_a_real_server_on_loopback_is_not_reached(server):
    async with Egress().client() as client:
        with pytest.raises(NotOutside):
            await client.get(f"http://localhost:{server.server_port}/")
    assert server.hosts == []


async def test_a_network_of_our_own_may_be_called_and_hears_its_name(server):
    async with Egress(networks("127.0.0.0/8, ::1/128")).client() as client:
        answer = await client.get(f"http://localhost:{server.server_port}/")
    assert answer.status_code == 200
    assert server.hosts == [f"localhost:{server.server_port}"]


async def test_redirects_are_not_followed(server):
    async with Egress(networks("127.0.0.0/8, ::1/128")).client() as client:
        answer = await client.get(f"http://localhost:{server.server_port}/elsewhere")
    assert answer.status_code == 302
    assert server.hosts == [f"localhost:{server.server_port}"]


@pytest.mark.parametrize("text", ["10.0.0.0/33", "inside", "10.0.0.1/8"])
def test_a_network_that_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match=r"network|host bits"):
        networks(text)
