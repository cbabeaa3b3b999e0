"""FUZZY search (RFC 6203): similar words by the full-text index, each hit with a score from 1 to 100.

Three rings around what was asked: the exact substring; all its words in any order, without diacritics, whole
or continued; the same with the ends of longer words cut off, so that `meetings` finds `meeting`.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.kit import db
from backend.mailstore import fulltext
from backend.mailstore.fulltext import Conditions
from backend.mailstore.search import Term, search_mailbox
from backend.mailstore.search_syntax import Phrase
from backend.mailstore.selection import by_values
from backend.mailstore.types import uid_of
from backend.mailstore.words import words

EXACT, WORDS, STEMS = 100, 70, 40
MAX_HITS = 10_000
MAX_WORDS = 16

_FIELDS = {
    "subject": "subject",
    "from": "sender",
    "to": "recipients",
    "cc": "recipients",
    "bcc": "recipients",
    "body": "body",
    "text": "",
}
_STEM_FROM = 6  # shorter words are not cut
_STEM_SHARE = 0.6


async def search(
    account_id: int, mailbox_id: int, term: Term, uids: Sequence[int] | None = None
) -> dict[int, int]:
    """Scores by UID, among `uids` or in the whole mailbox. Fields without an index column match
    exactly.
    """
    found = dict.fromkeys(await search_mailbox(mailbox_id, [term], uids), EXACT)
    field = _FIELDS.get(term.name if term.field == "header" else term.field)
    asked = [tuple(words(word)) for word in term.needle.split()[:MAX_WORDS]]
    asked = [word for word in asked if word]
    if field is None or not asked:
        return found
    await fulltext.index_pending()
    among = None if uids is None else set(uids)
    for score, cut in ((WORDS, False), (STEMS, True)):
        phrases = [Phrase(_stem(word) if cut else word, field, is_prefix=True) for word in asked]
        for uid in await _indexed(account_id, mailbox_id, phrases):
            if among is None or uid in among:
                found.setdefault(uid, score)
    return found


def _stem(phrase: tuple[str, ...]) -> tuple[str, ...]:
    last = phrase[-1]
    if len(last) < _STEM_FROM:
        return phrase
    return (*phrase[:-1], last[: max(4, round(len(last) * _STEM_SHARE))])


async def _indexed(account_id: int, mailbox_id: int, phrases: Sequence[Phrase]) -> list[int]:
    """UIDs of the newest messages of the mailbox that the index finds."""
    conditions = Conditions("m.mailbox_id = ?", (mailbox_id,))
    refs = await fulltext.engine().search(account_id, phrases, conditions, MAX_HITS)
    found: list[int] = []
    for chosen in by_values("ref", refs):
        rows = await db.fetch_rows(
            f"SELECT id FROM message WHERE {chosen.where} AND mailbox_id = ?", *chosen.args, mailbox_id
        )
        found += [uid_of(row[0]) for row in rows]
    return found
