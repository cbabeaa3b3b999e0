"""COMPRESS=DEFLATE (RFC 4978): transcripts through it, its memory, and bytes that are none of it."""

from __future__ import annotations

import contextlib
import random
import ssl
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol_service.imap import limits
from protocol_service.imap.compression import PIECE_BYTES, Deflater, Inflater
from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient


class Compressed(ImapClient):
    """A client whose bytes are compressed; it stands in for its own streams."""

    def __init__(self, plain: ImapClient) -> None:
        super().__init__(plain.reader, plain.writer)
        self._number = 100
        self._deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
        self._inflate = zlib.decompressobj(-15)
        self._read = b""

    def send(self, data: bytes) -> None:
        self.writer.write(self._deflate.compress(data) + self._deflate.flush(zlib.Z_SYNC_FLUSH))

    async def _more(self) -> bool:
        data = await self.reader.read(65536)
        self._read += self._inflate.decompress(data)
        return bool(data)

    async def response(self) -> bytes:
        """Without literals: a line."""
        while b"\r\n" not in self._read and await self._more():
            pass
        line, _, self._read = self._read.partition(b"\r\n")
        return line

    async def exactly(self, size: int) -> bytes:
        while len(self._read) < size:
            assert await self._more()
        data, self._read = self._read[:size], self._read[size:]
        return data


async def compressed(imap: ImapClient) -> Compressed:
    assert (await imap.command("COMPRESS DEFLATE")).status == b"OK DEFLATE active"
    return Compressed(imap)


async def test_a_session_goes_on_compressed(house: ImapHouse, imap: ImapClient) -> None:
    assert b"COMPRESS=DEFLATE" in (await imap.ok("CAPABILITY"))[0]
    client = await compressed(imap)

    await client.ok("NOOP")
    [announced] = await client.ok("CAPABILITY")
    assert not {b"COMPRESS=DEFLATE", b"UNAUTHENTICATE"} & set(announced.split())
    assert (await client.refused("UNAUTHENTICATE")).startswith(b"BAD ")
    answer = await client.command(b"APPEND INBOX {%d}" % len(PLAIN), PLAIN + b"\r\n")
    assert answer.is_ok
    await client.ok("SELECT INBOX")
    client.send(b"f FETCH 1 BODY.PEEK[]\r\n")
    assert await client.response() == b"* 1 FETCH (BODY[] {%d}" % len(PLAIN)
    assert await client.exactly(len(PLAIN)) == PLAIN
    assert [await client.response(), await client.response()] == [b")", b"f OK FETCH completed"]
    assert (await client.refused("COMPRESS DEFLATE")).startswith(b"NO [COMPRESSIONACTIVE] ")
    assert await client.ok("LOGOUT") == [b"* BYE Logging out"]


