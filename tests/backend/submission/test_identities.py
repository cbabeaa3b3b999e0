"""Whose addresses may be used: the own ones, aliases, and what others have granted; copies for the owner."""

from __future__ import annotations

import pytest

from backend.directory import aliases, domain_aliases, groups, settings, users
from backend.directory.principal import SYSTEM, Principal, for_user
from backend.directory.setting_key import Level
from backend.formats.addresses import Address, Mailbox
from backend.kit import blobs, db
from backend.kit.errors import InvalidSyntax, NotFound, PermissionDenied
from backend.mailstore import mailboxes, send_grants
from backend.mailstore.send_grants import SendMode
from backend.operations import removal
from backend.submission import drafts, identities, submit, undo
from backend.submission.draft_content import DraftContent
from tests.backend.submission.conftest import add_account

DOMAIN = 7
AMARA = Mailbox("Amara Okafor", "amara", "north.example")


@pytest.fixture
async def jonas(maren: int) -> int:
    """A colleague of maren's."""
    return await add_account("jonas", "Jonas Weber")


async def as_user(user_id: int) -> Principal:
    return for_user(await users.get(SYSTEM, user_id))


async def listed(user_id: int) -> list[tuple[str, str | None]]:
    return [(str(one.address), one.mode) for one in await identities.of_user(user_id)]


async def sent(account_id: int) -> int:
    return (await mailboxes.by_use(account_id, "sent")).exists


async def written(account_id: int, sender: str) -> int:
    localpart, _, domain = sender.partition("@")
    content = DraftContent(sender=Mailbox("", localpart, domain), to=(AMARA,), subject="Figures", text="Hi")
    return (await drafts.save(account_id, content)).ref


async def spooled() -> tuple[str, bytes]:
    row = await db.fetch_row("SELECT sender, blob_id FROM spool_message")
    assert row is not None
    return row[0], await blobs.read(row[1])


async def test_own_addresses_are_those_to_which_mail_comes_alone(maren: int, jonas: int) -> None:
    await aliases.add(SYSTEM, DOMAIN, "sales", ["maren@example.test"])
    await aliases.add(SYSTEM, DOMAIN, "shop", ["sales@example.test"])
    await aliases.add(SYSTEM, DOMAIN, "staff", ["maren@example.test", "jonas@example.test"])
    await aliases.add(SYSTEM, DOMAIN, "*", ["maren@example.test"])
    await domain_aliases.add(SYSTEM, DOMAIN, "example.net")

    assert await listed(maren) == [
        (f"{local}@example.{top}", None) for top in ("test", "net") for local in ("maren", "sales")
    ]
    for localpart in ("maren", "Maren+news", "sales", "sales+x", "shop"):
        for domain in ("example.test", "example.net"):
            assert await identities.find(maren, Address(localpart, domain))
    for address in ("staff@example.test", "anything@example.test", "jonas@example.test", "m@north.example"):
        assert await identities.find(maren, Address.parse(address)) is None


async def test_grants_to_people_and_groups(maren: int, jonas: int) -> None:
    eva = await add_account("eva", "Eva Lind")
    team = await groups.add(SYSTEM, DOMAIN, "desk")
    await groups.add_member(SYSTEM, team.id, "eva@example.test")
    owner = await as_user(maren)

    await send_grants.put(owner, maren, "group:desk", SendMode.BEHALF)
    found = await send_grants.put(owner, maren, "jonas@example.test", SendMode.AS)

    assert [(one.holder.name, one.mode) for one in found] == [
        ("group:desk", SendMode.BEHALF),
        ("jonas@example.test", SendMode.AS),
    ]
    assert await listed(jonas) == [("jonas@example.test", None), ("maren@example.test", "as")]
    assert await listed(eva) == [("eva@example.test", None), ("maren@example.test", "behalf")]
    await send_grants.put(owner, maren, "eva", SendMode.AS)
    assert (await identities.require(eva, Address.parse("maren+x@example.test"))).mode is SendMode.AS
    await send_grants.put(owner, maren, "jonas", None)
    with pytest.raises(PermissionDenied):
        await identities.require(jonas, Address.parse("maren@example.test"))
    entries = await db.fetch_rows("SELECT subject FROM audit_entry WHERE action = 'user.grant_sending'")
    assert entries == [("maren@example.test",)] * 4


