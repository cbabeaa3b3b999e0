"""Searches over the schema: what was understood, suggestions, kept searches; and keys of one's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend.directory.principal import Principal
from backend.kit import db
from backend.mailstore import fulltext, ingest
from backend.mailstore.keywords import keyword_bits
from tests.backend.api.test_mail import codes, data, fill, maren, message

__all__ = ["maren"]

SEARCH = """query($text: String!) { view(search: $text) {
  total terms { start length operator value isExcluded doubt } } }"""
SAVE = """mutation($name: String!, $query: String!, $id: ID) {
  saveSearch(name: $name, query: $query, id: $id) { id } }"""
SAVED = "{ savedSearches { name query } }"
KEYS = """mutation($on: Boolean!, $keys: [CommandKeysInput!]!) {
  setShortcuts(isOn: $on, keys: $keys) { isOn keys { command keys } } }"""


async def test_a_search_says_what_it_understood_in_a_browsers_units(maren: Principal) -> None:
    await fill(maren, 1)

    view = (await data(SEARCH, maren, text="😀 -from:amara before:soon"))["view"]

    assert [(one["start"], one["length"]) for one in view["terms"]] == [(3, 11), (15, 11)]
    assert view["terms"][0] == {
        "start": 3,
        "length": 11,
        "operator": "from",
        "value": "amara",
        "isExcluded": True,
        "doubt": None,
    }
    assert view["terms"][1]["doubt"] == "AS_WORDS"
    assert (await data("{ view { terms { start } } }", maren))["view"]["terms"] == []


async def test_a_search_says_which_folders_and_tags_are_not_there_and_who_me_is(maren: Principal) -> None:
    await fill(maren, 1)
    own = b"From: Maren <maren@example.test>\r\nSubject: Mine\r\n\r\nHello"
    await ingest.store(own, maren.id, "sent")
    while await fulltext.index_pending():
        pass

    view = (await data(SEARCH, maren, text="in:nowhere in:sent tag:nothing from:@"))["view"]

    assert [one["doubt"] for one in view["terms"]] == ["NO_SUCH_NAME", None, "NO_SUCH_NAME", "LEFT_OUT"]
    assert (await data(SEARCH, maren, text="from:me"))["view"]["total"] == 1
    assert (await data(SEARCH, maren, text="-from:me"))["view"]["total"] == 1


async def test_too_many_alternatives_are_refused(maren: Principal) -> None:
    assert await codes(SEARCH, maren, text=" ".join(f"(a{n} OR b{n})" for n in range(12))) == ["INVALID"]


async def test_suggestions_name_people_tags_and_files(maren: Principal) -> None:
    raw = message(1).replace(
        b"\r\n\r\n",
        b'\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename="budget.csv"\r\n\r\n',
    )
    await ingest.store(raw, maren.id, "inbox")
    await db.write(lambda tx: keyword_bits(tx, maren.id, ["Budgets"]))
    while await fulltext.index_pending():
        pass
    suggest = "query($text: String!) { searchSuggestions(text: $text) { people { address } tags files } }"

    found = (await data(suggest, maren, text="budg"))["searchSuggestions"]

    assert (found["tags"], found["files"]) == (["Budgets"], ["budget.csv"])
    nothing: dict[str, list[str]] = {"people": [], "tags": [], "files": []}
    assert (await data(suggest, maren, text="  "))["searchSuggestions"] == nothing


async def test_searches_are_kept_changed_and_forgotten(maren: Principal) -> None:
    first = (await data(SAVE, maren, name="Unread", query="is:unread"))["saveSearch"]["id"]
    await data(SAVE, maren, name="Ann", query="from:ann")

    assert await codes(SAVE, maren, name="Unread", query="is:read") == ["CONFLICT"]
    assert await codes(SAVE, maren, name=" ", query="is:read") == ["INVALID"]
    assert await codes(SAVE, maren, name="Nothing", query="()") == ["INVALID"]
    assert await codes(SAVE, maren, name="Other", query="a", id="77") == ["NOT_FOUND"]
    await data(SAVE, maren, name="Zunread", query="is:unread", id=first)
    assert (await data(SAVED, maren))["savedSearches"] == [
        {"name": "Ann", "query": "from:ann"},
        {"name": "Zunread", "query": "is:unread"},
    ]
    forget = "mutation($id: ID!) { deleteSavedSearch(id: $id) }"
    await data(forget, maren, id=first)
    assert await codes(forget, maren, id=first) == ["NOT_FOUND"]


async def test_the_number_of_kept_searches_is_bounded(maren: Principal) -> None:
    for number in range(50):
        await data(SAVE, maren, name=f"Search {number}", query="x1")

    assert await codes(SAVE, maren, name="One more", query="x1") == ["LIMIT_EXCEEDED"]


async def test_keys_are_kept_for_the_user(maren: Principal) -> None:
    asked = "{ shortcuts { isOn keys { command keys } } }"
    assert (await data(asked, maren))["shortcuts"] == {"isOn": True, "keys": []}
    chosen = [{"command": "archive", "keys": ["y", "g Shift+e"]}, {"command": "mute", "keys": []}]

    await data(KEYS, maren, on=False, keys=chosen)

    assert (await data(asked, maren))["shortcuts"] == {"isOn": False, "keys": chosen}


@pytest.mark.parametrize("keys", [["a b c"], ["x" * 30], [""], ["Hyper+x"], ["a"] * 5, ["\u0007"]])
async def test_what_is_no_key_is_refused(maren: Principal, keys: list[str]) -> None:
    assert await codes(KEYS, maren, on=True, keys=[{"command": "archive", "keys": keys}]) == ["INVALID"]
    assert await codes(KEYS, maren, on=True, keys=[{"command": "No command", "keys": ["a"]}]) == ["INVALID"]


async def test_dates_are_days_of_the_browsers_zone(maren: Principal) -> None:
    """What came at 22:30 UTC came the next day in Berlin; a zone nobody knows is UTC."""
    at = int(datetime(2026, 6, 1, 22, 30, tzinfo=UTC).timestamp())
    await ingest.store(message(1), maren.id, "inbox", internal_at=at)
    document = "query($text: String!, $zone: String) { view(search: $text, timeZone: $zone) { total } }"

    async def total(text: str, zone: str | None) -> int:
        return int((await data(document, maren, text=text, zone=zone))["view"]["total"])

    assert await total("after:2026-06-02", "Europe/Berlin") == 1
    assert await total("before:2026-06-02", "Europe/Berlin") == 0
    for zone in (None, "UTC", "Middle/Earth", "../../etc/passwd", "Europe", "x" * 300, ""):
        assert await total("after:2026-06-02", zone) == 0, zone
        assert await total("before:2026-06-02", zone) == 1, zone
