"""Who may be given rights on a mailbox: people and groups of the own domain, found by what is typed."""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import policy, settings
from backend.directory.pages import contains
from backend.directory.principal import Principal
from backend.formats.addresses import format_addr_spec
from backend.kit import db
from backend.mailstore.grants import ANYONE, GROUP_PREFIX, Holder

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible holder; `name` is a person's, empty for the others."""

    holder: Holder
    name: str


async def find(actor: Principal, text: str, *, limit: int = 8) -> list[Candidate]:
    """Groups, then people, whose name or address holds the text; everyone where the domain allows it.

    The user is none of them: the own mailboxes need no right.
    """
    account_id = policy.require_mail(actor)
    domain_id = actor.domain_id
    if domain_id is None or not text.strip():
        return []
    limit = max(1, min(limit, MOST_FOUND))
    pattern = contains(text)
    found = []
    if text.strip().lower() in ANYONE and await settings.get("shares.anyone", domain_id=domain_id):
        found.append(Candidate(Holder(ANYONE, domain_id, ANYONE), ""))
    groups = await db.fetch_rows(
        "SELECT id, name FROM user_group WHERE domain_id = ? AND name LIKE ? ESCAPE '!'"
        " ORDER BY name LIMIT ?",
        domain_id,
        pattern,
        limit,
    )
    found += [Candidate(Holder("group", id_, GROUP_PREFIX + name), "") for id_, name in groups]
    people = await db.fetch_rows(
        "SELECT u.id, u.localpart, d.name, u.name FROM user_account u JOIN domain d ON d.id = u.domain_id"
        " WHERE u.domain_id = ? AND u.id <> ? AND u.is_shared = 0 AND u.is_enabled = 1"
        " AND (u.localpart LIKE ? ESCAPE '!' OR lower(u.name) LIKE ? ESCAPE '!'"
        " OR u.localpart || '@' || d.name LIKE ? ESCAPE '!')"
        " ORDER BY u.localpart LIMIT ?",
        domain_id,
        account_id,
        pattern,
        pattern,
        pattern,
        limit,
    )
    found += [
        Candidate(Holder("user", id_, format_addr_spec(localpart, domain)), name)
        for id_, localpart, domain, name in people
    ]
    return found[:limit]
