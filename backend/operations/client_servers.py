"""Which servers a mail program is told of: the host name, and the ports by which clients reach it."""

from __future__ import annotations

from typing import Literal

from backend.formats.client_setup import MailServer
from backend.kit import config

# RFC 8314 §3: TLS from the first byte is what programs should choose, so it stands first.
_LISTENERS: tuple[tuple[str, Literal["imap", "pop3", "smtp"], bool], ...] = (
    ("imaps", "imap", True),
    ("imap", "imap", False),
    ("pop3s", "pop3", True),
    ("pop3", "pop3", False),
    ("submissions", "smtp", True),
    ("submission", "smtp", False),
)


def servers() -> list[MailServer]:
    """The listeners for people, best first of each protocol; one on a port that nobody knows is left out."""
    settings = config.current()
    return [
        MailServer(protocol, settings.hostname, port, is_implicit)
        for name, protocol, is_implicit in _LISTENERS
        if (port := settings.public_port(name))
    ]
