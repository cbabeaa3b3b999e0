"""How POP3 says no: response codes of RFC 2449 §8 and RFC 3206, one place for every `MailError`."""

from __future__ import annotations

from backend.kit.errors import (
    LimitExceeded,
    MailError,
    NotFound,
    PermissionDenied,
    RateLimited,
    SyncLost,
    Unauthenticated,
    Unavailable,
)


class BadCommand(Exception):
    """The command does not follow the grammar, or not now; the text is for the client."""


class Refused(Exception):
    """The command is understood and refused: `-ERR [code] text`."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.code = code


# The first kind that fits.
_CODES: tuple[tuple[type[MailError], str], ...] = (
    (Unauthenticated, "AUTH"),
    (PermissionDenied, "AUTH"),
    (RateLimited, "LOGIN-DELAY"),
    (NotFound, "SYS/PERM"),
    (LimitExceeded, "SYS/PERM"),
    (SyncLost, "SYS/TEMP"),
    (Unavailable, "SYS/TEMP"),
)


def code_of(error: MailError) -> str:
    """The response code for an error of the domains."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), "SYS/PERM")


def no(text: str, code: str = "") -> bytes:
    """`-ERR [code] text` without line end: one line of ASCII, without a bracket that would read as a code."""
    line = " ".join(text.encode("ascii", "replace").decode().split()).lstrip("[")
    return f"-ERR {f'[{code}] ' if code else ''}{line or 'Refused'}".encode()


def answer(error: MailError | Refused | BadCommand) -> bytes:
    """The answer to a command that ended with this error."""
    if isinstance(error, BadCommand):
        return no(str(error))
    if isinstance(error, Refused):
        return no(error.text, error.code)
    return no(error.public, code_of(error))
