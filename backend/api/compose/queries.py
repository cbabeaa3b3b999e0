"""Reading what is being written or sent."""

from __future__ import annotations

import strawberry

from backend.api.compose.types import DraftFate, Submission, Suggestion, submissions_of
from backend.api.context import Info
from backend.api.guards import signed_in
from backend.submission import fate, suggestions

MAX_SUGGESTIONS = 20
MAX_TEXT = 100


async def _suggestions(info: Info, text: str, limit: int = 8) -> list[Suggestion]:
    context = info.context
    found = await suggestions.find(
        context.account_id,
        context.signed_in.domain_id,
        text[:MAX_TEXT],
        limit=min(max(limit, 1), MAX_SUGGESTIONS),
    )
    return [Suggestion(name=one.name, address=one.address, source=one.source) for one in found]


async def _draft_fate(info: Info, key: str) -> DraftFate:
    return DraftFate.from_fate(await fate.of_key(info.context.account_id, key))


async def _submissions(info: Info) -> list[Submission]:
    return await submissions_of(info.context.account_id)


@strawberry.type
class ComposeQueries:
    """Suggestions, submissions, and what has become of drafts."""

    suggestions: list[Suggestion] = signed_in(_suggestions)
    submissions: list[Submission] = signed_in(_submissions)
    draft_fate: DraftFate = signed_in(
        _draft_fate, description="What has become of the draft that was saved with that key."
    )
