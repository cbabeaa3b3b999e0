"""Records and policies of MTA-STS."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats.errors import InvalidSyntax
from backend.formats.mta_sts import MAX_AGE_S, Mode, Policy, parse_policy, record_id

# RFC 8461 §3.2.
EXAMPLE = (
    "version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmx: backupmx.example.com\n"
    "max_age: 604800\n"
)


def test_the_example_of_the_rfc() -> None:
    policy = parse_policy(EXAMPLE)

    assert policy == Policy(
        Mode.ENFORCE, ("mail.example.com", "*.example.net", "backupmx.example.com"), 604_800
    )
    assert parse_policy(EXAMPLE.replace("\n", "\r\n")) == policy
    assert record_id(["v=STSv1; id=20160831085700Z;"]) == "20160831085700Z"


@pytest.mark.parametrize(
    ("host", "is_allowed"),
    [
        ("mail.example.com", True),
        ("MAIL.example.com.", True),
        ("mx1.example.net", True),
        ("a.mx1.example.net", False),
        ("example.net", False),
        ("mail.example.org", False),
    ],
)
def test_hosts_that_a_policy_names(host: str, *, is_allowed: bool) -> None:
    assert parse_policy(EXAMPLE).allows(host) is is_allowed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "version: STSv2\nmode: none\nmax_age: 1\n",
        "version: STSv1\nmode: force\nmx: a\nmax_age: 1\n",
        "version: STSv1\nmode: enforce\nmax_age: 1\n",
        "version: STSv1\nmode: enforce\nmx: a\n",
        "version: STSv1\nmode: enforce\nmx: a b\nmax_age: 1\n",
    ],
)
def test_what_is_no_policy(text: str) -> None:
    with pytest.raises(InvalidSyntax):
        parse_policy(text)


def test_an_age_is_at_most_a_year() -> None:
    assert parse_policy("version: STSv1\nmode: none\nmax_age: 9999999999\n").max_age_s == MAX_AGE_S


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["v=STSv1; id=;"],
        ["v=STSv1;"],
        ["v=STSv1; id=1", "v=STSv1; id=2"],
        ["v=spf1 -all"],
        ["v=STSv1; id=a b"],
    ],
)
def test_what_is_no_record(texts: list[str]) -> None:
    assert record_id(texts) is None


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    record_id([text, f"v=STSv1; {text}"])
    try:
        parse_policy("version: STSv1\n" + text)
    except InvalidSyntax:
        return
