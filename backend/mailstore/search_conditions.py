"""Tests of a search as conditions on rows, and the mailboxes it looks into."""

from __future__ import annotations

from collections.abc import Sequence

from backend.formats.search_text import fold
from backend.kit import db
from backend.mailstore import keywords, search_terms
from backend.mailstore.flag_bits import FIRST_KEYWORD_BIT
from backend.mailstore.fulltext import Conditions
from backend.mailstore.mailbox_names import INBOX
from backend.mailstore.search_terms import Check
from backend.mailstore.types import MailboxId, MailboxRow, SpecialUse

_HIDDEN = (SpecialUse.TRASH, SpecialUse.JUNK)
_ALIASES = {"spam": "junk", "bin": "trash"}
_EVERYWHERE = ("anywhere", "all")
_NOTHING = ("1 = 0", ())
HAS_ATTACHMENT = Check(search_terms.ATTACHMENT)

_Condition = tuple[str, tuple[int | str, ...]]
_ON_ROWS = {
    search_terms.FLAG: "m.flags & ? <> 0",
    search_terms.AFTER: "m.internal_at >= ?",
    search_terms.BEFORE: "m.internal_at < ?",
    search_terms.LARGER: "m.size_bytes > ?",
    search_terms.SMALLER: "m.size_bytes < ?",
}
_SENT_TO = {search_terms.CC: "cc_text", search_terms.BCC: "bcc_text"}


def mailboxes_of(rows: list[MailboxRow], tests: Sequence[Check], mailbox_id: int | None) -> list[MailboxId]:
    """Where to look: in what `in:` names, else everywhere but in Trash and Junk."""
    places = [test for test in tests if test.kind == search_terms.MAILBOX]
    if mailbox_id is not None:
        among = {row.id for row in rows if row.id == mailbox_id}
    elif any(not test.is_excluded for test in places):
        among = {row.id for row in rows}
    else:
        among = {row.id for row in rows if row.special_use not in _HIDDEN}
    for test in places:
        ids = named(rows, str(test.value))
        among = among - ids if test.is_excluded else among & ids
    return sorted(among)


def named(rows: list[MailboxRow], name: str) -> set[MailboxId]:
    """The mailboxes that `in:` means by a name: by use, by path, or by the last part of it."""
    wanted = name.casefold()
    if means_all(name):
        return {row.id for row in rows}
    use = _ALIASES.get(wanted, wanted)
    found = {row.id for row in rows if row.special_use == use or row.name.casefold() == wanted}
    if wanted == "inbox":
        found = {row.id for row in rows if row.name == INBOX}
    return found or {row.id for row in rows if row.name.casefold().rpartition("/")[2] == wanted}


def means_all(name: str) -> bool:
    """Whether `in:` means every mailbox by that name, whatever is called so."""
    return name.casefold() in _EVERYWHERE


async def of(account_id: int, tests: Sequence[Check], among: Sequence[int]) -> Conditions:
    """All tests that rows can answer; the others (`search_files`) are left out."""
    held: list[_Condition] = [(f"m.mailbox_id IN ({db.marks(len(among))})", tuple(among))]
    for test in tests:
        condition = await _condition(account_id, test)
        if condition is not None:
            where, args = condition
            held.append((f"NOT ({where})" if test.is_excluded else where, args))
    return Conditions(
        " AND ".join(where for where, _ in held), tuple(arg for _, args in held for arg in args)
    )


async def _condition(account_id: int, test: Check) -> _Condition | None:
    if test.kind in _ON_ROWS:
        return _ON_ROWS[test.kind], (test.value,)
    if test.kind == search_terms.ATTACHMENT:
        return "e.has_attachments = 1", ()
    if test.kind == search_terms.MUTED:
        return "m.thread_id IN (SELECT id FROM muted_thread WHERE account_id = ?)", (account_id,)
    if test.kind in _SENT_TO:
        column = _SENT_TO[test.kind]
        exists = (
            f"EXISTS (SELECT 1 FROM email_fields f WHERE f.id = m.email_id AND f.{column} LIKE ? ESCAPE '\\')"
        )
        return exists, (contains(fold(str(test.value))),)
    if test.kind == search_terms.TAG:
        return await _tag(account_id, str(test.value))
    return None


async def _tag(account_id: int, name: str) -> _Condition:
    names = [one.casefold() for one in await keywords.current_names(account_id)]
    for spelled in spellings(name):
        if spelled in names:
            return "m.flags & ? <> 0", (1 << FIRST_KEYWORD_BIT + names.index(spelled),)
    return _NOTHING


def spellings(tag: str) -> tuple[str, ...]:
    """How a tag of that name may be written as a keyword."""
    wanted = tag.casefold()
    return wanted, wanted.replace(" ", "_"), f"${wanted}"


def contains(text: str) -> str:
    """A LIKE pattern for a text somewhere within, escaped by a backslash."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
