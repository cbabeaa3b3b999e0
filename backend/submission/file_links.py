"""Large files as links: a file in pieces, under a secret address, until it expires or is revoked.

The address holds 192 random bits, of which the database knows a digest. What lies behind links counts to its
owner's quota. Whoever has the address may download; with a password only who knows that as well. Pieces are
durable before a row names them; those of an upload that broke off are removed as orphans by the blob sweep.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass

from backend.directory import limits, passwords, settings
from backend.kit import blobs, clock, db, ids
from backend.kit.blobs import NewBlob
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, OverQuota, PermissionDenied, TooLarge
from backend.mailstore import quota
from backend.submission.uploads import content_type_of

PIECE_BYTES = 4 * 1024 * 1024
MOST = 500
DAY_S = 86_400
LONGEST_PASSWORD = 200
_TOKEN_BYTES = 24
_COLUMNS = "id, account_id, name, content_type, size_bytes, password_hash, downloads, created_at, expires_at"


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file behind a link."""

    id: int
    account_id: int
    name: str
    content_type: str
    size_bytes: int
    password_hash: str
    downloads: int
    created_at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What a user may put behind links; `max_bytes` 0: nothing."""

    max_bytes: int
    offer_bytes: int
    max_days: int


async def limits_of(account_id: int) -> Limits:
    """The user's limits."""
    return Limits(
        await settings.get_number("links.max_bytes", user_id=account_id),
        await settings.get_number("links.offer_bytes", user_id=account_id),
        await settings.get_number("links.max_days", user_id=account_id),
    )


async def require_room(account_id: int, size_bytes: int) -> int:
    """Refuse a file before it is read; how many bytes it may have.

    Raises PermissionDenied (no links), TooLarge, OverQuota.
    """
    most = (await limits_of(account_id)).max_bytes
    if most == 0:
        raise PermissionDenied("Files cannot be sent as links here")
    if size_bytes > most:
        raise TooLarge(f"A file behind a link may have at most {most // 1_000_000} MB")
    allowed = await limits.delivery_quota(account_id)
    used = (await quota.usage(account_id)).used_bytes
    if allowed and used + size_bytes > allowed:
        raise OverQuota("The mailbox is full", needed_bytes=used + size_bytes - allowed)
    return most


async def create(
    account_id: int, name: str, content_type: str, content: AsyncIterable[bytes], *, days: int
) -> tuple[FileLink, str]:
    """Store a file as it comes in; the link and its token, which nobody can tell again.

    Raises what `require_room` does, and LimitExceeded (too many links).
    """
    most = await require_room(account_id, 0)
    life_days = min(max(days, 1), (await limits_of(account_id)).max_days)
    pieces: list[NewBlob] = [piece async for piece in _pieces(content, most)]
    token, now = secrets.token_urlsafe(_TOKEN_BYTES), clock.now()
    made = FileLink(
        ids.new_id(),
        account_id,
        name,
        content_type_of(content_type),
        sum(piece.size_bytes for piece in pieces),
        "",
        0,
        now,
        now + life_days * DAY_S,
    )
    allowed = await limits.delivery_quota(account_id)
    await db.write(lambda tx: _insert(tx, made, token, pieces, allowed))
    return made, token


async def _pieces(content: AsyncIterable[bytes], most: int) -> AsyncIterator[NewBlob]:
    held, total = bytearray(), 0
    async for chunk in content:
        held += chunk
        total += len(chunk)
        if total > most:
            raise TooLarge(f"A file behind a link may have at most {most // 1_000_000} MB")
        while len(held) >= PIECE_BYTES:
            yield await blobs.prepare(bytes(held[:PIECE_BYTES]))
            del held[:PIECE_BYTES]
    if held or not total:
        yield await blobs.prepare(bytes(held))


