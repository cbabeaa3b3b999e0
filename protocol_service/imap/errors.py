"""How IMAP says no: response codes of RFC 5530, 4315, 4978, 7162 and 7889, one place for every `MailError`.

`BAD` is for what breaks the grammar or the state of the session, `NO` for what is understood and refused.
"""

from __future__ import annotations

from backend.kit.errors import (
    Conflict,
    InvalidSyntax,
    LimitExceeded,
    MailError,
    NotFound,
    OverQuota,
    PermissionDenied,
    RateLimited,
    SyncLost,
    TooLarge,
    Unauthenticated,
    Unavailable,
)


class BadCommand(Exception):
    """The command does not follow the grammar, or not now: `BAD [code] text`; the text is for the client."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.code = code


class Refused(Exception):
    """The command is understood and refused: `NO [code] text`."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.code = code


# The first kind that fits; the order is from special to general.
_CODES: tuple[tuple[type[MailError], str], ...] = (
    (NotFound, "NONEXISTENT"),
    (Conflict, "ALREADYEXISTS"),
    (Unauthenticated, "AUTHENTICATIONFAILED"),
    (PermissionDenied, "NOPERM"),
    (OverQuota, "OVERQUOTA"),
    (LimitExceeded, "LIMIT"),
    (InvalidSyntax, "CANNOT"),
    (TooLarge, "TOOBIG"),
    (RateLimited, "UNAVAILABLE"),
    (SyncLost, "UNAVAILABLE"),
    (Unavailable, "UNAVAILABLE"),
)


def code_of(error: MailError) -> str:
    """The response code for an error of the domains."""
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code
    return "SERVERBUG"


def text_of(text: str) -> bytes:
    """A text as it may stand in a response line: one line of ASCII, without a bracket at its front."""
    line = " ".join(text.encode("ascii", "replace").decode().split()) or "Refused"
    return line.lstrip("[").encode()


def no(text: str, code: str = "") -> bytes:
    """`NO [code] text` without tag and line end."""
    return _condition(b"NO ", text, code)


def bad(text: str, code: str = "") -> bytes:
    """`BAD [code] text` without tag and line end."""
    return _condition(b"BAD ", text, code)


def _condition(word: bytes, text: str, code: str) -> bytes:
    return word + (b"[%b] " % code.encode() if code else b"") + text_of(text)


def answer(error: MailError | Refused | BadCommand) -> bytes:
    """The tagged answer to a command that ended with this error."""
    if isinstance(error, BadCommand):
        return bad(str(error), error.code)
    if isinstance(error, Refused):
        return no(error.text, error.code)
    return no(error.public, code_of(error))
