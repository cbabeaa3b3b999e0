"""What the links of a list do: one takes a member off it (RFC 8058), one confirms what was asked by mail.

A link says what it is for and does nothing until it is posted to: programs that look at mail open links.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import list_tokens, resolve
from backend.directory.list_types import MailingList
from backend.formats.list_tokens import Purpose
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.submission.lists import distribution, requests
from backend.submission.lists.requests import Action


@dataclass(frozen=True, slots=True)
class Link:
    """What a link of ours is for. `address` is empty where its time is over or it has been used."""

    mailing_list: MailingList
    purpose: Purpose
    number: int
    address: str
    is_joining: bool


async def read(domain: str, text: str, purpose: Purpose) -> Link:
    """The link of a token. Raises NotFound for what is not ours."""
    token = await list_tokens.read(text, domain.lower()) if domain.isascii() else None
    if token is None or token.purpose is not purpose or not await resolve.is_local_domain(domain.lower()):
        raise NotFound("This link is not valid")
    row = await db.fetch_row(
        f"SELECT {MailingList.COLUMNS} FROM {MailingList.TABLES} WHERE l.id = ?", token.list_id
    )
    if row is None:
        raise NotFound("There is no such list any more")
    mailing_list = MailingList.from_row(row)
    if purpose is Purpose.UNSUBSCRIBE:
        address = await db.fetch_value(
            "SELECT address FROM list_member WHERE id = ? AND list_id = ?", token.number, token.list_id
        )
        return Link(mailing_list, purpose, token.number, address or "", is_joining=False)
    request = await requests.find(db.database(), token.list_id, token.number)
    is_joining = request is not None and request.action is Action.SUBSCRIBE
    return Link(mailing_list, purpose, token.number, request.address if request else "", is_joining)


async def follow(link: Link) -> str:
    """Do what the link is for; what has become of it, for people. A second time it changes nothing."""
    mailing_list = link.mailing_list
    return_path = await distribution.return_path(mailing_list)

    async def verb(tx: Tx) -> str:
        if link.purpose is Purpose.UNSUBSCRIBE:
            await requests.leave(tx, mailing_list, link.address)
            return f"{link.address} is no longer on {mailing_list.title}."
        request = await requests.find(tx, mailing_list.id, link.number)
        if request is None:
            return "This has been answered already."
        return await requests.confirmed(tx, mailing_list, request, return_path)

    if not link.address:
        return f"There is nothing to do: this address is not on {mailing_list.title}, or it was long ago."
    return await db.write(verb)
