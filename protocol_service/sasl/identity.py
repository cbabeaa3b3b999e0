"""Names in an exchange: how they are prepared, and for whom one may act."""

from __future__ import annotations

import re

from backend.directory.authentication import fold_login, login_of
from backend.directory.principal import Principal
from backend.formats import precis
from backend.kit.errors import PermissionDenied
from protocol_service.sasl.peer import Malformed

_ESCAPE = re.compile(rb"=(2C|3D)?")
_ESCAPED = {b"2C": b",", b"3D": b"="}


def name(raw: bytes) -> str:
    """A login as it is looked up (RFC 8265 §3.3: width, case and NFC, the last two by the directory).

    What is not UTF-8 becomes a text that names nobody, and is refused like every unknown name.
    """
    return precis.width_mapped(raw.decode("utf-8", "surrogateescape"))


def unescape(saslname: bytes) -> bytes:
    """RFC 5802 §5.1: `=2C` is a comma and `=3D` an equals sign; any other `=` is wrong."""

    def replaced(match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            raise Malformed("The name is not encoded as it should be")
        return _ESCAPED[match[1]]

    return _ESCAPE.sub(replaced, saslname)


async def require_own(authorization: bytes, principal: Principal) -> None:
    """Refuse to act for somebody else; to name oneself is allowed."""
    if authorization and await login_of(name(authorization)) != fold_login(principal.name):
        raise PermissionDenied("You may not act for somebody else")
