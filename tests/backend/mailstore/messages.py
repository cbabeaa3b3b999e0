"""Messages for tests of the mailstore."""

from __future__ import annotations

from typing import Any

from backend.mailstore import reader


def message(
    subject: str = "Hello",
    *,
    message_id: str = "",
    references: str = "",
    sender: str = "Ann <ann@example.test>",
    to: str = "bob@example.test",
    body: str = "Good morning.",
) -> bytes:
    """A plain message with these header fields."""
    fields = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        "Date: Wed, 01 Jul 2026 10:00:00 +0000",
        *([f"Message-ID: <{message_id}>"] if message_id else []),
        *([f"References: {references}"] if references else []),
    ]
    return "\r\n".join([*fields, "", body, ""]).encode()


async def column(mailbox_id: int, name: str) -> dict[int, Any]:
    """A column of a mailbox's messages by UID."""
    return {row[0]: row[1] for row in await reader.fetch_columns(mailbox_id, 1, 1 << 31, (name,))}
