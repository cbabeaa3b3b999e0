"""A filter as it is stored: conditions, all or any of which must hold, and what is then done.

Every relation and action has its Sieve equivalent, so that a filter can be written as a script later:

* from, to, cc, recipient: `address` (and `envelope "to"`) with `:contains`, `:is`, `:matches`, `:domain`
* subject, header, list id: `header`; `exists` for whether there is one
* body: `body :text` (RFC 5173); size: `size :over/:under`
* attachments: `foreverypart` with `header :mime` (RFC 5703); priority, spam: `header` of those fields
* move, copy: `fileinto :mailboxid` (RFC 9042), `:copy` (RFC 3894); archive, junk, delete: `:specialuse`
  (RFC 8579); tag, read, star: `addflag` (RFC 5232); forward: `redirect :copy`; stop: `stop`
"""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from backend.kit.errors import InvalidSyntax, LimitExceeded

MOST_CONDITIONS = 20
MOST_ACTIONS = 10
MOST_ADDRESSES = 10
LONGEST_VALUE = 300
LONGEST_PATTERN = 100
LONGEST_NAME = 200
LARGEST_SIZE = 1 << 40
PRIORITIES = ("high", "normal", "low")

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_FIELD_NAME = re.compile(r"[!-9;-~]{1,76}")
# RFC 9051 §9 flag-keyword; system keywords begin with $.
_KEYWORD = re.compile(r"[^\x00-\x20\x7f-\U0010ffff(){%*\"\\\]$][^\x00-\x20\x7f-\U0010ffff(){%*\"\\\]]{0,99}")


class Field(StrEnum):
    """What of a message a condition looks at. RECIPIENT is To, Cc, Bcc and the address it came in by;
    MAILING_LIST is whether a list sent it, SPAM what another server's filter said of it.
    """

    FROM = "from"
    TO = "to"
    CC = "cc"
    RECIPIENT = "recipient"
    SUBJECT = "subject"
    HEADER = "header"
    BODY = "body"
    SIZE = "size"
    ATTACHMENT = "attachment"
    ATTACHMENT_NAME = "attachment_name"
    LIST_ID = "list_id"
    MAILING_LIST = "mailing_list"
    PRIORITY = "priority"
    SPAM = "spam"


class Relation(StrEnum):
    """How it is compared, without regard to case. MATCHES knows `*` and `?`; DOMAIN is that domain or one
    below it.
    """

    CONTAINS = "contains"
    IS = "is"
    BEGINS = "begins"
    ENDS = "ends"
    MATCHES = "matches"
    DOMAIN = "domain"
    EXISTS = "exists"
    OVER = "over"
    UNDER = "under"


class Match(StrEnum):
    """How many of the conditions must hold."""

    ALL = "all"
    ANY = "any"


class Act(StrEnum):
    """What is done; all but COPY, TAG, READ, STAR and FORWARD say where the message is filed."""

    MOVE = "move"
    COPY = "copy"
    TAG = "tag"
    READ = "read"
    STAR = "star"
    ARCHIVE = "archive"
    JUNK = "junk"
    DELETE = "delete"
    FORWARD = "forward"


class Condition(msgspec.Struct, frozen=True, omit_defaults=True):
    """`value` is text, digits for a size in bytes, one of PRIORITIES for a priority; `header` is the name of
    a HEADER.
    """

    field: Field
    relation: Relation
    value: str = ""
    header: str = ""
    is_negated: bool = False


class Action(msgspec.Struct, frozen=True, omit_defaults=True):
    """`mailbox_id` is of MOVE and COPY, with the `path` it had then; `keyword` of TAG, `addresses` of
    FORWARD.
    """

    act: Act
    mailbox_id: int = 0
    path: str = ""
    keyword: str = ""
    addresses: tuple[str, ...] = ()


class Definition(msgspec.Struct, frozen=True, omit_defaults=True):
    """Conditions and actions; with `stops` no later filter sees a message that matched."""

    match: Match
    conditions: tuple[Condition, ...]
    actions: tuple[Action, ...]
    stops: bool = False

    @property
    def reads_content(self) -> bool:
        """Whether the header alone does not tell."""
        return any(one.field in _CONTENT for one in self.conditions)

    def targets(self) -> list[Action]:
        """The actions that name a mailbox."""
        return [action for action in self.actions if action.act in _WITH_MAILBOX]


