"""GraphQL types of filters."""

from __future__ import annotations

import strawberry

from backend.api.inputs import one_id
from backend.api.mail.types import MessageRow
from backend.kit.errors import LimitExceeded
from backend.operations.filter_runs import Step, show_cursor
from backend.operations.filter_suggestions import Suggestion
from backend.operations.own_filters import Shown
from backend.operations.own_filters import Trouble as FilterTrouble
from backend.rules import definition as stored
from backend.rules.definition import MOST_ACTIONS, MOST_CONDITIONS
from backend.rules.definition import Act as FilterAct
from backend.rules.definition import Field as FilterField
from backend.rules.definition import Match as FilterMatch
from backend.rules.definition import Relation as FilterRelation
from backend.rules.filters import NewFilter

strawberry.enum(FilterField, name="FilterField", description="What a condition looks at.")
strawberry.enum(
    FilterRelation, name="FilterRelation", description="How it is compared, without regard to case."
)
strawberry.enum(FilterMatch, name="FilterMatch", description="How many conditions must hold.")
strawberry.enum(FilterAct, name="FilterAct", description="What is done with a message.")
strawberry.enum(FilterTrouble, name="FilterTrouble", description="Why a filter does not do all that it says.")


@strawberry.type
class FilterCondition:
    """One condition. A size is in bytes, a priority `high`, `normal` or `low`."""

    field: FilterField
    relation: FilterRelation
    value: str
    header: str = strawberry.field(description="The field's name, for HEADER.")
    is_negated: bool


@strawberry.type
class FilterAction:
    """One action, with the folder, tag or addresses it is about."""

    act: FilterAct
    mailbox_id: strawberry.ID | None
    path: str | None = strawberry.field(description="The folder's path, the last one where it is gone.")
    keyword: str | None
    addresses: list[str]


@strawberry.type
class MailFilter:
    """A filter; they run in the order of the list."""

    id: strawberry.ID
    name: str
    is_enabled: bool
    match: FilterMatch
    conditions: list[FilterCondition]
    actions: list[FilterAction]
    stops: bool = strawberry.field(description="No later filter sees a message that matched.")
    trouble: FilterTrouble | None

    @classmethod
    def of(cls, shown: Shown) -> MailFilter:
        """A stored filter; one that cannot be read has neither conditions nor actions."""
        one = shown.filter
        known = one.definition or stored.Definition(FilterMatch.ALL, (), ())
        return cls(
            id=strawberry.ID(str(one.id)),
            name=one.name,
            is_enabled=one.is_enabled,
            match=known.match,
            conditions=[
                FilterCondition(
                    field=c.field,
                    relation=c.relation,
                    value=c.value,
                    header=c.header,
                    is_negated=c.is_negated,
                )
                for c in known.conditions
            ],
            actions=[
                FilterAction(
                    act=a.act,
                    mailbox_id=strawberry.ID(str(a.mailbox_id)) if a.mailbox_id else None,
                    path=a.path or None,
                    keyword=a.keyword or None,
                    addresses=list(a.addresses),
                )
                for a in known.actions
            ],
            stops=known.stops,
            trouble=shown.trouble,
        )


@strawberry.input
class FilterConditionInput:
    """One condition."""

    field: FilterField
    relation: FilterRelation
    value: str = ""
    header: str = ""
    is_negated: bool = False


@strawberry.input
class FilterActionInput:
    """One action."""

    act: FilterAct
    mailbox_id: strawberry.ID | None = None
    keyword: str = ""
    addresses: list[str] = strawberry.field(default_factory=list)


@strawberry.input
class FilterInput:
    """What a filter is to be."""

    name: str
    is_enabled: bool = True
    match: FilterMatch = FilterMatch.ALL
    conditions: list[FilterConditionInput]
    actions: list[FilterActionInput]
    stops: bool = False

    def new(self) -> NewFilter:
        """Checked as far as it can be without the account."""
        definition = stored.Definition(
            self.match, conditions_of(self.conditions), _actions_of(self.actions), self.stops
        )
        return NewFilter(self.name, definition, self.is_enabled)


def conditions_of(inputs: list[FilterConditionInput]) -> tuple[stored.Condition, ...]:
    """The conditions as they are stored."""
    if len(inputs) > MOST_CONDITIONS:
        raise LimitExceeded(f"A filter has at most {MOST_CONDITIONS} conditions", field="conditions")
    return tuple(
        stored.Condition(one.field, one.relation, one.value, one.header.strip(), one.is_negated)
        for one in inputs
    )


def _actions_of(inputs: list[FilterActionInput]) -> tuple[stored.Action, ...]:
    if len(inputs) > MOST_ACTIONS:
        raise LimitExceeded(f"A filter does at most {MOST_ACTIONS} things", field="actions")
    return tuple(
        stored.Action(
            one.act,
            mailbox_id=one_id(one.mailbox_id, f"actions.{number}.mailboxId") if one.mailbox_id else 0,
            keyword=one.keyword,
            addresses=tuple(one.addresses),
        )
        for number, one in enumerate(inputs)
    )


@strawberry.type
class FilterPreview:
    """A dry run."""

    looked_at: int = strawberry.field(description="How many of the newest messages were looked at.")
    matched: int
    rows: list[MessageRow] = strawberry.field(description="The newest that match.")


@strawberry.type
class FilterSuggestion:
    """What a filter could go by that is made from a message; what there is none of is empty."""

    sender: str
    sender_name: str
    sender_domain: str
    list_id: str
    subject: str
    detail_address: str = strawberry.field(description="The own address with a +detail that it came by.")

    @classmethod
    def of(cls, found: Suggestion) -> FilterSuggestion:
        """As it was found."""
        return cls(
            sender=found.sender,
            sender_name=found.sender_name,
            sender_domain=found.sender_domain,
            list_id=found.list_id,
            subject=found.subject,
            detail_address=found.detail_address,
        )


@strawberry.type
class MovedFrom:
    """Messages that were moved out of a folder."""

    mailbox_id: strawberry.ID
    ids: list[strawberry.ID]


@strawberry.type
class MarkedMessages:
    """Messages that got a flag they did not have."""

    flag: str
    ids: list[strawberry.ID]


@strawberry.type
class FilterStep:
    """A step of applying a filter, and what takes it back."""

    looked_at: int
    matched: int
    next: str | None = strawberry.field(description="Go on after this; null where all was looked at.")
    moved: list[MovedFrom]
    marked: list[MarkedMessages]
    copied: list[strawberry.ID]

    @classmethod
    def of(cls, step: Step) -> FilterStep:
        """A step that was made."""
        marked = [("\\Seen", step.read), ("\\Flagged", step.starred), *step.tagged.items()]
        return cls(
            looked_at=step.looked_at,
            matched=step.matched,
            next=show_cursor(step.cursor) if step.cursor is not None else None,
            moved=[
                MovedFrom(mailbox_id=strawberry.ID(str(box)), ids=_ids(refs))
                for box, refs in step.moved.items()
            ],
            marked=[MarkedMessages(flag=flag, ids=_ids(refs)) for flag, refs in marked if refs],
            copied=_ids(step.copied),
        )


def _ids(refs: list[int]) -> list[strawberry.ID]:
    return [strawberry.ID(str(ref)) for ref in refs]
