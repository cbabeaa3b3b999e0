"""The web's search over an account: words in the full-text index, conditions on the rows, newest first.

Trash and Junk are left out unless the search names them (`in:trash`) or asks for all (`in:anywhere`). Of very
many hits the newest 10,000 count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

from backend.kit import clock, db
from backend.mailstore import fulltext, keywords, mailboxes, search_conditions, search_files, search_terms
from backend.mailstore.fulltext import Conditions
from backend.mailstore.search_branches import Branch, branches
from backend.mailstore.search_syntax import Doubt, Term, parse
from backend.mailstore.search_terms import Check
from backend.mailstore.selection import by_values
from backend.mailstore.types import MailboxRow

MAX_HITS = 10_000
MAX_OWN = 4
_ME = re.compile(r"\b(?:from|to|cc|bcc):\W*me\b", re.IGNORECASE)
_NAMING = ("in", "tag", "label")


@dataclass(frozen=True, slots=True)
class Found:
    """A window of the hits, and how many there are."""

    total: int
    refs: list[int]
    terms: list[Term]


async def search(
    account_id: int,
    text: str,
    *,
    mailbox_id: int | None = None,
    zone: tzinfo = UTC,
    offset: int = 0,
    limit: int = 60,
) -> Found:
    """Search an account, or one of its mailboxes; dates are days of the zone. An empty search, or an unknown
    mailbox in it, finds nothing. Raises InvalidSyntax for too many alternatives.
    """
    refs = await all_refs(account_id, text, mailbox_id=mailbox_id, zone=zone)
    return Found(len(refs), refs[offset : offset + limit], await terms(account_id, text))


async def terms(account_id: int, text: str) -> list[Term]:
    """The terms of a search; those that name a mailbox or a tag which is not there say so."""
    found = parse(text, now=clock.now()).terms
    if not any(term.operator in _NAMING for term in found):
        return found
    rows = await mailboxes.list_mailboxes(account_id)
    names = [one.casefold() for one in await keywords.current_names(account_id)]

    def is_there(term: Term) -> bool:
        if term.operator == "in":
            return bool(search_conditions.named(rows, term.value.strip()))
        return any(one in names for one in search_conditions.spellings(term.value.strip()))

    return [
        replace(term, doubt=Doubt.NO_SUCH_NAME)
        if term.operator in _NAMING and term.doubt is None and not is_there(term)
        else term
        for term in found
    ]


async def all_refs(
    account_id: int,
    text: str,
    *,
    mailbox_id: int | None = None,
    zone: tzinfo = UTC,
    limit: int = MAX_HITS,
) -> list[int]:
    """The refs of the newest hits of a search, at most `limit`."""
    own = await _own_addresses(account_id) if _ME.search(text) else ()
    wanted = branches(parse(text, now=clock.now(), zone=zone, own=own).tree)
    if not wanted:
        return []
    rows = await mailboxes.list_mailboxes(account_id)
    if any(branch.phrases for branch in wanted):
        # What arrived a moment ago is found too, unless a great deal did.
        await fulltext.index_pending()
    found = [await _branch(account_id, branch, rows, mailbox_id, limit) for branch in wanted]
    return found[0] if len(found) == 1 else await _newest({ref for refs in found for ref in refs}, limit)


async def _own_addresses(account_id: int) -> tuple[str, ...]:
    """What `me` stands for; of very many addresses the first."""
    row = await db.fetch_row(
        "SELECT u.localpart, d.name, d.id FROM user_account u JOIN domain d ON d.id = u.domain_id"
        " WHERE u.id = ?",
        account_id,
    )
    if row is None:
        return ()
    localpart, domain, domain_id = row
    aliases = await db.fetch_rows(
        "SELECT localpart FROM alias WHERE domain_id = ? AND is_enabled = 1 AND targets = ?"
        " ORDER BY localpart LIMIT ?",
        domain_id,
        json.dumps([f"{localpart}@{domain}"]),
        MAX_OWN - 1,
    )
    return tuple(f"{one}@{domain}" for one in [localpart, *(row[0] for row in aliases if row[0] != "*")])


async def _branch(
    account_id: int, branch: Branch, rows: list[MailboxRow], mailbox_id: int | None, limit: int
) -> list[int]:
    among = search_conditions.mailboxes_of(rows, branch.tests, mailbox_id)
    if not among:
        return []
    conditions = await search_conditions.of(account_id, branch.tests, among)
    looked_at = [test for test in branch.tests if test.kind == search_terms.FILE_NAME]
    if branch.phrases:
        refs = await fulltext.engine().search(account_id, branch.phrases, conditions, limit)
    elif looked_at and not looked_at[0].is_excluded:
        refs = await search_files.matching(account_id, looked_at[0], conditions, limit)
    else:
        refs = await _search_rows(conditions, limit)
    return await _without_others(account_id, refs, looked_at, conditions, limit) if looked_at else refs


async def _without_others(
    account_id: int, refs: list[int], tests: Sequence[Check], conditions: Conditions, limit: int
) -> list[int]:
    """Those of the refs that meet tests for which messages are looked at one by one."""
    for test in tests:
        matching = set(await search_files.matching(account_id, test, conditions, limit))
        refs = [ref for ref in refs if (ref in matching) != test.is_excluded]
    return refs


async def _search_rows(conditions: Conditions, limit: int) -> list[int]:
    rows = await db.scan(
        f"SELECT m.ref FROM message m{conditions.join('email')} WHERE {conditions.where}"
        " ORDER BY m.internal_at DESC, m.id DESC LIMIT ?",
        *conditions.args,
        limit,
    )
    return [row[0] for row in rows]


async def _newest(refs: set[int], limit: int) -> list[int]:
    """Hits of several branches in one order."""
    rows: list[db.Row] = []
    for chosen in by_values("ref", sorted(refs)):
        rows += await db.scan(f"SELECT internal_at, id, ref FROM message WHERE {chosen.where}", *chosen.args)
    return [row[2] for row in sorted(rows, reverse=True)[:limit]]
