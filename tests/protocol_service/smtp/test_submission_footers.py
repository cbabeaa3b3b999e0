"""The footer of a domain below what its users send."""

from __future__ import annotations

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import db
from backend.kit.errors import InvalidSyntax
from tests.protocol_service.smtp.submitting import COMPLETE, set_of_domain, signed_in, stored_message
from tests.support.mail_house import House


async def test_the_domains_footer_names_the_author_and_goes_outside_only(doors: House) -> None:
    await set_of_domain(doors, "footer.text", "{{name}}, {{title}}\nExample Ltd")
    await settings.set_value(SYSTEM, "profile.title", Level.USER, doors.users["alice"], "Head of Tea")
    client = await signed_in(doors)

    assert (await client.mail("alice@example.test", ["bob@example.test"], COMPLETE)).code == 250
    assert b"Example Ltd" not in await stored_message()
    await db.write(lambda tx: tx.execute("DELETE FROM spool_message"))
    both = ["bob@example.test", "x@remote.test"]
    assert (await client.mail("alice@example.test", both, COMPLETE)).code == 250

    assert (await stored_message()).endswith(b"\r\n\r\nHi\r\n\r\nAlice, Head of Tea\r\nExample Ltd\r\n")


@pytest.mark.parametrize(
    ("sender", "exempt"), [("", False), ("alice@example.test", True)], ids=["no return path", "exempt user"]
)
async def test_mail_without_the_domains_footer(doors: House, sender: str, exempt: bool) -> None:
    await set_of_domain(doors, "footer.text", "Example Ltd")
    if exempt:
        await settings.set_value(SYSTEM, "footer.enabled", Level.USER, doors.users["alice"], False)
    client = await signed_in(doors)

    assert (await client.mail(sender, ["x@remote.test"], COMPLETE)).code == 250

    assert (await stored_message()).endswith(COMPLETE)


async def test_the_footer_of_internal_mail_is_a_setting(doors: House) -> None:
    await set_of_domain(doors, "footer.html", "<p>Example &amp; Sons, {{name}}</p>")
    await settings.set_value(SYSTEM, "footer.internal", Level.DOMAIN, doors.domain_id, True)
    client = await signed_in(doors)

    assert (await client.mail("alice@example.test", ["bob@example.test"], COMPLETE)).code == 250

    assert (await stored_message()).endswith(b"Hi\r\n\r\nExample & Sons, Alice\r\n")


@pytest.mark.parametrize("text", ["{{password}}", "{{name", "{{ name }}", "a\0b"])
async def test_a_template_names_what_there_is(doors: House, text: str) -> None:
    with pytest.raises(InvalidSyntax):
        await set_of_domain(doors, "footer.text", text)
