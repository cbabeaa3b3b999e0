"""How Maren has arranged her desk: tags and folders with colours, saved searches, filters."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from backend.directory import preferences
from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import saved_searches
from backend.operations.demo.people import HANNAH, JONAS, RAFAEL, RAILWAY
from backend.rules import filters
from backend.rules.definition import Act, Action, Condition, Definition, Field, Match, Relation
from backend.rules.filters import NewFilter

# Keyword and hue; folder and hue (of seven).
_TAGS = {"North_wing": 5, "Planning_day": 1, "Suppliers": 2, "Travel": 4}
_FOLDERS = {"Projects/North wing": 5, "Projects/Planning day": 1, "Receipts": 2}
_SEARCHES = (
    ("Invoices to pay", "subject:invoice has:attachment"),
    ("Waiting for me", "is:unread older_than:2d in:inbox"),
)


async def arrange(account_id: int, folders: Mapping[str, int]) -> None:
    """Lay it out; `folders` are ids by name."""
    colours = {f"tag:{keyword}": hue for keyword, hue in _TAGS.items()} | {
        f"folder:{folders[name]}": hue for name, hue in _FOLDERS.items()
    }
    await preferences.put(
        account_id, {name: orjson.dumps({"hue": hue}).decode() for name, hue in colours.items()}
    )
    for name, query in _SEARCHES:
        await saved_searches.save(account_id, name, query)

    async def verb(tx: Tx) -> None:
        for new in _filters(folders):
            await filters.add(tx, account_id, new)

    await db.write(verb)


def _filters(folders: Mapping[str, int]) -> tuple[NewFilter, ...]:
    receipts = Action(Act.MOVE, mailbox_id=folders["Receipts"], path="Receipts")
    return (
        _filter(
            "Tickets and receipts",
            (_from(RAILWAY.address), Condition(Field.SUBJECT, Relation.CONTAINS, "receipt")),
            (Action(Act.TAG, keyword="Travel"), receipts),
            Match.ANY,
        ),
        _filter(
            "Timber",
            (Condition(Field.FROM, Relation.DOMAIN, JONAS.mailbox.domain),),
            (Action(Act.TAG, keyword="Suppliers"),),
        ),
        _filter(
            "Post from the archive",
            (_from(HANNAH.address), Condition(Field.ATTACHMENT, Relation.EXISTS)),
            (Action(Act.STAR),),
        ),
        _filter("Garden newsletter", (_from(RAFAEL.address),), (Action(Act.ARCHIVE),), is_enabled=False),
    )


def _filter(
    name: str,
    conditions: tuple[Condition, ...],
    actions: tuple[Action, ...],
    match: Match = Match.ALL,
    *,
    is_enabled: bool = True,
) -> NewFilter:
    return NewFilter(name, Definition(match, conditions, actions), is_enabled)


def _from(address: str) -> Condition:
    return Condition(Field.FROM, Relation.IS, address)
