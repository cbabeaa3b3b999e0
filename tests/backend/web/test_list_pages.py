"""Leaving a list by one click (RFC 8058): never on GET, once and for all on POST."""

from __future__ import annotations

import pytest

from backend.directory import domains, list_members, list_tokens, lists
from backend.directory.list_members import NewMember
from backend.directory.list_types import MailingList, Subscription
from backend.directory.lists import Options
from backend.directory.principal import SYSTEM
from backend.formats.addresses import Address
from backend.formats.list_tokens import ListToken, Purpose
from backend.kit import db
from backend.kit.runtime import Runtime
from backend.submission.lists import requests, shapes
from backend.submission.lists.requests import Action


@pytest.fixture
async def made(rt: Runtime) -> MailingList:
    domain = await domains.add(SYSTEM, "lists.test")
    made = await lists.add(
        SYSTEM, domain.id, "talk", Options(name="<Talk> & more", subscription=Subscription.OPEN)
    )
    await list_members.add_many(SYSTEM, made.id, [NewMember("x@remote.test"), NewMember("y@remote.test")])
    return made


async def _path(made: MailingList, address: str = "x@remote.test") -> str:
    member_id = await list_members.find_id(SYSTEM, made.id, address)
    return (await shapes.unsubscribe_url(made, member_id)).removeprefix("https://mail.example.test")


async def _members() -> list[str]:
    return [row[0] for row in await db.fetch_rows("SELECT address FROM list_member ORDER BY address")]


async def test_get_shows_a_button_and_changes_nothing(nobody, made: MailingList) -> None:
    answer = await nobody.get(await _path(made))

    assert answer.status_code == 200
    assert '<form method="post"><button type="submit">Unsubscribe</button></form>' in answer.text
    assert "Leave &lt;Talk&gt; &amp; more?" in answer.text
    assert "x@remote.test leaves talk@lists.test" in answer.text
    assert "form-action 'self'" in answer.headers["content-security-policy"]
    assert await _members() == ["x@remote.test", "y@remote.test"]


async def test_post_by_a_mail_program_unsubscribes_that_one_member(nobody, made: MailingList) -> None:
    path = await _path(made)

    first = await nobody.post(path, data={"List-Unsubscribe": "One-Click"})
    again = await nobody.post(path, content=b"")

    assert (first.status_code, again.status_code) == (200, 200)
    assert "x@remote.test is no longer on" in first.text
    assert await _members() == ["y@remote.test"]
    audit = await db.fetch_value("SELECT detail FROM audit_entry WHERE action = 'list.unsubscribe'")
    assert audit == '{"member":"x@remote.test"}'


async def test_a_forged_link_is_told_apart(nobody, made: MailingList) -> None:
    path = await _path(made)
    other = await list_tokens.issue(ListToken(Purpose.MODERATE, made.id, 1), made.domain)

    for wrong in (
        path[:-3] + "aaa",
        path.replace("lists.test", "example.test"),
        path.replace("/unsubscribe/", "/confirm/"),
        f"/lists/unsubscribe/lists.test/{other}",
        "/lists/unsubscribe/lists.test/x",
    ):
        answer = await nobody.post(wrong)
        assert (answer.status_code, "This link" in answer.text) == (404, True)
    assert len(await _members()) == 2


async def test_confirming_by_the_page(nobody, made: MailingList) -> None:
    asking = await requests.prepare(made, Address("new", "remote.test"), Action.SUBSCRIBE, is_proven=False)
    await db.write(lambda tx: requests.ask(tx, asking))
    path = asking.page.removeprefix("https://mail.example.test")

    shown = await nobody.get(path)
    before = await _members()
    done = await nobody.post(path)
    again = await nobody.post(path)

    assert "Join &lt;Talk&gt;" in shown.text
    assert before == ["x@remote.test", "y@remote.test"]
    assert "new@remote.test is on" in done.text
    assert again.status_code == 200
    assert await _members() == ["new@remote.test", "x@remote.test", "y@remote.test"]
