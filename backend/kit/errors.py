"""The one error tree (rule 10): a public text for the peer, a cause for the log, a code for machines.

Domains raise these kinds; only the edges (`smtp.replies`, `imap.errors`, `api.errors`, …) know how their
protocol says them. `public` may be shown to anyone who is allowed to make the request; `detail` goes to the
log.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar


class ErrorCode(StrEnum):
    """What machines read; the GraphQL edge puts it into `extensions.code`."""

    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    OVER_QUOTA = "OVER_QUOTA"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    INVALID = "INVALID"
    TOO_LARGE = "TOO_LARGE"
    RATE_LIMITED = "RATE_LIMITED"
    SYNC_LOST = "SYNC_LOST"
    UNAVAILABLE = "UNAVAILABLE"


class MailError(Exception):
    """Something a peer can be told. `field` names the input at fault, where one is."""

    code: ClassVar[ErrorCode] = ErrorCode.UNAVAILABLE

    def __init__(
        self, public: str, *, field: str | None = None, detail: dict[str, Any] | None = None
    ) -> None:
        super().__init__(public)
        self.public = public
        self.field = field
        self.detail = detail or {}


class NotFound(MailError):
    """It does not exist, or the asker may not know that it does."""

    code = ErrorCode.NOT_FOUND


class Conflict(MailError):
    """It exists already, or changed since it was read."""

    code = ErrorCode.CONFLICT


class Unauthenticated(MailError):
    """No valid session, key or password."""

    code = ErrorCode.UNAUTHENTICATED


class PermissionDenied(MailError):
    """The asker is known and may not."""

    code = ErrorCode.PERMISSION_DENIED


class OverQuota(MailError):
    """A storage limit would be passed; `needed_bytes` is how much is missing."""

    code = ErrorCode.OVER_QUOTA

    def __init__(self, public: str, *, needed_bytes: int = 0, detail: dict[str, Any] | None = None) -> None:
        super().__init__(public, detail={"needed_bytes": needed_bytes, **(detail or {})})
        self.needed_bytes = needed_bytes


class LimitExceeded(MailError):
    """A limit set by someone above; the public text names the limit and who set it."""

    code = ErrorCode.LIMIT_EXCEEDED


class InvalidSyntax(MailError):
    """The input does not follow the grammar or the rules of its field."""

    code = ErrorCode.INVALID


class TooLarge(MailError):
    """The input is larger than the limit for its kind."""

    code = ErrorCode.TOO_LARGE


class RateLimited(MailError):
    """Too often; `retry_after_s` tells when it is worth another try."""

    code = ErrorCode.RATE_LIMITED

    def __init__(
        self, public: str, *, retry_after_s: float = 60, detail: dict[str, Any] | None = None
    ) -> None:
        super().__init__(public, detail={"retry_after_s": retry_after_s, **(detail or {})})
        self.retry_after_s = retry_after_s


class SyncLost(MailError):
    """Changes since that modseq are no longer known; the reader starts over."""

    code = ErrorCode.SYNC_LOST


class Unavailable(MailError):
    """A helper (database, Redis, blob store, DNS) does not answer now; the same request may succeed later."""

    code = ErrorCode.UNAVAILABLE
