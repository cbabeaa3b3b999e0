"""Which messages a message answers (RFC 5322 §3.6.4): In-Reply-To and References."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.formats import headers
from backend.kit.errors import NotFound
from backend.mailstore import reader

MAX_REFERENCES = 22
# What can be written on a line of a header (RFC 5322 §2.1.1).
_WRITABLE = re.compile(r"[!-;=?-~\x80-\ud7ff\ue000-\U0010ffff]{1,900}")


@dataclass(frozen=True, slots=True)
class Ancestry:
    """Message identifiers without angle brackets, the oldest first; false where there are none."""

    references: tuple[str, ...] = ()
    in_reply_to: str = ""

    def __bool__(self) -> bool:
        return bool(self.references or self.in_reply_to)


async def of_answer(account_id: int, ref: int | None) -> Ancestry:
    """For an answer to the account's message `ref`; nothing where it is gone or has no Message-ID."""
    if ref is None:
        return Ancestry()
    try:
        head = await reader.read_header(account_id, ref)
    except NotFound:  # it was deleted while the answer was written
        return Ancestry()
    own = _ids(head, b"message-id")
    if not own:
        return Ancestry()
    earlier = _ids(head, b"references") or _ids(head, b"in-reply-to")
    return Ancestry((*_bounded(earlier), own[0]), own[0])


def kept(raw: bytes) -> Ancestry:
    """What an earlier form of a draft says: another program's draft, or an answer whose original is gone."""
    answered = _ids(raw, b"in-reply-to")
    return Ancestry(tuple(_bounded(_ids(raw, b"references"))), answered[-1] if answered else "")


def _ids(head: bytes, name: bytes) -> list[str]:
    return list(filter(_WRITABLE.fullmatch, headers.message_ids(headers.first(head, name) or b"")))


def _bounded(ids: list[str]) -> list[str]:
    """The first, by which readers know the conversation, and the last ones."""
    if len(ids) < MAX_REFERENCES:
        return ids
    return [ids[0], *ids[-(MAX_REFERENCES - 2) :]]
