"""The arguments of NOTIFY (RFC 5465 §8): which events of which mailboxes the client wants to hear of.

What breaks the rules about combinations (§5, §6.1) is BAD; events that are not known here, AnnotationChange
among them, are NO with a list of those that are (§3.1).
"""

from __future__ import annotations

from dataclasses import dataclass

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar import fetch
from protocol_service.imap.grammar.fetch import Item
from protocol_service.imap.grammar.search_sources import ALONE, Source, one_source
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import MAX_EVENT_GROUPS, MAX_SEARCH_SOURCES

NEW, EXPUNGE, FLAGS = b"MESSAGENEW", b"MESSAGEEXPUNGE", b"FLAGCHANGE"
NAME, SUBSCRIPTION = b"MAILBOXNAME", b"SUBSCRIPTIONCHANGE"
METADATA, SERVER_METADATA = b"MAILBOXMETADATACHANGE", b"SERVERMETADATACHANGE"
OF_MESSAGES = frozenset({NEW, EXPUNGE, FLAGS})

SELECTED, DELAYED = b"SELECTED", b"SELECTED-DELAYED"

_NAMES = (
    b"MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange MailboxMetadataChange"
    b" ServerMetadataChange"
)
_KNOWN = frozenset(_NAMES.upper().split())
_ANNOTATION = b"ANNOTATIONCHANGE"
_OF_SELECTED = OF_MESSAGES | {_ANNOTATION}
_MAX_EVENTS = 32


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Some mailboxes with the events that are wanted of them, none for NONE.

    `items` are the data items that a new message of the selected mailbox is told with.
    """

    source: Source
    events: frozenset[bytes]
    items: tuple[Item, ...] = ()

    @property
    def is_of_selected(self) -> bool:
        """Whether it is about the selected mailbox, whichever that is."""
        return self.source.kind in {SELECTED, DELAYED}


@dataclass(frozen=True, slots=True)
class NotifyRequest:
    """What is wanted from now on; no group for NONE. `with_status` asks how the mailboxes are now."""

    groups: tuple[EventGroup, ...] = ()
    with_status: bool = False


def notify_request(lexer: Lexer) -> NotifyRequest:
    """`NONE`, or `SET [STATUS] (mailboxes events) …`."""
    lexer.space()
    if lexer.take_word(b"NONE"):
        lexer.end()
        return NotifyRequest()
    if not lexer.take_word(b"SET"):
        raise BadCommand("Expected SET or NONE")
    lexer.space()
    with_status = lexer.take_word(b"STATUS")
    if with_status:
        lexer.space()
    groups = [_group(lexer)]
    while not lexer.at_end():
        lexer.space()
        groups.append(_group(lexer))
        named = sum(len(group.source.names) for group in groups)
        if len(groups) > MAX_EVENT_GROUPS or named > MAX_SEARCH_SOURCES:
            raise Refused("Too much is to be watched", "NOTIFICATIONOVERFLOW")
    lexer.end()
    _check(groups)
    return NotifyRequest(tuple(groups), with_status)


def _group(lexer: Lexer) -> EventGroup:
    lexer.expect(b"(")
    source = one_source(lexer, ALONE | {DELAYED})
    lexer.space()
    events: frozenset[bytes] = frozenset()
    items: tuple[Item, ...] = ()
    if not lexer.take_word(b"NONE"):
        events, items = _events(lexer)
    lexer.expect(b")")
    return EventGroup(source, events, items)


def _events(lexer: Lexer) -> tuple[frozenset[bytes], tuple[Item, ...]]:
    """`(event …)`, where `(data items)` may stand behind MessageNew."""
    events: set[bytes] = set()
    items: tuple[Item, ...] = ()
    lexer.expect(b"(")
    count = 0
    while True:
        event = lexer.word()
        events.add(event)
        if event == NEW and lexer.text[lexer.at : lexer.at + 2] == b" (":
            lexer.space()
            items = fetch.attributes(lexer)
        if lexer.take(b")"):
            return frozenset(events), items
        lexer.space()
        count += 1
        if count > _MAX_EVENTS:
            raise BadCommand("Too many events")


def _check(groups: list[EventGroup]) -> None:
    wanted = frozenset().union(*(group.events for group in groups))
    if not wanted <= _KNOWN:
        raise Refused("Not all of these events are known", f"BADEVENT ({_NAMES.decode()})")
    if sum(group.is_of_selected for group in groups) > 1:
        raise BadCommand("The selected mailbox may be named once")
    for group in groups:
        if group.is_of_selected and not group.events <= _OF_SELECTED:
            raise BadCommand("Of the selected mailbox there are events of messages only")
        if group.items and not group.is_of_selected:
            raise BadCommand("Data items are for new messages of the selected mailbox")
        of_messages = group.events & OF_MESSAGES
        if of_messages and not {NEW, EXPUNGE} <= of_messages:
            raise BadCommand("MessageNew and MessageExpunge go together, FlagChange with both")
