"""Arguments of commands as values, and that no input raises anything but an answer to the client."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar import (
    append,
    dates,
    fetch,
    flags,
    imap_url,
    mailboxes,
    notify,
    partial,
    search,
    search_results,
    search_sources,
    sort,
)
from protocol_service.imap.grammar.fetch import BodyItem, Section
from protocol_service.imap.grammar.flags import Change, StoreRequest
from protocol_service.imap.grammar.partial import Partial
from protocol_service.imap.grammar.search_keys import (
    All,
    And,
    InternalDate,
    Keyword,
    ModSeqSince,
    Not,
    Numbers,
    Or,
    Size,
    SystemFlag,
    Text,
    Within,
)
from protocol_service.imap.grammar.search_results import Results
from protocol_service.imap.grammar.search_sources import Source
from protocol_service.imap.grammar.sort import Criterion
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.sequence_set import SAVED

# -- FETCH


def test_fetch_macros_stand_for_their_items() -> None:
    assert fetch.fetch_request(Lexer(b"FULL")).items == (
        b"FLAGS",
        b"INTERNALDATE",
        b"RFC822.SIZE",
        b"ENVELOPE",
        b"BODY",
    )


def test_fetch_sections_keep_their_label() -> None:
    request = fetch.fetch_request(
        Lexer(b'(body.peek[1.2.header.fields.not (From "x-y")]<10.20> RFC822.TEXT BODY[]) (CHANGEDSINCE 5)')
    )

    fields = frozenset({b"from", b"x-y"})
    assert request.changed_since == 5
    assert request.items == (
        BodyItem(
            Section("1.2", "HEADER.FIELDS.NOT", fields),
            b"BODY[1.2.HEADER.FIELDS.NOT (From x-y)]<10>",
            is_peek=True,
            partial=(10, 20),
        ),
        BodyItem(Section("", "TEXT"), b"RFC822.TEXT", is_peek=False),
        BodyItem(Section(), b"BODY[]", is_peek=False),
    )


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"()",
        b"NAME",
        b"(ALL)",
        b"BODY[",
        b"BODY[0]",
        b"BODY[MIME]",
        b"BODY[HEADER.FIELDS]",
        b"BODY[1.]",
        b"BODY[]<5>",
        b"BODY[]<1.0>",
        b"FLAGS (CHANGEDSINCE)",
        b"FLAGS X",
        b'BODY[HEADER.FIELDS ("a:b")]',
    ],
)
def test_fetch_refuses_what_it_does_not_know(text: bytes) -> None:
    with pytest.raises(BadCommand):
        fetch.fetch_request(Lexer(text))


def test_fetch_items_are_counted() -> None:
    with pytest.raises(Refused, match="items"):
        fetch.fetch_request(Lexer(b"(" + b" ".join([b"FLAGS"] * 65) + b")"))


# -- STORE and flags


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        (b"+FLAGS.SILENT (\\seen $Junk)", StoreRequest(Change.ADD, (b"\\Seen", b"$Junk"), True, None)),
        (b"-flags \\Deleted", StoreRequest(Change.REMOVE, (b"\\Deleted",), False, None)),
        (b"FLAGS ()", StoreRequest(Change.REPLACE, (), False, None)),
        (b"FLAGS a A b", StoreRequest(Change.REPLACE, (b"a", b"b"), False, None)),
        (b"(UNCHANGEDSINCE 12) FLAGS (x)", StoreRequest(Change.REPLACE, (b"x",), False, 12)),
    ],
)
def test_store_arguments(text: bytes, request_: StoreRequest) -> None:
    assert flags.store_request(Lexer(text)) == request_


@pytest.mark.parametrize(
    "text", [b"FLAG (a)", b"FLAGS", b"FLAGS (\\Recent)", b"FLAGS (a", b"+FLAGS.LOUD (a)"]
)
def test_store_refuses_what_is_not_its_grammar(text: bytes) -> None:
    with pytest.raises(BadCommand):
        flags.store_request(Lexer(text))


def test_an_unknown_system_flag_is_understood_and_refused() -> None:
    with pytest.raises(Refused) as refused:
        flags.store_request(Lexer(b"FLAGS (\\Fancy)"))
    assert refused.value.code == "CANNOT"


# -- SEARCH

BADCHARSET = "BADCHARSET (UTF-8 US-ASCII ISO-8859-1 WINDOWS-1252)"


def test_search_keys_become_a_tree() -> None:
    lexer = Lexer(b'RETURN (MIN COUNT) CHARSET utf-8 UNSEEN OR (2:* SUBJECT "\xc3\xa9") NOT KEYWORD $x UID 5')

    assert search_results.results(lexer) == Results(frozenset({b"MIN", b"COUNT"}))
    assert search.program(lexer).key == And(
        (
            Not(SystemFlag(1)),
            Or(And((Numbers(((2, 1 << 32),), False), Text("SUBJECT", "é"))), Not(Keyword("$x"))),
            Numbers(((5, 5),), True),
        )
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (b"ALL", All()),
        (b"ON 1-Feb-1994", InternalDate(760060800, 760147200)),
        (b'SINCE "1-Feb-1994"', InternalDate(low=760060800)),
        (b"LARGER 100", Size(low=101)),
        (b"SMALLER 100", Size(high=100)),
        (b"HEADER X-A b", Text("HEADER", "b", "x-a")),
        (b'MODSEQ "/flags/\\\\draft" all 620162338', ModSeqSince(620162338)),
        (b"MODSEQ 7", ModSeqSince(7)),
        (b"OLDER 60", Within(60, is_older=True)),
        (b"YOUNGER 3600", Within(3600, is_older=False)),
        (b"FUZZY SUBJECT work", Text("SUBJECT", "work", is_fuzzy=True)),
        (b"FUZZY NOT (TEXT a)", Not(And((Text("TEXT", "a", is_fuzzy=True),)))),
        (b"$", Numbers(SAVED, is_uid=False)),
        (b"UID $", Numbers(SAVED, is_uid=True)),
        (b'CHARSET ISO-8859-1 SUBJECT "\xe9"', Text("SUBJECT", "é")),
    ],
)
def test_single_search_keys(text: bytes, key: object) -> None:
    assert search.program(Lexer(text)).key == key


@pytest.mark.parametrize(
    "text",
    [b"", b" ", b"FOO", b"NOT", b"OR ALL", b"(ALL", b"SINCE 32-Feb-1994", b"LARGER x", b"OLDER 0", b"FUZZY"],
)
def test_search_refuses_what_is_not_its_grammar(text: bytes) -> None:
    with pytest.raises(BadCommand):
        search.program(Lexer(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"CHARSET x-unheard-of ALL", BADCHARSET),
        (b"CHARSET UTF-7 ALL", BADCHARSET),
        (b'CHARSET US-ASCII TEXT "\xc3\xa9"', BADCHARSET),
        (b"NOT " * 5000 + b"ALL", "LIMIT"),
        (b"OR ALL " * 5000 + b"ALL", "LIMIT"),
        (b"(" * 5000 + b"ALL" + b")" * 5000, "LIMIT"),
        (b" ".join([b"ALL"] * 5000), "LIMIT"),
        (b" ".join([b"TEXT a"] * 30), "LIMIT"),
    ],
)
def test_search_names_the_limit_that_it_keeps(text: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        search.program(Lexer(text))
    assert refused.value.code == code


def test_result_options() -> None:
    lexer = Lexer(b"return (SAVE partial -10:-1 relevancy) ALL")

    found = search_results.results(lexer)

    assert found is not None
    assert found.names == {b"SAVE", b"PARTIAL", b"RELEVANCY"}
    assert found.partial == Partial(1, 10, is_from_end=True, text=b"-10:-1")
    assert lexer.text[lexer.at :] == b"ALL"
    assert search_results.results(Lexer(b"ALL")) is None
    assert search_results.results(Lexer(b"RETURN () ALL")) == Results(frozenset({b"ALL"}))


@pytest.mark.parametrize(
    "text",
    [
        b"RETURN (SUM) ALL",
        b"RETURN (MIN MIN) ALL",
        b"RETURN (ALL PARTIAL 1:2) ALL",
        b"RETURN (PARTIAL) ALL",
        b"RETURN (PARTIAL 0:5) ALL",
        b"RETURN (PARTIAL 1:-5) ALL",
        b"RETURN (PARTIAL 1:*) ALL",
        b"RETURN (PARTIAL 1:4294967296) ALL",
        b"RETURN (MIN",
    ],
)
def test_result_options_that_are_none(text: bytes) -> None:
    with pytest.raises(BadCommand):
        search_results.results(Lexer(text))


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 30))
def test_a_range_from_the_end_mirrors_one_from_the_start(first: int, last: int, count: int) -> None:
    ahead = partial.partial(Lexer(b"%d:%d" % (first, last)))
    back = partial.partial(Lexer(b"-%d:-%d" % (first, last)))
    results = list(range(count))

    assert list(ahead.of(results)) == [at for at in results if min(first, last) <= at + 1 <= max(first, last)]
    assert list(reversed(back.of(results))) == [count - 1 - at for at in ahead.of(results)]


def test_mailboxes_to_search() -> None:
    lexer = Lexer(b'in (Selected mailboxes (a "b c") subtree-one d PERSONAL) ALL')

    assert search_sources.sources(lexer) == (
        search_sources.SELECTED,
        Source(b"MAILBOXES", ("a", "b c")),
        Source(b"SUBTREE-ONE", ("d",)),
        Source(b"PERSONAL"),
    )
    assert search_sources.sources(Lexer(b"ALL")) == (search_sources.SELECTED,)
    for wrong in (
        b"IN () ALL",
        b"IN (selected-delayed) ALL",
        b"IN (mailboxes) ALL",
        b"IN (mailboxes ()) ALL",
    ):
        with pytest.raises(BadCommand):
            search_sources.sources(Lexer(wrong))
    with pytest.raises(Refused):
        search_sources.sources(Lexer(b"IN (mailboxes (%b)) ALL" % b" ".join([b"a"] * 2000)))


def test_sort_criteria() -> None:
    lexer = Lexer(b"(reverse date SUBJECT Reverse RELEVANCY) utf-8 ALL")

    assert sort.criteria(lexer) == (
        Criterion(b"DATE", is_reversed=True),
        Criterion(b"SUBJECT"),
        Criterion(b"RELEVANCY", is_reversed=True),
    )
    assert sort.program(lexer).key == All()
    for wrong in (b"DATE) UTF-8", b"() UTF-8", b"(REVERSE) UTF-8", b"(DATE  SIZE) UTF-8", b"(DATE)"):
        with pytest.raises(BadCommand):
            sort.criteria(Lexer(wrong))


# -- LIST, STATUS, CREATE


def test_extended_list_arguments() -> None:
    request = mailboxes.list_request(
        Lexer(
            b' (SUBSCRIBED RECURSIVEMATCH) "" ("INBOX" Entw&APw-rfe*)'
            b" RETURN (CHILDREN STATUS (MESSAGES UNSEEN))"
        )
    )

    assert request.patterns == ("INBOX", "Entwürfe*")
    assert request.selection == {b"SUBSCRIBED", b"RECURSIVEMATCH"}
    assert request.returns == {b"CHILDREN", b"STATUS"}
    assert request.status_items == (b"MESSAGES", b"UNSEEN")


@pytest.mark.parametrize(
    "text", [b"", b' ""', b' "" ()', b' (FOO) "" *', b' "" * RETURN', b' (RECURSIVEMATCH) "" *', b' "" * x']
)
def test_list_refuses_what_is_not_its_grammar(text: bytes) -> None:
    with pytest.raises(BadCommand):
        mailboxes.list_request(Lexer(text))


def test_a_name_that_is_not_modified_utf7_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        mailboxes.mailbox(Lexer(b'"a&b"'))
    assert refused.value.code == "CANNOT"


def test_a_list_pattern_is_bounded() -> None:
    with pytest.raises(Refused, match="too long"):
        mailboxes.list_request(Lexer(b' "" "' + b"*a" * 600 + b'"'))


def test_special_use_of_create() -> None:
    assert mailboxes.special_use(Lexer(b"(USE (\\Sent))")) == ("sent",)


# -- dates and APPEND


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (b'"17-Jul-1996 02:44:25 -0700"', 837596665),
        (b'" 1-Jan-1970 00:00:00 +0000"', 0),
        (b'" 1-Jan-1960 00:00:00 +0000"', 0),
        (b'"31-Dec-2016 23:59:60 +0000"', 1483228799),
    ],
)
def test_date_time_is_read_with_its_zone(text: bytes, at: int) -> None:
    assert dates.date_time(Lexer(text)) == at


@pytest.mark.parametrize(
    "text",
    [
        b'"1-Jan-1970 00:00:00 +0000"',
        b'"30-Feb-1996 02:44:25 -0700"',
        b'"17-Foo-1996 02:44:25 -0700"',
        b'"17-Jul-1996 25:44:25 -0700"',
        b'"17-Jul-1996 02:44:25 -0799"',
        b'"17-Jul-0000 02:44:25 +0000"',
    ],
)
def test_what_is_no_moment_is_refused(text: bytes) -> None:
    with pytest.raises(BadCommand):
        dates.date_time(Lexer(text))


def test_append_takes_several_messages() -> None:
    lexer = Lexer(b' (\\Seen) "17-Jul-1996 02:44:25 -0700" {1}\r\n {2+}\r\n', [b"a", b"bc"])

    assert append.messages(lexer) == [
        append.Appended((b"a",), (b"\\Seen",), 837596665),
        append.Appended((b"bc",), (), None),
    ]


def test_append_takes_parts_of_messages() -> None:
    name = b"/A%20b;UIDVALIDITY=5/;UID=20/;SECTION=HEADER.FIELDS%20(To)/;PARTIAL=1.9"
    lexer = Lexer(b' CATENATE (URL "%b" TEXT {1}\r\n)' % name, [b"a"])

    [message] = append.messages(lexer)

    url, text = message.parts
    assert text == b"a"
    assert url == imap_url.MessageUrl(
        name,
        "A b",
        20,
        5,
        fetch.Section("", "HEADER.FIELDS", frozenset({b"to"})),
        (1, 9),
    )


@pytest.mark.parametrize(
    ("url", "section", "partial_range"),
    [
        (b"/INBOX/;UID=1", fetch.WHOLE, None),
        (b"/INBOX/;uid=1/;section=1.2.MIME/", fetch.Section("1.2", "MIME"), None),
        (b"/INBOX/;UID=1/;PARTIAL=7", fetch.WHOLE, (7, None)),
        (b"/a/b/;UID=1/;SECTION=TEXT", fetch.Section("", "TEXT"), None),
    ],
)
def test_urls_of_messages(
    url: bytes, section: fetch.Section, partial_range: tuple[int, int | None] | None
) -> None:
    found = imap_url.parse(url)

    assert (found.section, found.partial, found.uid) == (section, partial_range, 1)


@pytest.mark.parametrize(
    "url",
    [
        b"",
        b"/",
        b"INBOX/;UID=1",
        b"/INBOX",
        b"/INBOX/;UID=0",
        b"/INBOX/;UID=4294967296",
        b"/INBOX;UIDVALIDITY=4294967296/;UID=1",
        b"/INBOX/;UID=1/;SECTION=%00",
        b"/INBOX/;UID=1/;SECTION=1.2]",
        b"/%ff/;UID=1",
        b"//host/INBOX/;UID=1",
        b"imap://alice@mail.example.test/INBOX/;UID=1",
        b"/INBOX/;UID=1;URLAUTH=anonymous",
        b"/" + b"x" * 5000 + b"/;UID=1",
    ],
)
def test_what_is_no_url_of_a_message_here_is_refused(url: bytes) -> None:
    with pytest.raises(Refused) as refused:
        imap_url.parse(url)

    assert refused.value.code.startswith('BADURL "')


@given(st.binary(max_size=60) | st.from_regex(rb"/[a-z%0-9;=/A-Z.()]{0,60}", fullmatch=True))
def test_any_url_is_read_or_refused(url: bytes) -> None:
    code = 'BADURL ""'
    try:
        imap_url.parse(url)
    except Refused as refused:
        code = refused.code

    assert re.fullmatch(r'BADURL "[ -~]*"', code)
    assert not {"]", "\\"} & set(code)


# -- any input

PRODUCTIONS: list[Callable[[Lexer], object]] = [
    fetch.fetch_request,
    flags.store_request,
    search.program,
    search_results.results,
    search_sources.sources,
    sort.criteria,
    sort.algorithm,
    sort.program,
    partial.partial,
    mailboxes.list_request,
    mailboxes.status_items,
    mailboxes.special_use,
    mailboxes.mailbox,
    append.messages,
    notify.notify_request,
    dates.date,
    dates.date_time,
]
WORDS = st.sampled_from(
    [
        b"(",
        b")",
        b" ",
        b"BODY",
        b"[",
        b"]",
        b".PEEK",
        b"HEADER.FIELDS",
        b"1.2",
        b"<0.5>",
        b"FLAGS",
        b"+",
        b"\\Seen",
        b'"',
        b"{1}\r\n",
        b"OR",
        b"NOT",
        b"ALL",
        b"TEXT",
        b"1:*",
        b"1-Feb-1994",
        b"RETURN",
        b"*",
        b"%",
        b"&",
        b"USE",
        b"PARTIAL",
        b"-1:-10",
        b"FUZZY",
        b"BINARY",
        b"CATENATE",
        b"URL",
        b"/INBOX/;UID=1",
        b"PREVIEW (LAZY)",
        b"EMAILID",
        b"SAVEDON",
        b"IN",
        b"SUBTREE",
        b"REVERSE",
        b"SUBJECT",
        b"REFERENCES",
        b"UTF-8",
        b"$",
        b"\xff",
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(PRODUCTIONS),
    st.one_of(st.lists(WORDS, max_size=14).map(b"".join), st.binary(max_size=40)),
)
def test_any_bytes_give_a_value_or_an_answer(production: Callable[[Lexer], object], text: bytes) -> None:
    with contextlib.suppress(BadCommand, Refused):
        production(Lexer(text, [b"x"]))
