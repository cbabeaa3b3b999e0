"""How users hand mail over: signed in, with a message that lacks nothing."""

from __future__ import annotations

from base64 import b64encode

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import blobs, db
from tests.support.mail_house import PASSWORD, House
from tests.support.smtp_raw import RawSmtp

COMPLETE = (
    b"From: Alice <alice@example.test>\r\nDate: Sat, 22 Nov 2025 18:21:00 +0000\r\n"
    b"Message-ID: <1@example.test>\r\nSubject: x\r\n\r\nHi\r\n"
)


def plain(login: str, password: str = PASSWORD, authzid: str = "") -> str:
    """The initial response of AUTH PLAIN."""
    return b64encode(f"{authzid}\0{login}\0{password}".encode()).decode()


async def signed_in(house: House, localpart: str = "alice") -> RawSmtp:
    """A connection of a user to the submission port."""
    client = await house.connect("submission")
    reply = await client.command(f"AUTH PLAIN {plain(f'{localpart}@example.test')}")
    assert str(reply) == "235 2.7.0 Authentication successful"
    return client


async def stored_message() -> bytes:
    """The one message in the spool."""
    (row,) = await db.fetch_rows("SELECT blob_id FROM spool_message")
    return await blobs.read(row[0])


async def set_of_domain(doors: House, key: str, value: int | str) -> None:
    """A setting of the domain that all of them are of."""
    await settings.set_value(SYSTEM, key, Level.DOMAIN, doors.domain_id, value)