async def test_who_may_grant(maren: int, jonas: int) -> None:
    await send_grants.put(SYSTEM, maren, "jonas", SendMode.BEHALF)

    with pytest.raises(PermissionDenied):
        await send_grants.put(await as_user(jonas), maren, "jonas", SendMode.AS)
    with pytest.raises(PermissionDenied):
        await send_grants.list_grants(await as_user(jonas), maren)
    with pytest.raises(InvalidSyntax):
        await send_grants.put(SYSTEM, maren, "anyone", SendMode.AS)
    with pytest.raises(InvalidSyntax):
        await send_grants.put(SYSTEM, maren, "maren", SendMode.AS)
    with pytest.raises(NotFound):
        await send_grants.put(SYSTEM, maren, "amara@north.example", SendMode.AS)
    assert (await identities.require(jonas, Address.parse("maren@example.test"))).mode is SendMode.BEHALF


async def test_grants_end_with_user_and_group(maren: int, jonas: int) -> None:
    team = await groups.add(SYSTEM, DOMAIN, "desk")
    await send_grants.put(SYSTEM, maren, "group:desk", SendMode.AS)
    await send_grants.put(SYSTEM, maren, "jonas", SendMode.AS)
    await send_grants.put(SYSTEM, jonas, "maren", SendMode.AS)

    await groups.remove(SYSTEM, team.id)
    await removal.remove_user(SYSTEM, jonas)

    assert await db.fetch_value("SELECT COUNT(*) FROM send_grant") == 0


async def test_a_disabled_owner_is_nobodys_name(maren: int, jonas: int) -> None:
    await send_grants.put(SYSTEM, maren, "jonas", SendMode.AS)

    await users.update(SYSTEM, maren, is_enabled=False)

    assert await listed(jonas) == [("jonas@example.test", None)]
    assert await identities.find(jonas, Address.parse("maren@example.test")) is None


async def test_on_behalf_names_the_writer_who_also_gets_reports(maren: int, jonas: int) -> None:
    await send_grants.put(SYSTEM, maren, "jonas", SendMode.BEHALF)

    await submit.submit(jonas, await written(jonas, "maren@example.test"), hold_s=10)

    sender, raw = await spooled()
    assert sender == "jonas@example.test"
    assert b"\r\nFrom: maren@example.test\r\n" in b"\r\n" + raw
    assert b"Sender: jonas@example.test\r\n" in raw
    assert (await sent(jonas), await sent(maren)) == (1, 0)


async def test_send_as_leaves_no_trace(maren: int, jonas: int) -> None:
    await send_grants.put(SYSTEM, maren, "jonas", SendMode.AS)

    await submit.submit(jonas, await written(jonas, "maren@example.test"), hold_s=10)

    sender, raw = await spooled()
    assert sender == "maren@example.test"
    assert b"jonas" not in raw


async def test_the_owner_gets_a_copy_that_goes_with_the_undo(maren: int, jonas: int) -> None:
    await send_grants.put(SYSTEM, maren, "jonas", SendMode.AS)
    await settings.set_value(await as_user(maren), "submission.copy_to_owner", Level.USER, maren, True)
    held = await submit.submit(jonas, await written(jonas, "maren@example.test"), hold_s=60)
    assert (await sent(jonas), await sent(maren)) == (1, 1)

    await undo.cancel(jonas, held.id)

    assert (await sent(jonas), await sent(maren)) == (0, 0)


async def test_a_full_mailbox_of_the_owner_does_not_keep_anybody_from_sending(maren: int, jonas: int) -> None:
    await send_grants.put(SYSTEM, maren, "jonas", SendMode.AS)
    await settings.set_value(SYSTEM, "submission.copy_to_owner", Level.USER, maren, True)
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, maren, 1)

    await submit.submit(jonas, await written(jonas, "maren@example.test"), hold_s=10)

    assert (await sent(jonas), await sent(maren)) == (1, 0)
