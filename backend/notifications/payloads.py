"""What a device is told, as JSON that its service worker reads (`frontend/src/sw`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import orjson

from backend.formats.web_push import to_base64url
from backend.notifications.arrivals import Arrival, Inbox

# Of more new messages at once a single notification tells how many there are.
MOST_EACH = 3
_MOST_CHARS = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for a device; of several with one `topic` a push service keeps the last (RFC 8030 §5.4)."""

    topic: str
    text: bytes


def of_mail(arrivals: Sequence[Arrival], inbox: Inbox, *, shows_content: bool) -> list[Notice]:
    """One for each message, or a single one for many; ids in texts, since JavaScript rounds them."""
    if len(arrivals) > MOST_EACH:
        last = arrivals[-1]
        return [_notice("mail", {"kind": "many", "count": len(arrivals)}, last, inbox, shows_content)]
    return [_notice(str(one.ref), {"kind": "mail"}, one, inbox, shows_content) for one in arrivals]


def of_test() -> Notice:
    """What shows somebody that notifications come."""
    return Notice(_topic("test"), orjson.dumps({"kind": "test"}))


def _notice(
    topic: str, said: dict[str, object], arrival: Arrival, inbox: Inbox, shows_content: bool
) -> Notice:
    said |= {
        "id": str(arrival.ref),
        "mailboxId": str(inbox.mailbox_id),
        "unread": inbox.unread,
        "at": arrival.arrived_at,
    }
    if shows_content:
        said |= {
            "from": _short(arrival.sender_name or arrival.sender_address),
            "subject": _short(arrival.subject),
        }
    return Notice(_topic(topic), orjson.dumps(said))


def _short(text: str) -> str:
    """A text in a bounded number of characters that JSON can hold."""
    return text[:_MOST_CHARS].encode("utf-8", "replace").decode()


def _topic(name: str) -> str:
    """At most 32 characters of base64url that tell nobody what it is about."""
    return to_base64url(blake2b(name.encode(), digest_size=24).digest())
