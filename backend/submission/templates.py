"""Templates: named texts, with a subject, to begin messages with."""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, NotFound
from backend.submission.kept_texts import check_html, check_name, check_subject

MOST = 200


@dataclass(frozen=True, slots=True)
class Template:
    """A stored template."""

    id: int
    name: str
    subject: str
    html: str


async def list_own(account_id: int) -> list[Template]:
    """All of an account, by name."""
    rows = await db.fetch_rows(
        "SELECT id, name, subject, html FROM message_template WHERE account_id = ? ORDER BY name, id LIMIT ?",
        account_id,
        MOST,
    )
    return [Template(*row) for row in rows]


async def create(account_id: int, name: str, subject: str, html: str) -> Template:
    """Keep a new one. Raises InvalidSyntax, TooLarge, LimitExceeded."""
    made = Template(ids.new_id(), check_name(name), check_subject(subject), check_html(html))

    async def verb(tx: Tx) -> None:
        count = await tx.fetch_value("SELECT COUNT(*) FROM message_template WHERE account_id = ?", account_id)
        if count >= MOST:
            raise LimitExceeded(f"There are {MOST} templates already: remove one first")
        await tx.execute(
            "INSERT INTO message_template (id, account_id, name, subject, html, changed_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            made.id,
            account_id,
            made.name,
            made.subject,
            made.html,
            clock.now(),
        )

    await db.write(verb)
    return made


async def update(account_id: int, template_id: int, name: str, subject: str, html: str) -> Template:
    """Change one. Raises NotFound, InvalidSyntax, TooLarge."""
    changed = Template(template_id, check_name(name), check_subject(subject), check_html(html))

    async def verb(tx: Tx) -> None:
        touched = await tx.execute(
            "UPDATE message_template SET name = ?, subject = ?, html = ?, changed_at = ?"
            " WHERE id = ? AND account_id = ?",
            changed.name,
            changed.subject,
            changed.html,
            clock.now(),
            template_id,
            account_id,
        )
        if not touched:
            raise NotFound("There is no such template")

    await db.write(verb)
    return changed


async def remove(account_id: int, template_id: int) -> None:
    """Remove one. Raises NotFound."""

    async def verb(tx: Tx) -> None:
        if not await tx.execute(
            "DELETE FROM message_template WHERE id = ? AND account_id = ?", template_id, account_id
        ):
            raise NotFound("There is no such template")

    await db.write(verb)
