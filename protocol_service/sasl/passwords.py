"""PLAIN (RFC 4616) and LOGIN (a draft that never became one): the client tells name and password."""

from __future__ import annotations

from backend.directory import authentication
from backend.directory.principal import Principal
from backend.kit.errors import PermissionDenied, Unauthenticated
from protocol_service.sasl import identity
from protocol_service.sasl.peer import Ask, Malformed, Peer


async def plain(peer: Peer, initial: bytes | None, ask: Ask) -> Principal:
    """`[authzid] NUL authcid NUL passwd`."""
    message = await ask(b"") if initial is None else initial
    parts = message.split(b"\0")
    if len(parts) != 3 or not parts[1]:
        raise Malformed("The response does not have the form of PLAIN")
    authorization, login_name, password = parts
    principal = await verify(peer, login_name, password)
    await identity.require_own(authorization, principal)
    return principal


async def login(peer: Peer, initial: bytes | None, ask: Ask) -> Principal:
    """Name and password as answers to two prompts; many clients send the name at once."""
    name = await ask(b"Username:") if initial is None else initial
    return await verify(peer, name, await ask(b"Password:"))


async def verify(peer: Peer, login_name: bytes, password: bytes) -> Principal:
    """Who signs in; `Unauthenticated` for whatever is wrong."""
    try:
        secret = password.decode()
    except UnicodeDecodeError:
        secret = "\0"  # no password has it; the look-up takes its time all the same
    try:
        return await authentication.verify_password(
            identity.name(login_name), secret, protocol=peer.protocol, remote_address=peer.remote_address
        )
    except PermissionDenied:
        # A disabled account looks like a wrong password.
        raise Unauthenticated("Wrong name or password") from None
