"""What lies outside the database: roots at an anchor, and the books as a file."""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import msgspec
import pytest

from adapters.outbound.audit.anchors import AnchorDisagrees, AnchorUnavailable, FolderAnchor, HttpAnchor
from adapters.outbound.secrets.signer import KnownKeys
from application.audit.export import ExportBooks, NotAnExport, read_export
from application.audit.seal_logs import AnchorRoots
from application.audit.verify import VerifyLogs
from domain.audit.logs import SignedCheckpoint
from tests.postgres.audit.books import recorded, seal, sql, verified


@pytest.fixture
async def sealed(business):
    """Two checkpoints and an entry after them."""
    await business.agree("+12125550101")
    await seal(business)
    await recorded(business, 3)
    await seal(business)
    await recorded(business, 1)
    return business


async def exported(business):
    books = business.ports.seals()
    return [line async for line in ExportBooks(books, books, business.ports.signer())()]


async def checked(lines):
    books = read_export(lines)
    return await VerifyLogs(books, KnownKeys(books.keys))()


async def anchor(business, *anchors):
    return await business.another(AnchorRoots, anchors=anchors)()


def kept_in(folder):
    return [msgspec.json.decode(file.read_bytes(), type=SignedCheckpoint) for file in sorted(folder.iterdir())]


async def test_an_export_verifies_without_database_and_keys(sealed):
    found = await checked(await exported(sealed))
    assert (found.faults, found.checkpoints, found.not_sealed) == ((), 2, 1)


async def test_an_export_names_no_contact(sealed):
    assert b"2125550101" not in b"".join(await exported(sealed))


async def test_a_word_changed_in_an_export_names_the_entry(sealed):
    lines = [line.replace(b"after 1", b"after 9") for line in await exported(sealed)]
    [fault] = (await checked(lines)).faults
    assert "changed" in fault.what


async def test_a_line_taken_out_of_an_export_is_noticed(sealed):
    lines = await exported(sealed)
    entries = [number for number, line in enumerate(lines) if json.loads(line)["type"] == "entry"]
    for number in entries[:-1]:
        assert (await checked(lines[:number] + lines[number + 1 :])).faults


async def test_an_export_signed_with_a_key_one_does_not_trust_is_refused(sealed):
    faults = (await VerifyLogs(read_export(await exported(sealed)), KnownKeys({}))()).faults
    assert all("is not known" in fault.what for fault in faults)
    assert len(faults) == 2


@pytest.mark.parametrize("lines", [[b"no export"], [b'{"type":"other"}'], []])
def test_another_file_is_no_export(lines):
    with pytest.raises(NotAnExport):
        read_export(lines)


async def test_every_root_is_kept_once_in_the_folder(sealed, tmp_path):
    (folder := tmp_path / "roots").mkdir()
    await anchor(sealed, FolderAnchor(folder))
    await anchor(sealed, FolderAnchor(folder))
    assert [one.checkpoint.number for one in kept_in(folder)] == [1, 2]
    assert (await verified(sealed, kept_in(folder))).faults == ()


async def test_checkpoints_cut_off_are_missed_at_the_anchor(sealed, tmp_path):
    (folder := tmp_path / "roots").mkdir()
    await anchor(sealed, FolderAnchor(folder))
    await sql(
        sealed,
        "delete from audit_records where id in (select entry_id from leaves, checkpoints c"
        " where c.number = 2 and leaves.number between c.first and c.last)",
        "delete from leaves using checkpoints c where c.number = 2 and leaves.number >= c.first",
        "delete from checkpoints where number = 2",
    )
    assert (await verified(sealed)).faults == ()
    [fault] = (await verified(sealed, kept_in(folder))).faults
    assert (fault.checkpoint, fault.what) == (2, "the anchor holds it, and it is missing")


async def test_a_folder_that_holds_another_root_is_an_alarm(sealed, tmp_path):
    (tmp_path / "000000000001.json").write_text("{}")
    with pytest.raises(AnchorDisagrees):
        await anchor(sealed, FolderAnchor(tmp_path))


async def test_a_folder_that_is_gone_is_tried_again_later(sealed, tmp_path):
    with pytest.raises(AnchorUnavailable):
        await anchor(sealed, FolderAnchor(tmp_path / "away"))
    (folder := tmp_path / "away").mkdir()
    await anchor(sealed, FolderAnchor(folder))
    assert len(kept_in(folder)) == 2


class _Keeps(BaseHTTPRequestHandler):
    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(self.path)
        known = self.server.kept.setdefault(self.path, body)
        self.send_response(self.server.status or (HTTPStatus.CREATED if known is body else HTTPStatus.CONFLICT))
        self.end_headers()

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def endpoint():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Keeps)
    server.kept, server.asked, server.status = {}, [], None
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
async def over_http(endpoint):
    async with httpx.AsyncClient() as client:
        yield HttpAnchor(f"http://127.0.0.1:{endpoint.server_port}/roots/", client)


async def test_every_root_is_put_to_the_endpoint_once(sealed, endpoint, over_http):
    await anchor(sealed, over_http)
    await anchor(sealed, over_http)
    assert endpoint.asked == ["/roots/1", "/roots/2"]
    assert msgspec.json.decode(endpoint.kept["/roots/2"], type=SignedCheckpoint).checkpoint.number == 2


async def test_an_endpoint_in_trouble_gets_the_root_later(sealed, endpoint, over_http):
    endpoint.status = HTTPStatus.SERVICE_UNAVAILABLE
    with pytest.raises(AnchorUnavailable, match="503"):
        await anchor(sealed, over_http)
    endpoint.status = None
    endpoint.kept.clear()
    await anchor(sealed, over_http)
    assert set(endpoint.kept) == {"/roots/1", "/roots/2"}


async def test_an_endpoint_that_holds_another_root_is_an_alarm(sealed, endpoint, over_http):
    endpoint.kept["/roots/1"] = b"another"
    with pytest.raises(AnchorDisagrees):
        await anchor(sealed, over_http)


async def test_an_endpoint_that_does_not_answer_is_tried_again_later(sealed, endpoint, over_http):
    endpoint.shutdown()
    endpoint.server_close()
    with pytest.raises(AnchorUnavailable, match="does not answer"):
        await anchor(sealed, over_http)