_CONTENT = frozenset({Field.BODY, Field.ATTACHMENT, Field.ATTACHMENT_NAME})
_WITH_MAILBOX = frozenset({Act.MOVE, Act.COPY})
_TEXT = frozenset({Relation.CONTAINS, Relation.IS, Relation.BEGINS, Relation.ENDS, Relation.MATCHES})
_TEXT_OR_NONE = _TEXT | {Relation.EXISTS}
_ADDRESS = _TEXT_OR_NONE | {Relation.DOMAIN}
_IS_THERE = frozenset({Relation.EXISTS})
RELATIONS: dict[Field, frozenset[Relation]] = {
    Field.FROM: _ADDRESS,
    Field.TO: _ADDRESS,
    Field.CC: _ADDRESS,
    Field.RECIPIENT: _ADDRESS,
    Field.SUBJECT: _TEXT_OR_NONE,
    Field.HEADER: _TEXT_OR_NONE,
    Field.LIST_ID: _TEXT_OR_NONE,
    Field.BODY: frozenset({Relation.CONTAINS, Relation.MATCHES}),
    Field.SIZE: frozenset({Relation.OVER, Relation.UNDER}),
    Field.ATTACHMENT: _IS_THERE,
    Field.ATTACHMENT_NAME: _TEXT,
    Field.MAILING_LIST: _IS_THERE,
    Field.PRIORITY: frozenset({Relation.IS}),
    Field.SPAM: _IS_THERE,
}


def encode(definition: Definition) -> str:
    """The text that is stored."""
    return msgspec.json.encode(definition).decode()


def decode(text: str) -> Definition | None:
    """What `encode` wrote; None where it cannot be read any more."""
    try:
        definition = msgspec.json.decode(text, type=Definition)
        check(definition)
    except (msgspec.MsgspecError, InvalidSyntax, LimitExceeded):
        return None
    return definition


def check(definition: Definition) -> None:
    """Raises InvalidSyntax or LimitExceeded, which name the field at fault as `conditions.2.value`."""
    if not definition.conditions:
        raise InvalidSyntax("A filter needs a condition", field="conditions")
    if not definition.actions:
        raise InvalidSyntax("A filter needs something to do", field="actions")
    if len(definition.conditions) > MOST_CONDITIONS:
        raise LimitExceeded(f"A filter has at most {MOST_CONDITIONS} conditions", field="conditions")
    if len(definition.actions) > MOST_ACTIONS:
        raise LimitExceeded(f"A filter does at most {MOST_ACTIONS} things", field="actions")
    for number, condition in enumerate(definition.conditions):
        _check_condition(condition, f"conditions.{number}")
    for number, action in enumerate(definition.actions):
        _check_action(action, f"actions.{number}")


def _check_condition(condition: Condition, at: str) -> None:
    if condition.relation not in RELATIONS[condition.field]:
        raise InvalidSyntax("That cannot be compared in this way", field=f"{at}.relation")
    if condition.field is Field.HEADER and _FIELD_NAME.fullmatch(condition.header) is None:
        raise InvalidSyntax("Name the header field, for example X-Mailer", field=f"{at}.header")
    value = condition.value
    if condition.relation is Relation.EXISTS:
        return
    if len(value) > LONGEST_VALUE or _CONTROL.search(value):
        raise InvalidSyntax(
            f"A text of one line with at most {LONGEST_VALUE} characters is needed", field=f"{at}.value"
        )
    if condition.relation is Relation.MATCHES and len(value) > LONGEST_PATTERN:
        raise LimitExceeded(f"A pattern has at most {LONGEST_PATTERN} characters", field=f"{at}.value")
    if not value.strip():
        raise InvalidSyntax("Say what to look for", field=f"{at}.value")
    if condition.field is Field.SIZE and not (
        value.isascii() and value.isdigit() and int(value) <= LARGEST_SIZE
    ):
        raise InvalidSyntax("A size in bytes is needed", field=f"{at}.value")
    if condition.field is Field.PRIORITY and value not in PRIORITIES:
        raise InvalidSyntax(f"A priority is one of {', '.join(PRIORITIES)}", field=f"{at}.value")


def _check_action(action: Action, at: str) -> None:
    if action.act in _WITH_MAILBOX and action.mailbox_id <= 0:
        raise InvalidSyntax("Choose a folder", field=f"{at}.mailboxId")
    if action.act is Act.TAG and _KEYWORD.fullmatch(action.keyword) is None:
        raise InvalidSyntax(
            "A tag is one word of plain letters, digits and marks, at most 100", field=f"{at}.keyword"
        )
    if action.act is Act.FORWARD:
        if not action.addresses:
            raise InvalidSyntax("Say where to forward it", field=f"{at}.addresses")
        if len(action.addresses) > MOST_ADDRESSES:
            raise LimitExceeded(f"At most {MOST_ADDRESSES} addresses", field=f"{at}.addresses")
