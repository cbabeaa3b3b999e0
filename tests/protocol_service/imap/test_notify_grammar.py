"""The arguments of NOTIFY (RFC 5465 §8): what is understood, what is BAD, what is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar.fetch import BodyItem
from protocol_service.imap.grammar.notify import (
    DELAYED,
    EXPUNGE,
    FLAGS,
    METADATA,
    NAME,
    NEW,
    OF_MESSAGES,
    SELECTED,
    SERVER_METADATA,
    SUBSCRIPTION,
    EventGroup,
    NotifyRequest,
    notify_request,
)
from protocol_service.imap.grammar.search_sources import Source
from protocol_service.imap.lexer import Lexer

BOTH = frozenset({NEW, EXPUNGE})


def read(text: bytes) -> NotifyRequest:
    return notify_request(Lexer(text))


def test_none_has_no_groups() -> None:
    assert read(b" NONE") == NotifyRequest()
    assert read(b" none") == NotifyRequest()


def test_groups_are_read_in_their_order() -> None:
    request = read(
        b" set status (selected (MessageNew (uid body.peek[header.fields (from to subject)])"
        b" MessageExpunge)) (subtree Lists (MessageNew MessageExpunge FlagChange))"
        b' (mailboxes ("a b" misc) NONE) (personal (MailboxName SubscriptionChange'
        b" MailboxMetadataChange ServerMetadataChange))"
    )

    assert request.with_status
    first, *others = request.groups
    assert first.source == Source(SELECTED)
    assert first.events == BOTH
    assert first.items[0] == b"UID"
    assert isinstance(first.items[1], BodyItem)
    assert first.items[1].label == b"BODY[HEADER.FIELDS (from to subject)]"
    assert others == [
        EventGroup(Source(b"SUBTREE", ("Lists",)), OF_MESSAGES),
        EventGroup(Source(b"MAILBOXES", ("a b", "misc")), frozenset()),
        EventGroup(Source(b"PERSONAL"), frozenset({NAME, SUBSCRIPTION, METADATA, SERVER_METADATA})),
    ]


def test_the_selected_mailbox_may_be_delayed() -> None:
    [group] = read(b" SET (Selected-Delayed (MessageExpunge MessageNew))").groups

    assert group == EventGroup(Source(DELAYED), BOTH)
    assert group.is_of_selected


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" ",
        b" ALL",
        b" NONE x",
        b" SET",
        b" SET ",
        b" SET STATUS",
        b" SET STATUS ()",
        b" SET (personal)",
        b" SET (personal ())",
        b" SET (personal MessageNew)",
        b" SET (personal (MailboxName) )",
        b" SET (personal (MailboxName)",
        b" SET (personal (MailboxName))(inboxes (MailboxName))",
        b" SET (nowhere (MailboxName))",
        b" SET (subtree (MailboxName))",
        b" SET (mailboxes () (MailboxName))",
        # §5: which events go together
        b" SET (personal (MessageNew))",
        b" SET (personal (MessageExpunge))",
        b" SET (personal (FlagChange))",
        b" SET (personal (FlagChange MessageNew))",
        # §6.1: of the selected mailbox messages alone, once
        b" SET (selected (MailboxName))",
        b" SET (selected-delayed (MessageNew MessageExpunge SubscriptionChange))",
        b" SET (selected NONE) (selected-delayed NONE)",
        b" SET (personal (MessageNew (UID) MessageExpunge))",
        b" SET (selected (MessageNew () MessageExpunge))",
        b" SET (selected (MessageNew (ALL) MessageExpunge))",
        b" SET (selected (MessageNew UID MessageExpunge)) x",
    ],
)
def test_what_is_bad(text: bytes) -> None:
    with pytest.raises(BadCommand):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        b" SET (selected (MessageNew MessageExpunge AnnotationChange))",
        b" SET (personal (MessageRead))",
        b" SET (selected (Fanfare))",
    ],
)
def test_events_that_are_not_known_are_refused_with_a_list(text: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read(text)

    assert refused.value.code == (
        "BADEVENT (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange"
        " MailboxMetadataChange ServerMetadataChange)"
    )


@pytest.mark.parametrize(
    "text",
    [
        b" SET" + b" (inboxes (MailboxName))" * 65,
        b" SET" + b" (mailboxes (%b) NONE)" % b" ".join([b"a"] * 600) * 2,
    ],
)
def test_too_much_is_refused(text: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read(text)

    assert refused.value.code == "NOTIFICATIONOVERFLOW"


WORDS = st.sampled_from(
    [
        *(b" ", b"(", b")", b"SET", b"STATUS", b"NONE", b'"', b"{1}\r\n"),
        *(b"selected", b"selected-delayed", b"personal", b"subtree", b"mailboxes", b"a"),
        *(b"MessageNew", b"MessageExpunge", b"FlagChange", b"AnnotationChange", b"MailboxName"),
        *(b"UID", b"BODY.PEEK[]", b"Fanfare"),
    ]
)
SOURCES = st.sampled_from([b"selected", b"selected-delayed", b"inboxes", b"subtree a", b"mailboxes (a b)"])
EVENTS = st.sets(
    st.sampled_from([b"MessageNew", b"MessageExpunge", b"FlagChange", b"MailboxName"]), min_size=1, max_size=4
)


@settings(max_examples=300)
@given(st.lists(st.one_of(WORDS, st.binary(max_size=4)), max_size=30))
def test_no_input_raises_anything_else(parts: list[bytes]) -> None:
    with contextlib.suppress(BadCommand, Refused):
        read(b" SET (" + b"".join(parts))
    with contextlib.suppress(BadCommand, Refused):
        read(b"".join(parts))


@given(st.lists(st.tuples(SOURCES, EVENTS), min_size=1, max_size=5))
def test_what_is_read_keeps_the_rules(groups: list[tuple[bytes, set[bytes]]]) -> None:
    text = b" SET" + b"".join(
        b" (%b (%b))" % (source, b" ".join(sorted(events))) for source, events in groups
    )
    selected = [events for source, events in groups if source.startswith(b"selected")]
    of_messages = [{name.upper() for name in events} & OF_MESSAGES for _, events in groups]
    is_right = (
        len(selected) <= 1
        and not any(b"MailboxName" in events for events in selected)
        and all(not events or events >= BOTH for events in of_messages)
    )

    try:
        request = read(text)
    except BadCommand:
        assert not is_right
    else:
        assert is_right
        assert [group.events for group in request.groups] == [
            frozenset(name.upper() for name in events) for _, events in groups
        ]


def test_flag_changes_stand_with_both() -> None:
    [group] = read(b" SET (inboxes (FlagChange MessageExpunge MessageNew))").groups

    assert group.events == {FLAGS, NEW, EXPUNGE}
