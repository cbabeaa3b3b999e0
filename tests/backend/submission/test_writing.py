"""Signatures, templates, the way of each own address, and plain text on the wire."""

from __future__ import annotations

import pytest

from backend.directory import aliases
from backend.directory.principal import SYSTEM
from backend.formats.addresses import Address, Mailbox
from backend.kit import db
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied, TooLarge
from backend.mailstore import reader, send_grants
from backend.mailstore.send_grants import SendMode
from backend.operations import removal
from backend.submission import drafts, kept_texts, sender_profiles, signatures, templates
from backend.submission.draft_content import DraftContent
from backend.submission.sender_profiles import Profile
from tests.backend.submission.conftest import add_account

OWN = Address.parse("maren@example.test")
DESK = Address.parse("desk@example.test")
AMARA = Mailbox("Amara Okafor", "amara", "north.example")


async def test_signatures_are_kept_by_name_and_end_with_their_use(maren: int) -> None:
    short = await signatures.create(maren, " Short ", "<div>Maren</div>")
    formal = await signatures.create(maren, "Formal", "<div>Maren Holt</div>")
    await sender_profiles.save(
        maren, OWN, Profile(signature_id=formal.id, reply_signature_id=short.id, is_default=True)
    )
    await signatures.update(maren, short.id, "Short", "<div>M.</div>")

    await signatures.remove(maren, formal.id)

    assert await signatures.list_own(maren) == [signatures.Signature(short.id, "Short", "<div>M.</div>")]
    profile = (await sender_profiles.of_account(maren))[str(OWN)]
    assert (profile.signature_id, profile.reply_signature_id) == (None, short.id)


async def test_what_is_anothers_cannot_be_used_changed_or_removed(maren: int) -> None:
    jonas = await add_account("jonas", "Jonas Weber")
    his = await signatures.create(jonas, "His", "<div>J.</div>")
    text = await templates.create(jonas, "His", "", "<div>J.</div>")

    with pytest.raises(NotFound):
        await sender_profiles.save(maren, OWN, Profile(signature_id=his.id))
    with pytest.raises(NotFound):
        await signatures.update(maren, his.id, "Mine", "")
    with pytest.raises(NotFound):
        await signatures.remove(maren, his.id)
    with pytest.raises(NotFound):
        await templates.update(maren, text.id, "Mine", "", "")
    with pytest.raises(NotFound):
        await templates.remove(maren, text.id)
    assert await sender_profiles.of_account(maren) == {}
    assert (await signatures.list_own(jonas), await templates.list_own(jonas)) == ([his], [text])


async def test_texts_and_names_are_bounded(maren: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("", "  ", "x" * 101, "a\nb"):
        with pytest.raises(InvalidSyntax):
            await signatures.create(maren, name, "")
    with pytest.raises(TooLarge):
        await templates.create(maren, "Large", "", "x" * (kept_texts.MAX_HTML_CHARS + 1))
    with pytest.raises(InvalidSyntax):
        await templates.create(maren, "Lines", "a\r\nBcc: b@c.test", "")
    monkeypatch.setattr(signatures, "MOST", 1)
    await signatures.create(maren, "One", "")
    with pytest.raises(LimitExceeded):
        await signatures.create(maren, "Two", "")

    assert len(await signatures.list_own(maren)) == 1
    assert await templates.list_own(maren) == []


async def test_the_usual_address_comes_first_and_there_is_one(maren: int) -> None:
    await aliases.add(SYSTEM, 7, "desk", [str(OWN)])
    await sender_profiles.save(maren, OWN, Profile(is_default=True))

    await sender_profiles.save(maren, DESK, Profile(is_default=True, name="The desk"))

    found = [(str(one.address), profile.is_default) for one, profile in await sender_profiles.all_of(maren)]
    assert found == [("desk@example.test", True), ("maren@example.test", False)]
    assert (await sender_profiles.choose(maren, None)).mailbox == Mailbox("The desk", "desk", "example.test")


async def test_name_and_reply_to_stand_in_what_is_written(maren: int) -> None:
    await sender_profiles.save(maren, OWN, Profile(name="M. Holt", reply_to=" team@example.test "))
    sender = await sender_profiles.choose(maren, OWN)

    saved = await drafts.save(
        maren, DraftContent(sender=sender.mailbox, reply_to=sender.reply_to, to=(AMARA,), text="Hi")
    )

    raw = await reader.read_message(maren, saved.ref)
    assert b"From: M. Holt <maren@example.test>\r\n" in raw or b'From: "M. Holt" <maren@' in raw
    assert b"Reply-To: team@example.test\r\n" in raw


@pytest.mark.parametrize("profile", [Profile(reply_to="no address"), Profile(name="a\r\nb")])
async def test_a_profile_that_would_break_a_header_is_refused(maren: int, profile: Profile) -> None:
    with pytest.raises(InvalidSyntax):
        await sender_profiles.save(maren, OWN, profile)

    assert await sender_profiles.of_account(maren) == {}


async def test_an_owner_alone_decides_how_others_write_in_that_name(maren: int) -> None:
    jonas = await add_account("jonas", "Jonas Weber")
    await send_grants.put(SYSTEM, maren, "jonas", SendMode.AS)

    with pytest.raises(PermissionDenied):
        await sender_profiles.save(jonas, OWN, Profile(name="Somebody"))

    assert (await sender_profiles.choose(jonas, OWN)).mailbox.name == "Maren Holt"


async def test_plain_text_goes_flowed_and_comes_back_as_it_was_typed(maren: int) -> None:
    typed = "A long line " * 12 + "ends.\n\n> quoted\n-- \nMaren"

    saved = await drafts.save(maren, DraftContent(sender=Mailbox("", "maren", "example.test"), text=typed))

    raw = await reader.read_message(maren, saved.ref)
    assert b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n" in raw
    assert b"multipart" not in raw
    assert max(map(len, raw.split(b"\r\n\r\n", 1)[1].split(b"\r\n"))) <= 72
    assert (saved.stored.text, saved.stored.html) == (typed, "")


async def test_nothing_is_left_of_a_user_who_is_removed(maren: int) -> None:
    await signatures.create(maren, "Mine", "")
    await templates.create(maren, "Mine", "", "")
    await sender_profiles.save(maren, OWN, Profile(is_default=True))

    await removal.remove_user(SYSTEM, maren)

    for table in ("signature", "message_template", "sender_profile"):
        assert await db.fetch_value(f"SELECT COUNT(*) FROM {table}") == 0
