"""A limit is set by an administrator and felt at every door."""

from __future__ import annotations

import asyncio
import imaplib
import smtplib
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.flows.conftest import ADMINISTRATOR, PASSWORD, House
from tests.support.public_clients import any_certificate, send
from tests.support.web_client import Refused

pytestmark = pytest.mark.asyncio(loop_scope="package")

SET = """mutation($level: SettingLevel!, $key: String!, $target: ID, $value: SettingScalar) {
  setSetting(level: $level, key: $key, targetId: $target, value: $value) {
    value ownValue origin { level name setBy isDefault } } }"""
CAP = """mutation($key: String!, $target: ID, $ceiling: SettingScalar) {
  setCeiling(level: DOMAIN, key: $key, targetId: $target, ceiling: $ceiling) {
    ceiling ceilingOrigin { level name setBy } } }"""
QUOTA, MESSAGE = "mailbox.quota_bytes", "message.max_bytes"
MIB = 1 << 20
# Which of them it was is nobody's business below.
CAPPED_BY = "the system administrator"


def letter(size: int) -> bytes:
    return b"From: amara@north.example\r\nSubject: weight\r\n\r\n" + b"a line of text\r\n" * (size // 16)


@pytest_asyncio.fixture(autouse=True, loop_scope="package")
async def restored(house: House) -> AsyncIterator[None]:
    """Every limit as it was."""
    yield
    oliver = house.users["oliver"]
    for key in (QUOTA, MESSAGE):
        await house.root.ask(CAP, key=key, target=house.domain_id, ceiling=None)
        await house.root.ask(SET, level="DOMAIN", key=key, target=house.domain_id, value=None)
    await house.root.ask(SET, level="USER", key=QUOTA, target=oliver, value=None)


async def used_bytes(house: House) -> int:
    answer = await house.root.ask("query($id: ID!) { user(id: $id) { usedBytes } }", id=house.users["oliver"])
    return int(answer["user"]["usedBytes"])


async def until_used(house: House, at_least: int) -> int:
    async with asyncio.timeout(30):
        while (used := await used_bytes(house)) < at_least:  # noqa: ASYNC110  # another process delivers
            await asyncio.sleep(0.05)
    return used


async def refused_recipient(house: House) -> tuple[int, bytes]:
    """What RCPT says to Oliver's address. Room that the server has just seen is believed for some seconds."""
    async with asyncio.timeout(15):
        while (answer := await asyncio.to_thread(ask_recipient, house))[0] == 250:  # noqa: ASYNC110  # by time only
            await asyncio.sleep(0.2)
    return answer


def ask_recipient(house: House) -> tuple[int, bytes]:
    with smtplib.SMTP("127.0.0.1", house.served.ports["smtp"], timeout=30) as client:
        client.ehlo("mx.north.example")
        client.mail("amara@north.example")
        return client.rcpt("oliver@example.test")


async def lower(house: House, key: str, value: int, *, level: str = "USER") -> dict[str, Any]:
    target = house.users["oliver"] if level == "USER" else house.domain_id
    found: dict[str, Any] = (await house.root.ask(SET, level=level, key=key, target=target, value=value))[
        "setSetting"
    ]
    await house.heard()
    return found


async def test_a_full_mailbox_is_said_at_every_door(house: House) -> None:
    web = await house.browser("oliver")
    await asyncio.to_thread(
        send, house.served.ports["smtp"], "amara@north.example", ["oliver@example.test"], letter(2 * MIB)
    )
    used = await until_used(house, 2 * MIB)

    changed = await lower(house, QUOTA, MIB)

    assert changed["value"] == MIB
    assert (changed["origin"]["setBy"], changed["origin"]["isDefault"]) == (ADMINISTRATOR, False)
    code, text = await refused_recipient(house)
    assert (code, text[:5]) == (452, b"4.2.2")
    assert b"[OVERQUOTA]" in await asyncio.to_thread(append, house, letter(100))
    with pytest.raises(Refused) as draft:
        await web.ask(
            "mutation($input: DraftInput!) { saveDraft(input: $input) { id } }",
            input={"to": [], "cc": [], "bcc": [], "subject": "s", "text": "t", "attachments": []},
        )
    assert draft.value.code == "OVER_QUOTA"
    assert await used_bytes(house) == used
    quota = (await web.ask("{ viewer { quota { usedBytes limitBytes } } }"))["viewer"]["quota"]
    assert quota == {"usedBytes": used, "limitBytes": MIB}

    await lower(house, QUOTA, 64 * MIB)
    assert await asyncio.to_thread(append, house, letter(100)) == b""
    await web.close()


def append(house: House, raw: bytes) -> bytes:
    """Append to Archive; what the refusal says."""
    with imaplib.IMAP4("127.0.0.1", house.served.ports["imap"], timeout=30) as client:
        client.login(house.address("oliver"), PASSWORD)
        status, data = client.append("Archive", "", "", raw)
        return b"" if status == "OK" else bytes(data[0])


async def test_a_smaller_message_size_is_advertised_and_kept(house: House) -> None:
    before = await used_bytes(house)

    await lower(house, MESSAGE, MIB, level="DOMAIN")

    with pytest.raises(smtplib.SMTPResponseException) as submission:
        await asyncio.to_thread(submit, house, letter(2 * MIB))
    assert submission.value.smtp_code == 552
    with pytest.raises((smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)) as inbound:
        await asyncio.to_thread(
            send, house.served.ports["smtp"], "amara@north.example", ["oliver@example.test"], letter(2 * MIB)
        )
    assert "552" in str(inbound.value)
    assert await used_bytes(house) == before


def submit(house: House, raw: bytes) -> None:
    """Send as Oliver, without saying the size beforehand."""
    with smtplib.SMTP("127.0.0.1", house.served.ports["submission"], timeout=30) as client:
        client.starttls(context=any_certificate())
        client.login(house.address("oliver"), PASSWORD)
        client.mail(house.address("oliver"))
        client.rcpt("amara@north.example")
        code, text = client.data(raw)
        if code != 250:
            raise smtplib.SMTPResponseException(code, text)


async def test_a_refusal_names_who_set_the_limit(house: House) -> None:
    capped = await house.root.ask(CAP, key=QUOTA, target=house.domain_id, ceiling=10 * MIB)
    assert capped["setCeiling"]["ceilingOrigin"]["setBy"] == CAPPED_BY

    with pytest.raises(Refused) as refusal:
        await house.web.ask(SET, level="USER", key=QUOTA, target=house.users["oliver"], value=20 * MIB)

    assert refusal.value.code in ("LIMIT_EXCEEDED", "PERMISSION_DENIED", "INVALID")
    assert "10 MB" in refusal.value.message
    assert CAPPED_BY in refusal.value.message
