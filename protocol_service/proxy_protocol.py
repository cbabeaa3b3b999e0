"""The PROXY protocol, versions 1 and 2 (HAProxy's proxy-protocol.txt): who is behind a load balancer.

A balancer from one of `POSTROOM_PROXY_NETWORKS` says in a header, before anything else and before TLS, whose
connection it hands over. From those networks the header is a must, from elsewhere it is not looked for, so
nobody can make up an address. It is read to its last byte and not beyond: what follows belongs to the
protocol, or is TLS. Without a whole header in time, or with a malformed one, the connection is closed.
"""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address

HEADER_S = 5.0
LONGEST_V1 = 107  # §2.1, line end included
LONGEST_V2 = 4096  # of addresses and TLVs; no balancer sends half of it
_SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
_V1 = re.compile(
    rb"PROXY (?:(?P<family>TCP[46]) (?P<source>[0-9A-Fa-f:.]{2,39}) [0-9A-Fa-f:.]{2,39}"
    rb" (?P<port>0|[1-9][0-9]{0,4}) (?:0|[1-9][0-9]{0,4})|UNKNOWN(?: [ -~]*)?)\r\n"
)
_LOCAL, _PROXY = 0x20, 0x21
_TCP4, _TCP6 = 0x11, 0x21

Origin = tuple[str, int]
Read = Callable[[int], Awaitable[bytes]]


class Malformed(Exception):
    """Not a header of either version."""


async def origin(sock: socket.socket) -> Origin | None:
    """Read the header of a connection that was just accepted; see `read`. Raises TimeoutError as well."""
    loop = asyncio.get_running_loop()

    async def exactly(count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = await loop.sock_recv(sock, count - len(data))
            if not piece:
                raise Malformed("the connection ended within the header")
            data += piece
        return data

    async with asyncio.timeout(HEADER_S):
        return await read(exactly)


async def read(exactly: Read) -> Origin | None:
    """The client's address and port by a header that `exactly` gives byte by byte.

    None where the balancer speaks for itself (`LOCAL`, a health check) or does not know (`UNKNOWN`, another
    kind of socket): then the peer of the socket is meant. Raises `Malformed`.
    """
    start = await exactly(len(_SIGNATURE))
    if start == _SIGNATURE:
        return await _read_v2(exactly)
    if not start.startswith(b"PROXY "):
        raise Malformed("no header")
    line = start
    while not line.endswith(b"\n"):
        if len(line) >= LONGEST_V1:
            raise Malformed("the line is too long")
        # One by one: the end is not known before it is there, and what follows is not ours.
        line += await exactly(1)
    return _parse_v1(line)


def _parse_v1(line: bytes) -> Origin | None:
    match = _V1.fullmatch(line)
    if match is None:
        raise Malformed("not a line of version 1")
    if match["family"] is None:
        return None
    kind = IPv4Address if match["family"] == b"TCP4" else IPv6Address
    try:
        address = kind(match["source"].decode())
    except ValueError:
        raise Malformed("not an address") from None
    port = int(match["port"])
    if port > 65535:
        raise Malformed("not a port")
    return str(address), port


async def _read_v2(exactly: Read) -> Origin | None:
    command, family, length = struct.unpack("!BBH", await exactly(4))
    if length > LONGEST_V2:
        raise Malformed("the header is too long")
    rest = await exactly(length)
    if command == _LOCAL:
        return None
    if command != _PROXY:
        raise Malformed("unknown version or command")
    try:
        if family == _TCP4:
            source, _, port, _ = struct.unpack_from("!4s4sHH", rest)
            return str(IPv4Address(source)), port
        if family == _TCP6:
            source, _, port, _ = struct.unpack_from("!16s16sHH", rest)
            return str(IPv6Address(source)), port
    except struct.error:
        raise Malformed("the addresses are cut off") from None
    # §2.2: other families are accepted and the real peer is used.
    return None
