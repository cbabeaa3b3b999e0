from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats.list_unsubscribe import covered_by, ways

POST = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"


def head(value: str, extra: str = "") -> bytes:
    return f"From: a@x.example\r\nList-Unsubscribe: {value}\r\n{extra}\r\nbody".encode()


def test_one_click_needs_https_and_its_own_field() -> None:
    value = "<mailto:leave@x.example?subject=out%20please>,\r\n <https://x.example/leave?u=1>"
    both = ways(head(value, POST))
    without = ways(head(value))

    assert both is not None
    assert both.letter is not None
    assert (both.post, str(both.letter.to), both.letter.subject) == (
        *("https://x.example/leave?u=1", "leave@x.example", "out please"),
    )
    assert without is not None
    assert (without.post, without.web) == ("", "https://x.example/leave?u=1")
    plain = ways(head("<http://x.example/leave>", POST))
    assert plain is not None
    assert (plain.post, plain.web) == ("", "http://x.example/leave")


@pytest.mark.parametrize(
    "value",
    [
        *("", "nothing", "<javascript:alert(1)>", "<ftp://x.example/>", "<https://>", "<mailto:>"),
        *("<https://user:pw@x.example/>", "<https://x.example:99999/>", "<https://[::1/>", "<mailto:a b@c>"),
    ],
)
def test_what_leads_nowhere_is_no_way(value: str) -> None:
    assert ways(head(value, POST)) is None


def test_two_fields_of_a_name_are_not_one_click() -> None:
    raw = head("<https://evil.example/>", f"List-Unsubscribe: <https://x.example/leave>\r\n{POST}")

    found = ways(raw)

    assert found is not None
    assert found.post == ""


def test_a_letter_has_no_fields_of_its_own() -> None:
    found = ways(head("<mailto:leave@x.example?subject=a%0d%0aBcc:%20all@x.example&cc=b@x.example&body=out>"))

    assert found is not None
    assert found.letter is not None
    assert (found.letter.subject, found.letter.body) == ("a Bcc: all@x.example", "out")


@pytest.mark.parametrize(
    ("fields", "covered"),
    [
        ("from:list-unsubscribe:list-unsubscribe-post", True),
        ("from : List-Unsubscribe : List-Unsubscribe-Post", True),
        ("from:list-unsubscribe", False),
        ("from", False),
    ],
)
def test_a_signature_has_to_name_both_fields(fields: str, covered: bool) -> None:
    signature = (
        f"DKIM-Signature: v=1; a=x; d=X.example; s=key;\r\n\th={fields}; bh=y; b=AbCd\r\n\tEfGhIjKl\r\n"
    )
    raw = head("<https://x.example/leave>", POST + signature)

    assert covered_by(raw, "x.example", "key", "AbCdEfGh") is covered
    assert not covered_by(raw, "x.example", "key", "AbCdEfGX")
    assert not covered_by(raw, "y.example", "key", "AbCdEfGh")
    assert not covered_by(raw, "x.example", "other", "AbCdEfGh")


@given(st.text(alphabet="<>mailto:https/?=&%0aA@.x, ", max_size=300))
def test_any_field_is_read(text: str) -> None:
    found = ways(head(text, POST))
    assert found is None or found.web or found.letter is not None
