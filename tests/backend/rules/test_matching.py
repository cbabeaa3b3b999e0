"""Conditions of filters over real headers, and patterns against a slow matcher of the textbook."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.formats import headers
from backend.formats.search_text import fold
from backend.kit.errors import InvalidSyntax, LimitExceeded
from backend.rules import definition
from backend.rules.definition import Act, Action, Condition, Definition, Field, Match, Relation
from backend.rules.facts import Content, MailFacts
from backend.rules.matching import compile_condition, compile_definition, glob

HEAD = (
    b'From: "Okafor, Amara" <Amara@Shop.Example.ORG>\r\n'
    b"To: team@example.test, =?utf-8?q?J=C3=BCrgen?= <j@muenchen.test>\r\n"
    b"Cc: Friends: x@one.test, y@two.test;\r\n"
    b"Subject: =?utf-8?q?Stra=C3=9Fe?=\r\n  and  more\r\n"
    b"X-Mailer: Postroom 1\r\n"
    b"List-Id: Announcements <news.example.org>\r\n"
    b"X-Priority: 1 (Highest)\r\n"
    b"X-Spam-Status: Yes, score=9\r\n"
)


def facts(head: bytes = HEAD) -> MailFacts:
    content = Content(fold("The Invoice of May"), (fold("Invoice 7.PDF"),), has_attachments=True)
    return MailFacts(headers.index(head), 5000, "me+shop@example.test", content)


def holds(field: Field, relation: Relation, value: str = "", **more: object) -> bool:
    condition = Condition(field, relation, value, **more)  # type: ignore[arg-type]  # fields of Condition
    definition.check(Definition(Match.ALL, (condition,), (Action(Act.READ),)))
    return compile_condition(condition)(facts())


@pytest.mark.parametrize(
    ("field", "relation", "value"),
    [
        (Field.FROM, Relation.IS, "amara@shop.example.org"),
        (Field.FROM, Relation.IS, "OKAFOR, Amara"),
        (Field.FROM, Relation.CONTAINS, "okafor"),
        (Field.FROM, Relation.DOMAIN, "@Example.org"),
        (Field.FROM, Relation.DOMAIN, "shop.example.org"),
        (Field.FROM, Relation.MATCHES, "a*@*.example.???"),
        (Field.TO, Relation.IS, "jürgen"),
        (Field.CC, Relation.IS, "y@two.test"),
        (Field.RECIPIENT, Relation.IS, "me+shop@example.test"),
        (Field.RECIPIENT, Relation.BEGINS, "team@"),
        (Field.SUBJECT, Relation.IS, "STRASSE and more"),
        (Field.SUBJECT, Relation.ENDS, "More"),
        (Field.HEADER, Relation.CONTAINS, "postroom"),
        (Field.LIST_ID, Relation.CONTAINS, "<news.example.org>"),
        (Field.BODY, Relation.CONTAINS, "invoice OF may"),
        (Field.BODY, Relation.MATCHES, "*invoice*may"),
        (Field.ATTACHMENT_NAME, Relation.ENDS, ".pdf"),
        (Field.SIZE, Relation.OVER, "4999"),
        (Field.SIZE, Relation.UNDER, "5001"),
        (Field.PRIORITY, Relation.IS, "high"),
        (Field.ATTACHMENT, Relation.EXISTS, ""),
        (Field.MAILING_LIST, Relation.EXISTS, ""),
        (Field.SPAM, Relation.EXISTS, ""),
    ],
)
def test_a_condition_holds_and_its_negation_does_not(field: Field, relation: Relation, value: str) -> None:
    header = "X-Mailer" if field is Field.HEADER else ""

    assert holds(field, relation, value, header=header)
    assert not holds(field, relation, value, header=header, is_negated=True)


@pytest.mark.parametrize(
    ("field", "relation", "value"),
    [
        (Field.FROM, Relation.DOMAIN, "ample.org"),
        (Field.FROM, Relation.IS, "amara"),
        (Field.TO, Relation.CONTAINS, "amara"),
        (Field.SUBJECT, Relation.BEGINS, "and"),
        (Field.SIZE, Relation.OVER, "5000"),
        (Field.SIZE, Relation.UNDER, "5000"),
        (Field.PRIORITY, Relation.IS, "low"),
        (Field.BODY, Relation.CONTAINS, "june"),
    ],
)
def test_a_condition_does_not_hold(field: Field, relation: Relation, value: str) -> None:
    assert not holds(field, relation, value)


def test_what_is_absent_does_not_exist_and_is_not_anything() -> None:
    assert not holds(Field.HEADER, Relation.EXISTS, header="X-Other")
    assert holds(Field.HEADER, Relation.CONTAINS, "a", header="X-Other", is_negated=True)
    assert holds(Field.HEADER, Relation.EXISTS, header="x-mailer")
    bare = facts(b"Subject: x\r\n")
    assert (bare.is_from_list, bare.is_called_spam, bare.priority) == (False, False, "normal")


def test_a_header_is_read_as_it_stands_beside_the_addresses_of_from() -> None:
    both = Definition(
        Match.ALL,
        (
            Condition(Field.FROM, Relation.IS, "amara@shop.example.org"),
            Condition(Field.HEADER, Relation.CONTAINS, "<amara@", "From"),
        ),
        (Action(Act.READ),),
    )

    assert compile_definition(both)(facts())


def test_any_and_all() -> None:
    yes = Condition(Field.SUBJECT, Relation.CONTAINS, "more")
    no = Condition(Field.SUBJECT, Relation.CONTAINS, "less")

    def met(match: Match) -> bool:
        return compile_definition(Definition(match, (no, yes), (Action(Act.READ),)))(facts())

    assert (met(Match.ANY), met(Match.ALL)) == (True, False)


@pytest.mark.parametrize(
    ("condition", "field"),
    [
        (Condition(Field.BODY, Relation.IS, "x"), "conditions.0.relation"),
        (Condition(Field.SUBJECT, Relation.DOMAIN, "x"), "conditions.0.relation"),
        (Condition(Field.SUBJECT, Relation.CONTAINS, " "), "conditions.0.value"),
        (Condition(Field.SUBJECT, Relation.CONTAINS, "a\nb"), "conditions.0.value"),
        (Condition(Field.SUBJECT, Relation.CONTAINS, "x" * 301), "conditions.0.value"),
        (Condition(Field.HEADER, Relation.IS, "x", "a:b"), "conditions.0.header"),
        (Condition(Field.SIZE, Relation.OVER, "²"), "conditions.0.value"),
        (Condition(Field.PRIORITY, Relation.IS, "top"), "conditions.0.value"),
    ],
)
def test_what_no_condition_is(condition: Condition, field: str) -> None:
    with pytest.raises(InvalidSyntax) as caught:
        definition.check(Definition(Match.ALL, (condition,), (Action(Act.READ),)))

    assert caught.value.field == field


def test_bounds_of_a_filter() -> None:
    one, read = Condition(Field.SPAM, Relation.EXISTS), Action(Act.READ)
    for broken in (
        Definition(Match.ALL, (one,) * 21, (read,)),
        Definition(Match.ALL, (one,), (read,) * 11),
        Definition(Match.ALL, (Condition(Field.BODY, Relation.MATCHES, "?" * 101),), (read,)),
        Definition(Match.ALL, (one,), (Action(Act.FORWARD, addresses=("a@b.test",) * 11),)),
    ):
        with pytest.raises(LimitExceeded):
            definition.check(broken)
    for broken in (
        Definition(Match.ALL, (), (read,)),
        Definition(Match.ALL, (one,), ()),
        Definition(Match.ALL, (one,), (Action(Act.MOVE),)),
        Definition(Match.ALL, (one,), (Action(Act.TAG, keyword="$Junk"),)),
        Definition(Match.ALL, (one,), (Action(Act.TAG, keyword="two words"),)),
    ):
        with pytest.raises(InvalidSyntax):
            definition.check(broken)


conditions = st.builds(
    Condition,
    st.sampled_from(Field),
    st.sampled_from(Relation),
    st.text(max_size=20),
    st.just(""),
    st.booleans(),
)
actions = st.builds(Action, st.sampled_from(Act), st.integers(0, 9), st.text(max_size=5), st.text(max_size=5))


@given(
    st.builds(Definition, st.sampled_from(Match), st.tuples(conditions), st.tuples(actions), st.booleans())
)
def test_what_is_stored_comes_back_or_is_refused(one: Definition) -> None:
    try:
        definition.check(one)
    except (InvalidSyntax, LimitExceeded):
        assert definition.decode(definition.encode(one)) is None
    else:
        assert definition.decode(definition.encode(one)) == one


def test_noise_is_no_definition() -> None:
    for text in ("", "{}", "[]", '{"match":"all","conditions":[{"field":"x","relation":"is"}],"actions":[]}'):
        assert definition.decode(text) is None


@given(conditions, st.binary(max_size=200))
def test_no_message_trips_a_condition(condition: Condition, head: bytes) -> None:
    try:
        definition.check(Definition(Match.ALL, (condition,), (Action(Act.READ),)))
    except (InvalidSyntax, LimitExceeded):
        return
    mail = MailFacts(headers.index(b"From: " + head + b"\r\nSubject: " + head), 1)

    assert isinstance(compile_condition(condition)(mail), bool)


def textbook(pattern: str, text: str) -> bool:
    """Whether the pattern matches, by definition."""

    @cache
    def from_(p: int, t: int) -> bool:
        if p == len(pattern):
            return t == len(text)
        if pattern[p] == "*":
            return from_(p + 1, t) or (t < len(text) and from_(p, t + 1))
        is_escaped = pattern[p] == "\\" and p + 1 < len(pattern)
        wanted = pattern[p + is_escaped]
        is_any = wanted == "?" and not is_escaped
        return t < len(text) and (is_any or text[t] == wanted) and from_(p + 1 + is_escaped, t + 1)

    return from_(0, 0)


@given(st.text("ab*?\\.", max_size=9), st.text("ab*?\\.", max_size=12))
@example("*a", "ba")
@example("a*a", "a")
@example("*ab*b", "abb")
@example("a\\*", "a*")
def test_patterns_are_those_of_the_textbook(pattern: str, text: str) -> None:
    assert glob(pattern)(text) is textbook(pattern, text)
