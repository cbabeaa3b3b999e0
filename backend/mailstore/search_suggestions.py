"""What a search that is being typed may mean: tags, and attachments by name."""

from __future__ import annotations

from backend.formats.part import unpack
from backend.formats.search_text import fold
from backend.kit import db
from backend.mailstore import fulltext, keywords, mailboxes, search_conditions
from backend.mailstore.search_files import file_names
from backend.mailstore.search_syntax import Phrase
from backend.mailstore.selection import by_values
from backend.mailstore.types import SpecialUse
from backend.mailstore.words import words

MAX_FOUND = 5
# The newest messages that may have such an attachment; names are read out of these.
LOOKED_AT = 60
# Of a common word the emails with it that came last: while somebody types, the search itself has the machine.
ENTRIES = 2000
_HIDDEN = (SpecialUse.TRASH, SpecialUse.JUNK)


async def tags(account_id: int, text: str) -> list[str]:
    """Tags of the account that begin so."""
    wanted = text.casefold().strip()
    names = [name for name in await keywords.keyword_names(account_id) if not name.startswith("$")]
    return [name for name in names if name.casefold().startswith(wanted)][:MAX_FOUND] if wanted else []


async def files(account_id: int, text: str) -> list[str]:
    """Names of attachments of the newest messages in which the text stands."""
    named, wanted = tuple(words(text)), fold(text)
    among = [row.id for row in await mailboxes.list_mailboxes(account_id) if row.special_use not in _HIDDEN]
    if not named or not among or len(wanted) < 2:
        return []
    conditions = await search_conditions.of(account_id, [search_conditions.HAS_ATTACHMENT], among)
    phrases = [Phrase(named, "body", is_prefix=True)]
    refs = await fulltext.engine().search(account_id, phrases, conditions, LOOKED_AT, entries=ENTRIES)
    packed: dict[int, bytes] = {}
    for chosen in by_values("m.ref", refs):
        rows = await db.fetch_rows(
            f"SELECT m.ref, e.parts FROM message m JOIN email e ON e.id = m.email_id WHERE {chosen.where}",
            *chosen.args,
        )
        packed.update((row[0], bytes(row[1])) for row in rows)
    names = (name for ref in refs if ref in packed for name in file_names(unpack(packed[ref])))
    return list(dict.fromkeys(name for name in names if wanted in fold(name)))[:MAX_FOUND]
