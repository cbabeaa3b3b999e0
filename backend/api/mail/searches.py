"""Searches: what was understood of one, what it may mean, and those that are kept."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.mailstore import saved_searches, search_suggestions
from backend.mailstore.search_syntax import Doubt, Term
from backend.submission import suggestions

MAX_TEXT = 100


strawberry.enum(
    Doubt,
    name="SearchDoubt",
    description="Why a term may not be what was meant: an operator whose value makes no sense is looked for"
    " AS_WORDS; there is NO_SUCH_NAME of a mailbox or tag; what is too much, or has nothing in it, is"
    " LEFT_OUT.",
)


@strawberry.type(description="A piece of a search, as it was typed.")
class SearchTerm:
    """A term."""

    start: int = strawberry.field(description="Where it stands, in UTF-16 units.")
    length: int
    operator: str | None
    value: str
    is_excluded: bool
    doubt: Doubt | None


def terms_of(text: str, terms: list[Term]) -> list[SearchTerm]:
    """Terms with their places as a browser counts them."""
    wide = not text.isascii()

    def units(part: str) -> int:
        return len(part.encode("utf-16-le")) // 2 if wide else len(part)

    return [
        SearchTerm(
            start=units(text[: term.start]),
            length=units(text[term.start : term.start + term.length]),
            operator=term.operator or None,
            value=term.value,
            is_excluded=term.is_excluded,
            doubt=term.doubt,
        )
        for term in terms
    ]


@strawberry.type
class SearchPerson:
    """Somebody who may be meant."""

    name: str
    address: str


@strawberry.type
class SearchSuggestions:
    """What a text may mean."""

    people: list[SearchPerson]
    tags: list[str]
    files: list[str]


@strawberry.type
class SavedSearch:
    """A search that is kept."""

    id: strawberry.ID
    name: str
    query: str

    @classmethod
    def from_row(cls, row: saved_searches.SavedSearch) -> SavedSearch:
        """As its owner sees it."""
        return cls(id=strawberry.ID(str(row.id)), name=row.name, query=row.query)


async def _search_suggestions(info: Info, text: str) -> SearchSuggestions:
    context, text = info.context, text[:MAX_TEXT].strip()
    if not text:
        return SearchSuggestions(people=[], tags=[], files=[])
    account_id = context.account_id
    found = await suggestions.find(account_id, context.signed_in.domain_id, text, limit=5)
    return SearchSuggestions(
        people=[SearchPerson(name=one.name, address=one.address) for one in found],
        tags=await search_suggestions.tags(account_id, text),
        files=await search_suggestions.files(account_id, text),
    )


async def _saved_searches(info: Info) -> list[SavedSearch]:
    return [SavedSearch.from_row(row) for row in await saved_searches.of_account(info.context.account_id)]


async def _save_search(info: Info, name: str, query: str, id: strawberry.ID | None = None) -> SavedSearch:
    search_id = one_id(id, "id") if id is not None else None
    row = await saved_searches.save(info.context.account_id, name, query, search_id=search_id)
    return SavedSearch.from_row(row)


async def _delete_saved_search(info: Info, id: strawberry.ID) -> bool:
    await saved_searches.remove(info.context.account_id, one_id(id, "id"))
    return True


@strawberry.type
class SearchQueries:
    """Reading what helps to search."""

    search_suggestions: SearchSuggestions = signed_in(
        _search_suggestions, description="People, tags and attachments that a text may mean; 5 of each."
    )
    saved_searches: list[SavedSearch] = signed_in(_saved_searches)


@strawberry.type
class SearchMutations:
    """Keeping searches."""

    save_search: SavedSearch = signed_in(_save_search, description="Keeps a search, or changes one.")
    delete_saved_search: bool = signed_in(_delete_saved_search)
