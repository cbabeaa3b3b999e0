"""The rows of an email: what is derived once from a message's bytes, in the form that answers want.

Each function of values gives them in the order of its columns; the same message always gives the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend.formats.search_text import fold
from backend.kit import blobs, ids
from backend.kit.db import Tx, marks
from backend.mailstore.prepared import Prepared

# Of `email`, without what says where it belongs (id, account_id, blob_id, prefix).
DERIVED = (
    "sent_at", "has_attachments", "from_name", "from_addr", "to_text", "subject", "preview", "message_id",
    "envelope", "bodystructure", "body", "head", "parts",
)  # fmt: skip
FIELDS = ("subject", "from_text", "to_text", "cc_text", "bcc_text")
TEXTS = ("headers", "body")
_EMAIL = (
    f"INSERT INTO email (id, account_id, blob_id, prefix, {', '.join(DERIVED)})"
    f" VALUES ({marks(4 + len(DERIVED))})"
)
_FIELDS = f"INSERT INTO email_fields (id, {', '.join(FIELDS)}) VALUES ({marks(1 + len(FIELDS))})"
_TEXTS = f"INSERT INTO email_text (id, {', '.join(TEXTS)}) VALUES ({marks(1 + len(TEXTS))})"


async def insert(
    tx: Tx, account_id: int, emails: Sequence[tuple[Prepared, bytes]], *, is_new_blob: bool = True
) -> list[int]:
    """Insert emails, given with their prefixes, with a reference to each body, and have them indexed; their
    ids.
    """
    new = [prepared.new_blob for prepared, _ in emails if prepared.new_blob is not None and is_new_blob]
    if new:
        await blobs.insert(tx, *new)
    for prepared, _ in emails if len(new) < len(emails) else ():
        if prepared.new_blob is None or not is_new_blob:
            await blobs.add_refs(tx, prepared.blob_id)
    known = [(ids.new_id(), prepared, prefix) for prepared, prefix in emails]
    await tx.execute_many(
        _EMAIL,
        [(email_id, account_id, one.blob_id, prefix, *derived(one)) for email_id, one, prefix in known],
    )
    await tx.execute_many(_FIELDS, [(email_id, *fields(one)) for email_id, one, _ in known])
    await tx.execute_many(_TEXTS, [(email_id, *texts(one, prefix)) for email_id, one, prefix in known])
    email_ids = [email_id for email_id, _, _ in known]
    await tx.execute_many(
        "INSERT INTO search_pending (id) VALUES (?)", [(email_id,) for email_id in email_ids]
    )
    return email_ids


async def rewrite(tx: Tx, email_id: int, prepared: Prepared, prefix: bytes) -> None:
    """Write what is derived of an email anew, and have it indexed anew (repair)."""
    changes = ", ".join(f"{name} = ?" for name in DERIVED)
    await tx.execute(f"UPDATE email SET {changes} WHERE id = ?", *derived(prepared), email_id)
    for table, statement, values in (
        ("email_fields", _FIELDS, fields(prepared)),
        ("email_text", _TEXTS, texts(prepared, prefix)),
    ):
        await tx.execute(f"DELETE FROM {table} WHERE id = ?", email_id)
        await tx.execute(statement, email_id, *values)
    await tx.execute("DELETE FROM email_order WHERE id = ?", email_id)
    await tx.execute("INSERT INTO search_pending (id) VALUES (?) ON CONFLICT (id) DO NOTHING", email_id)


def derived(prepared: Prepared) -> tuple[Any, ...]:
    """Values of `DERIVED`."""
    summary = prepared.summary
    return (
        summary.sent_at,
        int(summary.has_attachments),
        _text(summary.from_name),
        _text(summary.from_addr),
        _text(summary.to_text),
        _text(summary.subject),
        _text(summary.preview),
        _text(summary.message_id),
        summary.envelope,
        summary.bodystructure,
        summary.body,
        summary.head,
        summary.parts,
    )


def fields(prepared: Prepared) -> tuple[str, ...]:
    """Values of `FIELDS`."""
    found = prepared.fields
    return tuple(map(_text, (found.subject, found.from_text, found.to_text, found.cc_text, found.bcc_text)))


def texts(prepared: Prepared, prefix: bytes) -> tuple[str, str]:
    """Values of `TEXTS`; the prefix, which differs per recipient, is searched with the header."""
    summary = prepared.summary
    headers = f"{fold(prefix.decode('utf-8', 'replace'))} {summary.search_headers}"
    return _text(headers), _text(summary.search_body)


def _text(value: str) -> str:
    """The text without what a text column refuses: NUL, lone surrogates."""
    if "\0" in value:
        value = value.replace("\0", " ")
    if value.isascii():
        return value
    return value.encode("utf-8", "replace").decode()
