"""OAUTHBEARER (RFC 7628) and XOAUTH2 (Google's, which came before it): a token in place of a password.

Both say more of a failure in a challenge, which the client acknowledges before it is refused.
"""

from __future__ import annotations

import json
import re

from backend.directory import bearer
from backend.directory.principal import Principal
from backend.kit.errors import Unauthenticated
from protocol_service.sasl import identity
from protocol_service.sasl.peer import Ask, Malformed, Peer

LONGEST_BYTES = 8192
_KEY_VALUE = re.compile(rb"[A-Za-z]+=[^\x00\x01]*")
_HEADER = re.compile(rb"(?:n|y|p=[A-Za-z0-9.-]+),(?:a=([^,\0]*))?,")
_BEARER = re.compile(rb"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)


async def oauthbearer(peer: Peer, initial: bytes | None, ask: Ask) -> Principal:
    """`gs2-header ^A key=value ^A … ^A ^A` with `auth=Bearer token`."""
    message = await ask(b"") if initial is None else initial
    header, *pairs = _parts(message)
    match = _HEADER.fullmatch(header)
    if match is None:
        raise Malformed("The response does not have the form of OAUTHBEARER")
    login = identity.unescape(match[1] or b"")
    refusal = {"status": "invalid_token", "scope": bearer.SCOPE.value}
    return await _verify(peer, login, pairs, refusal, ask)


async def xoauth2(peer: Peer, initial: bytes | None, ask: Ask) -> Principal:
    """`user=name ^A auth=Bearer token ^A ^A`."""
    message = await ask(b"") if initial is None else initial
    header, *pairs = _parts(message)
    if not header.lower().startswith(b"user="):
        raise Malformed("The response does not have the form of XOAUTH2")
    refusal = {"status": "401", "schemes": "bearer", "scope": bearer.SCOPE.value}
    return await _verify(peer, header[5:], pairs, refusal, ask)


def _parts(message: bytes) -> list[bytes]:
    if len(message) > LONGEST_BYTES or not message.endswith(b"\x01\x01"):
        raise Malformed("The response does not end as it should")
    return message[:-2].split(b"\x01")


async def _verify(
    peer: Peer, login: bytes, pairs: list[bytes], refusal: dict[str, str], ask: Ask
) -> Principal:
    token = _token(pairs)
    try:
        return await bearer.verify(
            token, identity.name(login), protocol=peer.protocol, remote_address=peer.remote_address
        )
    except Unauthenticated:
        await ask(json.dumps(refusal).encode())
        raise


def _token(pairs: list[bytes]) -> str:
    """The token of the one `auth` pair; unknown keys are for others (RFC 7628 §3.1)."""
    found = [pair[5:] for pair in pairs if pair[:5].lower() == b"auth="]
    if len(found) != 1 or not all(_KEY_VALUE.fullmatch(pair) for pair in pairs):
        raise Malformed("The response needs one auth")
    match = _BEARER.fullmatch(found[0])
    if match is None:
        raise Malformed("The response needs a bearer token")
    return match[1].decode()