async def test_large_answers_are_whole(house: ImapHouse, imap: ImapClient) -> None:
    raw = PLAIN + random.Random(1).randbytes(limits.SLICE_BYTES // 2)
    for _ in range(3):
        await imap.append("INBOX", raw)
    await imap.ok("SELECT INBOX")
    client = await compressed(imap)

    client.send(b"f FETCH 1:3 BODY.PEEK[]\r\ng NOOP\r\n")

    for number in (1, 2, 3):
        assert await client.response() == b"* %d FETCH (BODY[] {%d}" % (number, len(raw))
        assert await client.exactly(len(raw)) == raw
        assert await client.response() == b")"
    assert await client.response() == b"f OK FETCH completed"
    assert await client.response() == b"g OK NOOP completed"


async def test_what_is_pipelined_behind_it_is_read_as_compressed(imap: ImapClient) -> None:
    client = Compressed(imap)
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    behind = deflate.compress(b"b NOOP\r\nc LOGOUT\r\n") + deflate.flush(zlib.Z_SYNC_FLUSH)

    imap.writer.write(b"a COMPRESS DEFLATE\r\n" + behind)

    assert await imap.response() == b"a OK DEFLATE active"
    assert await client.response() == b"b OK NOOP completed"
    assert await client.response() == b"* BYE Logging out"


async def test_idle_inside_it(house: ImapHouse, imap: ImapClient) -> None:
    await imap.ok("SELECT INBOX")
    client = await compressed(imap)
    client.send(b"i IDLE\r\n")
    assert await client.response() == b"+ idling"
    [connection] = house.role.server.open
    connection.expire(connection._heard_at)
    connection.expire(connection._heard_at)  # it rests: the compressor is given up
    assert connection._compression is not None
    assert connection._compression.deflater._deflate is None

    other = await house.client()
    await other.append("INBOX", PLAIN)

    assert await client.response() == b"* 1 EXISTS"
    client.send(b"DONE\r\n")
    assert [await client.response(), await client.response()] == [b"* 0 RECENT", b"i OK IDLE completed"]


async def test_inside_tls(house: ImapHouse) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    imap = await ImapClient.connect(house.role.addresses["imaps"], tls=context)
    await imap.login("alice@example.test", PASSWORD)

    client = await compressed(imap)

    assert b'* STATUS "INBOX" (MESSAGES 0)' in await client.ok("STATUS INBOX (MESSAGES)")
    await imap.close()


async def test_bytes_that_are_not_deflate_end_the_connection(imap: ImapClient) -> None:
    client = await compressed(imap)

    client.writer.write(b"\xff\xff\xff NOOP\r\n")

    assert await client.response() == b"* BYE The compressed data cannot be read"
    assert await client.response() == b""


async def test_a_stream_that_is_ended_ends_the_connection(imap: ImapClient) -> None:
    client = await compressed(imap)

    client.writer.write(client._deflate.compress(b"n NOOP\r\n") + client._deflate.flush(zlib.Z_FINISH))

    assert (await client.response()).startswith(b"* BYE ")


async def test_a_bomb_is_refused_like_any_long_line(house: ImapHouse, imap: ImapClient) -> None:
    client = await compressed(imap)
    [connection] = house.role.server.open

    client.send(b"x" * 200_000_000)  # some 200 KB on the wire

    assert await client.response() == b"* BAD [TOOBIG] The command line is too long"
    assert await client.response() == b"* BYE Too much data"
    assert connection._framer.buffered <= 2 * PIECE_BYTES


async def test_a_bomb_in_a_literal_is_refused_before_it_is_read(imap: ImapClient) -> None:
    client = await compressed(imap)

    client.send(b"a APPEND INBOX {2000000000+}\r\n" + b"x" * 1_000_000)

    assert (await client.response()).startswith(b"a NO [TOOBIG] ")
    assert await client.response() == b"* BYE Too much data"


@pytest.mark.parametrize("line", ["COMPRESS", "COMPRESS DEFLATE 9", 'COMPRESS "DEFLATE"'])
async def test_what_is_not_its_grammar_is_bad(imap: ImapClient, line: str) -> None:
    assert (await imap.refused(line)).startswith(b"BAD ")


async def test_other_compressions_are_not_known(house: ImapHouse, imap: ImapClient) -> None:
    assert (await imap.refused("COMPRESS GZIP")).startswith(b"NO [CANNOT] ")
    stranger = await house.connect()
    assert (await stranger.refused("COMPRESS DEFLATE")).startswith(b"BAD ")


def test_pieces_are_bounded_and_complete() -> None:
    data = bytes(10 * PIECE_BYTES) + b"end"
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    inflater = Inflater()
    inflater.feed(deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH))

    pieces = list(iter(inflater.next, b""))

    assert b"".join(pieces) == data
    assert max(map(len, pieces)) == PIECE_BYTES
    assert inflater.buffered == 0


@given(st.binary(max_size=300), st.integers(0, 300))
def test_any_bytes_are_inflated_in_bounds_or_refused(data: bytes, cut: int) -> None:
    inflater = Inflater()
    with contextlib.suppress(zlib.error):
        for part in (data[:cut], data[cut:]):
            inflater.feed(part)
            assert all(len(piece) <= PIECE_BYTES for piece in iter(inflater.next, b""))


def test_a_compressor_that_rested_goes_on_with_the_stream() -> None:
    deflater, inflate = Deflater(), zlib.decompressobj(-15)
    texts = [numbered(number) * 50 for number in range(limits.MAX_DEPTH)]

    stream = []
    for text in texts:
        stream.append(deflater.compress(text))
        deflater.rest()

    assert inflate.decompress(b"".join(stream)) == b"".join(texts)
