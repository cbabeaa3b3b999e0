"""Policies, alignment, and the walk to the organisational domain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import dmarc
from backend.formats.dmarc import Result, Verdict
from tests.support.lookups import TableLookups


def world(**records: str) -> TableLookups:
    lookups = TableLookups()
    for name, text in records.items():
        lookups.add("txt", "_dmarc." + name.replace("__", "-").replace("_", "."), text)
    return lookups


async def evaluate(
    lookups: TableLookups, domain: str, *dkim_domains: str, spf_domain: str | None = None
) -> Verdict:
    return await dmarc.evaluate(lookups, domain, spf_domain=spf_domain, dkim_domains=dkim_domains)


async def test_without_a_record_there_is_no_verdict() -> None:
    assert await evaluate(world(), "a.example.com", "a.example.com") == Verdict(Result.NONE)


@pytest.mark.parametrize(
    ("tags", "dkim", "spf", "wanted"),
    [
        ("p=reject", "example.com", None, Result.PASS),
        ("p=reject", "mail.example.com", None, Result.PASS),
        ("p=reject", None, "bounce.example.com", Result.PASS),
        ("p=reject", None, None, Result.FAIL),
        ("p=reject", "example.org", "example.net", Result.FAIL),
        ("p=reject", "badexample.com", None, Result.FAIL),
        ("p=reject", "com", None, Result.FAIL),
        ("p=reject; adkim=s", "mail.example.com", None, Result.FAIL),
        ("p=reject; adkim=s", "example.com", None, Result.PASS),
        ("p=reject; aspf=s", None, "mail.example.com", Result.FAIL),
        ("p=reject; aspf=s", "mail.example.com", "mail.example.com", Result.PASS),
    ],
)
async def test_alignment(tags: str, dkim: str | None, spf: str | None, wanted: Result) -> None:
    lookups = world(example_com=f"v=DMARC1; {tags}")
    domains = [dkim] if dkim else []
    assert await evaluate(lookups, "example.com", *domains, spf_domain=spf) == Verdict(
        wanted, "reject", "reject" if wanted is Result.FAIL else ""
    )


async def test_a_subdomain_has_the_policy_of_its_organisation() -> None:
    lookups = world(example_com="v=DMARC1; p=reject; sp=quarantine")
    assert await evaluate(lookups, "a.b.example.com") == Verdict(Result.FAIL, "quarantine", "quarantine")
    assert await evaluate(lookups, "a.b.example.com", "c.example.com") == Verdict(Result.PASS, "quarantine")
    own = world(example_com="v=DMARC1; p=reject", b_example_com="v=DMARC1; p=none")
    assert await evaluate(own, "b.example.com") == Verdict(Result.FAIL, "none", "none")


async def test_neighbours_below_a_public_suffix_do_not_vouch_for_each_other() -> None:
    lookups = world(co_test="v=DMARC1; p=none; psd=y", one_co_test="v=DMARC1; p=reject")
    assert await evaluate(lookups, "one.co.test", "two.co.test") == Verdict(Result.FAIL, "reject", "reject")
    assert await evaluate(lookups, "mail.one.co.test", "one.co.test") == Verdict(Result.PASS, "reject")
    assert await evaluate(lookups, "three.co.test", "two.co.test") == Verdict(Result.FAIL, "none", "none")


@pytest.mark.parametrize(
    ("tags", "asked"),
    [
        ("p=reject; pct=100", "reject"),
        ("p=reject; pct=99", "quarantine"),
        ("p=reject; pct=0", "quarantine"),
        ("p=quarantine; pct=20", "none"),
        ("p=reject; t=y", "quarantine"),
        ("p=reject; t=n", "reject"),
        ("p=none; t=y", "none"),
        ("p=reject; pct=many", "reject"),
        ("p=reject; pct=" + "9" * 5000, "reject"),
    ],
)
async def test_a_policy_that_is_tried_out_asks_for_less(tags: str, asked: str) -> None:
    found = await evaluate(world(example_com=f"v=DMARC1; {tags}"), "example.com")

    assert (found.result, found.asked) == (Result.FAIL, asked)


async def test_an_organisation_below_another_can_say_so() -> None:
    lookups = world(example_com="v=DMARC1; p=none", dept_example_com="v=DMARC1; p=reject; psd=n")
    assert await evaluate(lookups, "a.dept.example.com", "example.com") == Verdict(
        Result.FAIL, "reject", "reject"
    )
    assert await evaluate(lookups, "a.dept.example.com", "dept.example.com") == Verdict(Result.PASS, "reject")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("v=DMARC1; p=reject", "reject"),
        ("v=DMARC1;p=REJECT;", "reject"),
        ("v=DMARC1; p=wrong; rua=mailto:a@b.test", "none"),
        ("v=DMARC1; rua=mailto:a@b.test", "none"),
        ("v=DMARC1; p=wrong", None),
        ("v=DMARC1", None),
        ("p=reject; v=DMARC1", None),
        ("v=dmarc1; p=reject", None),
        ("v=DMARC1; p=reject; p=none", None),
        ("hello", None),
    ],
)
def test_records(text: str, wanted: str | None) -> None:
    found = dmarc.parse("x.test", text.encode())
    assert (found.policy if found else None) == wanted


async def test_two_records_are_none() -> None:
    lookups = world(example_com="v=DMARC1; p=reject")
    lookups.add("txt", "_dmarc.example.com", "v=DMARC1; p=none")
    assert await evaluate(lookups, "example.com") == Verdict(Result.NONE)


async def test_a_long_name_costs_eight_questions() -> None:
    lookups = world()
    await evaluate(lookups, ".".join("abcdefghijklmnop") + ".test")
    assert sum(lookups.asked.values()) == 8
    assert dmarc.steps("a.b.test") == ["a.b.test", "b.test", "test"]


async def test_faults() -> None:
    lookups = world(example_com="v=DMARC1; p=reject")
    lookups.failing.add("_dmarc.example.com")
    assert await evaluate(lookups, "example.com") == Verdict(Result.TEMPERROR)
    assert await evaluate(lookups, "") == Verdict(Result.PERMERROR)


@given(st.binary(max_size=100))
def test_any_text_is_read_or_none(text: bytes) -> None:
    found = dmarc.parse("x.test", b"v=DMARC1; " + text)
    assert found is None or found.policy in {"none", "quarantine", "reject"}
