"""How a user writes under each of the own addresses: display name, Reply-To, signatures, and which is usual.

A profile only adds to what `identities` allows: one of an address that is no longer the user's is not asked
for. What others have granted is written in the owner's way.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.formats.addresses import Address, Mailbox
from backend.kit import db, ids
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, PermissionDenied
from backend.submission import identities, signatures
from backend.submission.identities import Identity

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Of one address. `name` and `reply_to` are empty where the usual holds; signatures are ids or None."""

    name: str = ""
    reply_to: str = ""
    is_default: bool = False
    signature_id: int | None = None
    reply_signature_id: int | None = None


USUAL = Profile()


@dataclass(frozen=True, slots=True)
class Sender:
    """What a message says of its author (RFC 5322 §3.6.2)."""

    mailbox: Mailbox
    reply_to: tuple[Mailbox, ...] = ()


async def of_account(account_id: int) -> dict[str, Profile]:
    """Profiles by address."""
    rows = await db.fetch_rows(
        "SELECT address, name, reply_to, is_default, signature_id, reply_signature_id"
        " FROM sender_profile WHERE account_id = ?",
        account_id,
    )
    return {
        address: Profile(
            name=name,
            reply_to=reply_to,
            is_default=bool(is_default),
            signature_id=signature or None,
            reply_signature_id=reply_signature or None,
        )
        for address, name, reply_to, is_default, signature, reply_signature in rows
    }


async def all_of(account_id: int) -> list[tuple[Identity, Profile]]:
    """Whom the user may write as, the usual one first, each in its way."""
    profiles = await of_account(account_id)
    found = [
        (one, profiles.get(_key(one.address), USUAL) if one.mode is None else USUAL)
        for one in await identities.of_user(account_id)
    ]
    return sorted(found, key=lambda pair: not pair[1].is_default)


async def choose(account_id: int, address: Address | None) -> Sender:
    """The sender of a message: that address, or the usual one. Raises PermissionDenied."""
    if address is None:
        identity, profile = (await all_of(account_id))[0]
    else:
        identity = await identities.require(account_id, address)
        profile = USUAL
        if identity.mode is None:
            profile = (await of_account(account_id)).get(_key(address), USUAL)
    mailbox = Mailbox(profile.name or identity.name, identity.address.localpart, identity.address.domain)
    return Sender(mailbox, _reply_to(profile))


def _reply_to(profile: Profile) -> tuple[Mailbox, ...]:
    if not profile.reply_to:
        return ()
    address = Address.parse(profile.reply_to)
    return (Mailbox("", address.localpart, address.domain),)


async def save(account_id: int, address: Address, profile: Profile) -> None:
    """Set how the user writes under an own address. Raises PermissionDenied, InvalidSyntax, NotFound."""
    identity = await identities.require(account_id, address)
    if identity.mode is not None:
        raise PermissionDenied(f"{address} belongs to somebody else, who decides this", field="address")
    name, reply_to = _checked(profile)

    async def verb(tx: Tx) -> None:
        for wanted in {profile.signature_id, profile.reply_signature_id} - {None}:
            await signatures.require(tx, account_id, wanted or 0)
        if profile.is_default:
            await tx.execute("UPDATE sender_profile SET is_default = 0 WHERE account_id = ?", account_id)
        await tx.execute(
            "INSERT INTO sender_profile (id, account_id, address, name, reply_to, is_default, signature_id,"
            " reply_signature_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (account_id, address) DO UPDATE SET name = excluded.name,"
            " reply_to = excluded.reply_to, is_default = excluded.is_default,"
            " signature_id = excluded.signature_id, reply_signature_id = excluded.reply_signature_id",
            ids.new_id(),
            account_id,
            _key(address),
            name,
            reply_to,
            int(profile.is_default),
            profile.signature_id or 0,
            profile.reply_signature_id or 0,
        )

    await db.write(verb)


def _checked(profile: Profile) -> tuple[str, str]:
    name = profile.name.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidSyntax(f"A name of at most {LONGEST_NAME} characters is needed", field="name")
    reply_to = profile.reply_to.strip()
    if not reply_to:
        return name, ""
    try:
        return name, str(Address.parse(reply_to))
    except ValueError as exc:
        raise InvalidSyntax(f"{reply_to[:100]} is not a mail address", field="replyTo") from exc


def _key(address: Address) -> str:
    return str(address).casefold()
