"""The Received field that we put before every message (RFC 5321 §4.4)."""

from __future__ import annotations

from backend.formats.dates import format_date
from backend.kit import clock
from protocol_service.smtp.session import Session, Transaction

_last_date = (0, "")


def received(session: Session, transaction: Transaction, *, hostname: str, name: str) -> bytes:
    """The field with its line end; `name` is what the spool calls the message. A submitter's address is
    left out: where users sit is nobody's business.
    """
    if session.principal is None:
        literal = f"IPv6:{session.address}" if ":" in session.address else session.address
        source = f"from {session.helo} ([{literal}])"
    else:
        source = f"from {session.helo}"
    tls = f" ({session.tls_version})" if session.tls_version else ""
    only = transaction.recipients[0] if len(transaction.recipients) == 1 else None
    target = (
        f"\r\n\tfor <{only.localpart}@{only.domain}>"
        if only is not None and _is_plain(only.localpart)
        else ""
    )
    text = (
        f"Received: {source}\r\n\tby {hostname} with {session.protocol}{tls} id {name}"
        f"{target};\r\n\t{_date()}\r\n"
    )
    return text.encode("utf-8")


def _is_plain(localpart: str) -> bool:
    return localpart.isascii() and not any(character in '()<>"\\,;: ' for character in localpart)


def _date() -> str:
    global _last_date  # noqa: PLW0603  # one text serves every message of its second
    now = clock.now()
    if _last_date[0] != now:
        _last_date = (now, format_date(now))
    return _last_date[1]