async def _insert(tx: Tx, made: FileLink, token: str, pieces: list[NewBlob], allowed: int) -> None:
    count = await tx.fetch_value("SELECT COUNT(*) FROM file_link WHERE account_id = ?", made.account_id)
    if count >= MOST:
        raise LimitExceeded(f"There are {MOST} links already: revoke some first")
    await quota.charge(tx, made.account_id, made.size_bytes, messages=0, quota_bytes=allowed)
    await blobs.insert(tx, *pieces)
    await tx.execute(
        f"INSERT INTO file_link ({_COLUMNS}, token_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.id,
        made.account_id,
        made.name,
        made.content_type,
        made.size_bytes,
        made.password_hash,
        made.downloads,
        made.created_at,
        made.expires_at,
        _digest(token),
    )
    await tx.execute_many(
        "INSERT INTO file_link_part (id, link_id, number, blob_id) VALUES (?, ?, ?, ?)",
        [(ids.new_id(), made.id, number, piece.id) for number, piece in enumerate(pieces)],
    )


async def list_own(account_id: int) -> list[FileLink]:
    """Links that still lead somewhere, the newest first."""
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM file_link WHERE account_id = ? AND expires_at > ? ORDER BY id DESC LIMIT ?",
        account_id,
        clock.now(),
        MOST,
    )
    return [FileLink(*row) for row in rows]


async def set_password(account_id: int, link_id: int, password: str) -> None:
    """Ask for a password from now on; an empty one asks for none. Raises NotFound, InvalidSyntax."""
    if len(password) > LONGEST_PASSWORD:
        raise InvalidSyntax(f"A password of at most {LONGEST_PASSWORD} characters", field="password")
    hashed = await passwords.hash_password(password) if password else ""

    async def verb(tx: Tx) -> None:
        if not await tx.execute(
            "UPDATE file_link SET password_hash = ? WHERE id = ? AND account_id = ?",
            hashed,
            link_id,
            account_id,
        ):
            raise NotFound("There is no such link")

    await db.write(verb)


async def revoke(account_id: int, link_id: int) -> None:
    """Remove a link and its file. Raises NotFound."""

    async def verb(tx: Tx) -> None:
        row = await tx.fetch_row(
            "SELECT id, account_id, size_bytes FROM file_link WHERE id = ? AND account_id = ?",
            link_id,
            account_id,
        )
        if row is None:
            raise NotFound("There is no such link")
        await _remove(tx, *row)

    await db.write(verb)


async def _remove(tx: Tx, link_id: int, account_id: int, size_bytes: int) -> None:
    parts = await tx.fetch_rows("SELECT blob_id FROM file_link_part WHERE link_id = ?", link_id)
    await blobs.release_all(tx, [blob_id for (blob_id,) in parts])
    await tx.execute("DELETE FROM file_link_part WHERE link_id = ?", link_id)
    await tx.execute("DELETE FROM file_link WHERE id = ?", link_id)
    await quota.charge(tx, account_id, -size_bytes, messages=0)


async def find(token: str) -> FileLink:
    """The link of a token. Raises NotFound for one that is unknown, expired or revoked."""
    row = await db.fetch_row(
        f"SELECT {_COLUMNS} FROM file_link WHERE token_hash = ? AND expires_at > ?",
        _digest(token),
        clock.now(),
    )
    if row is None:
        raise NotFound("The link is wrong, or the file is no longer kept")
    return FileLink(*row)


async def open_file(link: FileLink, password: str) -> AsyncIterator[bytes]:
    """The file's bytes, read piece by piece; counted as a download. Raises PermissionDenied."""
    if link.password_hash and not await passwords.verify(link.password_hash, password):
        raise PermissionDenied("That is not the password of this file")
    rows = await db.fetch_rows(
        "SELECT blob_id FROM file_link_part WHERE link_id = ? ORDER BY number", link.id
    )
    await db.write(
        lambda tx: tx.execute("UPDATE file_link SET downloads = downloads + 1 WHERE id = ?", link.id),
        durable=False,
    )
    return _read([blob_id for (blob_id,) in rows])


async def _read(blob_ids: list[int]) -> AsyncIterator[bytes]:
    for blob_id in blob_ids:
        yield await blobs.read(blob_id)


async def expire() -> int:
    """Remove what has expired; how many. Called by a job."""

    async def verb(tx: Tx) -> int:
        rows = await tx.fetch_rows(
            "SELECT id, account_id, size_bytes FROM file_link WHERE expires_at <= ? LIMIT 50", clock.now()
        )
        for row in rows:
            await _remove(tx, *row)
        return len(rows)

    return await db.write(verb)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
