"""Passkeys: public key credentials of WebAuthn, for signing in without a password or as the second step.

The authenticator has to verify its user (a PIN, a finger, a face), so a passkey alone is two factors. A
passkey is bound to the host name it was made for; the browser keeps it from every other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.directory import audit, sign_in_tickets, subjects
from backend.directory.principal import Principal
from backend.directory.setting_store import Reader
from backend.directory.sign_in_tickets import Ticket
from backend.directory.subjects import NOBODY, Subject
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

MOST = 20
LONGEST_CREDENTIAL = 20_000
_TIMEOUT_MS = 120_000


@dataclass(frozen=True, slots=True)
class Site:
    """Where the browser is: the host name that passkeys are bound to, and the whole origin."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner sees it."""

    id: int
    label: str
    created_at: int
    used_at: int | None


async def list_of(subject_id: int) -> list[Passkey]:
    """The passkeys of somebody, the oldest first."""
    rows = await db.fetch_rows(
        "SELECT id, label, created_at, used_at FROM passkey WHERE subject_id = ? ORDER BY id", subject_id
    )
    return [Passkey(*row) for row in rows]


async def count(reader: Reader, subject_id: int) -> int:
    """How many somebody has."""
    row = await reader.fetch_row("SELECT COUNT(*) FROM passkey WHERE subject_id = ?", subject_id)
    return row[0] if row is not None else 0


async def begin_adding(principal: Principal, site: Site) -> tuple[str, str]:
    """A ticket, and what the browser hands to `navigator.credentials.create` as JSON."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    known = await _descriptors(principal.id)
    if len(known) >= MOST:
        raise LimitExceeded(f"There are {MOST} passkeys already; remove one first")
    text, ticket = await sign_in_tickets.issue("new-passkey", principal.kind, principal.id)
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.host,
        user_id=principal.id.to_bytes(8, "big"),
        user_name=principal.name,
        user_display_name=principal.name,
        challenge=ticket.challenge_bytes,
        timeout=_TIMEOUT_MS,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return text, options_to_json(options)


async def add(principal: Principal, ticket_text: str, credential: str, label: str, site: Site) -> Passkey:
    """Keep a passkey that the browser has made; `credential` is its answer as JSON."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    ticket = await sign_in_tickets.find(ticket_text, "new-passkey")
    label = " ".join(label.split())
    if not 0 < len(label) <= 100:
        raise InvalidSyntax("A passkey needs a name of at most 100 characters", field="label")
    if ticket.subject_id != principal.id:
        raise NotFound("This passkey was begun by somebody else")
    await sign_in_tickets.use(ticket)
    try:
        verified = verify_registration_response(
            credential=_parsed(credential),
            expected_challenge=ticket.challenge_bytes,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise InvalidSyntax("The browser's answer about the passkey is not valid") from error
    made = Passkey(ids.new_id(), label, clock.now(), None)

    async def verb(tx: Tx) -> None:
        if await count(tx, principal.id) >= MOST:
            raise LimitExceeded(f"There are {MOST} passkeys already; remove one first")
        stored = await tx.execute(
            "INSERT INTO passkey"
            " (id, kind, subject_id, credential_id, public_key, sign_count, label, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (credential_id) DO NOTHING",
            made.id,
            principal.kind,
            principal.id,
            bytes_to_base64url(verified.credential_id),
            bytes_to_base64url(verified.credential_public_key),
            verified.sign_count,
            label,
            made.created_at,
        )
        if not stored:
            raise Conflict("This passkey is known already")
        await audit.record(
            tx, principal, "passkey.add", principal.name, principal.domain_id, {"label": label}
        )

    await db.write(verb)
    return made


async def request_options(ticket: Ticket, site: Site) -> str:
    """What the browser hands to `navigator.credentials.get`, as JSON: of anybody's passkeys where the ticket
    names nobody.
    """
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=site.host,
        challenge=ticket.challenge_bytes,
        timeout=_TIMEOUT_MS,
        allow_credentials=await _descriptors(ticket.subject_id) if ticket.subject_id else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


async def owner_of(ticket: Ticket, credential: str, site: Site) -> Subject:
    """Who signed the ticket's challenge with a passkey; `NOBODY` where nobody did, or not whom the ticket
    names.
    """
    from webauthn import base64url_to_bytes, verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        answer = _parsed(credential)
        row = await db.fetch_row(
            "SELECT id, kind, subject_id, public_key, sign_count FROM passkey WHERE credential_id = ?",
            str(answer["id"])[:1400],
        )
        if row is None or ticket.subject_id not in (0, row[2]):
            return NOBODY
        verified = verify_authentication_response(
            credential=answer,
            expected_challenge=ticket.challenge_bytes,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(row[3]),
            credential_current_sign_count=row[4],
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return NOBODY
    passkey_id, kind, subject_id = row[0], row[1], row[2]
    await db.write(lambda tx: _note_use(tx, passkey_id, verified.new_sign_count), durable=False)
    return await subjects.by_id(kind, subject_id)


async def rename(principal: Principal, passkey_id: int, label: str) -> Passkey:
    """Give a passkey another name."""
    label = " ".join(label.split())
    if not 0 < len(label) <= 100:
        raise InvalidSyntax("A passkey needs a name of at most 100 characters", field="label")
    sql = "UPDATE passkey SET label = ? WHERE id = ? AND subject_id = ?"
    if not await db.write(lambda tx: tx.execute(sql, label, passkey_id, principal.id)):
        raise NotFound("No such passkey")
    [found] = [one for one in await list_of(principal.id) if one.id == passkey_id]
    return found


async def delete(tx: Tx, principal: Principal, passkey_id: int) -> None:
    """Forget one of one's own."""
    row = await tx.fetch_row(
        "DELETE FROM passkey WHERE id = ? AND subject_id = ? RETURNING label", passkey_id, principal.id
    )
    if row is None:
        raise NotFound("No such passkey")
    await audit.record(
        tx, principal, "passkey.remove", principal.name, principal.domain_id, {"label": row[0]}
    )


async def _note_use(tx: Tx, passkey_id: int, sign_count: int) -> None:
    sql = "UPDATE passkey SET sign_count = ?, used_at = ? WHERE id = ?"
    await tx.execute(sql, sign_count, clock.now(), passkey_id)


async def _descriptors(subject_id: int) -> list[PublicKeyCredentialDescriptor]:
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    rows = await db.fetch_rows("SELECT credential_id FROM passkey WHERE subject_id = ?", subject_id)
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(row[0])) for row in rows]


def _parsed(credential: str) -> dict[str, Any]:
    """ValueError where it is no JSON object of a sensible size."""
    if len(credential) > LONGEST_CREDENTIAL:
        raise ValueError("too large")
    found = json.loads(credential)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
