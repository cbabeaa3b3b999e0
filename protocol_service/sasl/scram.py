"""SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677), the server's side.

Whether the exchange is tied to this TLS connection stands or falls with one comparison: the client's `c=`
must be, letter by letter, the base64 of its own header and of our data. Nothing of it is decoded, so there
are no two readings of it. A client that could bind but believes that we cannot (`y`) is refused where we can:
somebody took the mechanism out of our list.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest

from backend.directory import scram
from backend.directory.principal import Principal
from protocol_service.sasl import channel_binding, identity
from protocol_service.sasl.peer import Ask, Malformed, Peer

LONGEST_BYTES = 2048  # of a message
_NONCE_BYTES = 18

# client-first-message (RFC 5802 §7): header, then the bare message, whose `m=` nobody has defined yet.
_CLIENT_FIRST = re.compile(
    rb"(?P<header>(?:(?P<flag>[ny])|p=(?P<type>[A-Za-z0-9.-]{1,64})),(?:a=(?P<authorization>[^,\0]+))?,)"
    rb"(?P<bare>n=(?P<name>[^,\0]+),r=(?P<nonce>[!-+\--~]+)(?:,[A-Za-z]=[^,\0]+)*)"
)
_CLIENT_FINAL = re.compile(
    rb"(?P<unproved>c=(?P<binding>[A-Za-z0-9+/=]+),r=(?P<nonce>[!-+\--~]+)(?:,[A-Za-z]=[^,\0]+)*)"
    rb",p=(?P<proof>[A-Za-z0-9+/]{43}=)"
)


@dataclass(frozen=True, slots=True)
class _First:
    """What is kept of the client's first message."""

    bare: bytes
    name: bytes
    nonce: bytes
    authorization: bytes
    expected_binding: bytes


async def without_binding(peer: Peer, initial: bytes | None, ask: Ask) -> Principal:
    """SCRAM-SHA-256."""
    first = _parse_first(await ask(b"") if initial is None else initial)
    if first["type"] is not None:
        raise Malformed("Channel binding needs the mechanism SCRAM-SHA-256-PLUS")
    if first["flag"] == b"y" and channel_binding.is_announced(peer.bindings):
        raise Malformed("This server offers channel binding; its list of mechanisms was changed on the way")
    return await _exchange(peer, _first(first, b""), ask)


async def with_binding(peer: Peer, initial: bytes | None, ask: Ask) -> Principal:
    """SCRAM-SHA-256-PLUS."""
    first = _parse_first(await ask(b"") if initial is None else initial)
    if first["type"] is None:
        raise Malformed("SCRAM-SHA-256-PLUS needs channel binding")
    return await _exchange(peer, _first(first, _data(peer.bindings, first["type"])), ask)


async def _exchange(peer: Peer, first: _First, ask: Ask) -> Principal:
    challenge = await scram.begin(identity.name(first.name), protocol=peer.protocol)
    nonce = first.nonce + _new_nonce()
    salting = challenge.salting
    server_first = b"r=%b,s=%b,i=%d" % (nonce, b64encode(salting.salt), salting.iterations)
    final = await ask(server_first)
    match = _CLIENT_FINAL.fullmatch(final) if len(final) <= LONGEST_BYTES else None
    if match is None or not compare_digest(match["nonce"], nonce):
        raise Malformed("Not the final message of SCRAM")
    if not compare_digest(match["binding"], first.expected_binding):
        raise Malformed("The channel bindings do not match")
    admission = await scram.verify(
        challenge,
        b",".join((first.bare, server_first, match["unproved"])),
        b64decode(match["proof"]),
        protocol=peer.protocol,
        remote_address=peer.remote_address,
    )
    if await ask(b"v=" + b64encode(admission.server_signature)):
        raise Malformed("The exchange has ended; an empty response was expected")
    await identity.require_own(identity.unescape(first.authorization), admission.principal)
    return admission.principal


def _parse_first(message: bytes) -> re.Match[bytes]:
    match = _CLIENT_FIRST.fullmatch(message) if len(message) <= LONGEST_BYTES else None
    if match is None:
        raise Malformed("Not the first message of SCRAM")
    return match


def _first(match: re.Match[bytes], data: bytes) -> _First:
    return _First(
        bare=match["bare"],
        name=identity.unescape(match["name"]),
        nonce=match["nonce"],
        authorization=match["authorization"] or b"",
        expected_binding=b64encode(match["header"] + data),
    )


def _data(bindings: Mapping[str, bytes], kind: bytes) -> bytes:
    data = bindings.get(kind.decode())
    if data is None:
        raise Malformed("The channel binding is not supported; supported: " + " ".join(bindings))
    return data


def _new_nonce() -> bytes:
    return b64encode(secrets.token_bytes(_NONCE_BYTES))
