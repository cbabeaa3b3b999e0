"""Reading, changing, trying and applying one's own filters."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import many_ids, one_id
from backend.api.mail import views
from backend.api.rules.types import (
    FilterConditionInput,
    FilterInput,
    FilterPreview,
    FilterStep,
    FilterSuggestion,
    MailFilter,
    conditions_of,
)
from backend.kit.errors import Conflict
from backend.operations import filter_runs, filter_suggestions, own_filters
from backend.rules import definition as stored
from backend.rules import filters, matching
from backend.rules.account_rules import Rule
from backend.rules.definition import Match as FilterMatch


async def _filters(info: Info) -> list[MailFilter]:
    return [MailFilter.of(one) for one in await own_filters.all_of(info.context.account_id)]


async def _filter_preview(
    info: Info,
    conditions: list[FilterConditionInput],
    match: FilterMatch = FilterMatch.ALL,
    everywhere: bool = False,
    first: int = 20,
) -> FilterPreview:
    account_id = info.context.account_id
    wanted = stored.Definition(match, conditions_of(conditions), (stored.Action(stored.Act.READ),))
    stored.check(wanted)
    found = await filter_runs.preview(account_id, wanted, everywhere=everywhere)
    rows = await views.rows(account_id, found.refs[: max(0, first)])
    return FilterPreview(looked_at=found.looked_at, matched=found.matched, rows=rows)


async def _filter_suggestion(info: Info, message_id: strawberry.ID) -> FilterSuggestion:
    found = await filter_suggestions.suggest(info.context.account_id, one_id(message_id, "messageId"))
    return FilterSuggestion.of(found)


async def _create_filter(info: Info, input: FilterInput, position: int | None = None) -> MailFilter:
    return MailFilter.of(await own_filters.create(info.context.account_id, input.new(), position))


async def _update_filter(info: Info, id: strawberry.ID, input: FilterInput) -> MailFilter:
    return MailFilter.of(await own_filters.update(info.context.account_id, one_id(id, "id"), input.new()))


async def _set_filter_enabled(info: Info, id: strawberry.ID, is_enabled: bool) -> MailFilter:
    account_id, filter_id = info.context.account_id, one_id(id, "id")
    await filters.set_enabled(account_id, filter_id, is_enabled)
    return MailFilter.of(await own_filters.one_of(account_id, filter_id))


async def _reorder_filters(info: Info, ids: list[strawberry.ID]) -> list[MailFilter]:
    wanted = many_ids(ids, "ids", limit=filters.MOST_FILTERS)
    await filters.reorder(info.context.account_id, wanted)
    return await _filters(info)


async def _remove_filter(info: Info, id: strawberry.ID) -> bool:
    await filters.remove(info.context.account_id, one_id(id, "id"))
    return True


async def _apply_filter(
    info: Info, id: strawberry.ID, mailbox_id: strawberry.ID, after: str | None = None
) -> FilterStep:
    account_id = info.context.account_id
    one = await filters.get(account_id, one_id(id, "id"))
    if one.definition is None:
        raise Conflict("This filter cannot be read any more: make it anew")
    rule = Rule(one.name, one.definition, matching.compile_definition(one.definition))
    cursor = filter_runs.read_cursor(after) if after is not None else None
    return FilterStep.of(await filter_runs.apply(account_id, rule, one_id(mailbox_id, "mailboxId"), cursor))


@strawberry.type
class FilterQueries:
    """Reading filters."""

    filters: list[MailFilter] = signed_in(_filters, description="One's own, in the order they run.")
    filter_preview: FilterPreview = signed_in(
        _filter_preview,
        description="What conditions match among the newest 1,000 messages of the inbox, or of all folders "
        "but Sent, Drafts, Junk and Trash; fewer are looked at where that takes too long.",
    )
    filter_suggestion: FilterSuggestion = signed_in(_filter_suggestion)


@strawberry.type
class FilterMutations:
    """Changing filters."""

    create_filter: MailFilter = signed_in(
        _create_filter, description="Behind the others where no position (from 0 on) is given."
    )
    update_filter: MailFilter = signed_in(_update_filter)
    set_filter_enabled: MailFilter = signed_in(_set_filter_enabled)
    reorder_filters: list[MailFilter] = signed_in(_reorder_filters)
    remove_filter: bool = signed_in(_remove_filter)
    apply_filter: FilterStep = signed_in(
        _apply_filter,
        description="Applies a filter to the next 500 messages of a folder, newest first; ask again with "
        "`next` until that is null. Nothing is forwarded.",
    )
