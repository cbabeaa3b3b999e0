"""Who may post to a list: asked at RCPT, so that a refusal is said before any data is taken, and again by the
spool for what comes by an alias.

The author is known by the envelope. From outside that is only a claim: what `unverified` says then decides,
unless anyone may post, or the domain in From has vouched for the post (DMARC), which is known after the data.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory.list_types import MailingList, Posting, Refusal, Standing
from backend.directory.names import fold
from backend.directory.setting_store import Reader
from backend.formats.addresses import Address
from backend.kit import db


@dataclass(frozen=True, slots=True)
class Permit:
    """What becomes of a post: accepted, held for moderators, or refused; the reason is for its author."""

    verdict: Refusal
    reason: str = ""


ACCEPTED = Permit(Refusal.ACCEPT)
NO_BOUNCES = Permit(Refusal.REJECT, "Lists take no delivery reports")
DISABLED = Permit(Refusal.REJECT, "This list is closed")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the tables say of an address and a list."""

    role: int | None
    is_in_group: bool
    is_poster: bool
    is_banned: bool

    @property
    def is_member(self) -> bool:
        return self.role is not None or self.is_in_group

    @property
    def is_moderator(self) -> bool:
        return self.role is not None and self.role >= Standing.MODERATOR


async def permit(
    mailing_list: MailingList, sender: Address | None, account_id: int | None, *, is_proven: bool = False
) -> Permit:
    """What becomes of a post by `sender`; with `account_id` it was submitted by that user, signed in, and
    with `is_proven` it is certain otherwise who wrote it.
    """
    if sender is None:
        return NO_BOUNCES
    if not mailing_list.is_enabled:
        return DISABLED
    is_proven = is_proven or account_id is not None
    reader = db.current_tx.get() or db.database()
    address = await _address_of(reader, account_id) if account_id is not None else None
    facts = await _facts(
        reader, mailing_list.id, address or str(Address(fold(sender.localpart), sender.domain))
    )
    if facts.is_banned:
        return Permit(Refusal.REJECT, "You may not post to this list")
    if not _is_entitled(mailing_list.posting, facts):
        return Permit(mailing_list.unentitled, _WHO_MAY[mailing_list.posting])
    if mailing_list.posting is not Posting.ANYONE and not is_proven:
        verdict = mailing_list.unverified
        if verdict is Refusal.REJECT:
            return Permit(verdict, "Posts to this list must be submitted by a signed-in sender")
        if verdict is Refusal.HOLD:
            return Permit(verdict, "It is not certain that the sender is who it claims to be")
    if mailing_list.is_moderated and not (facts.is_moderator and is_proven):
        return Permit(Refusal.HOLD, "Posts to this list are moderated")
    return ACCEPTED


_WHO_MAY = {
    Posting.ANYONE: "",
    Posting.MEMBERS: "Only members may post to this list",
    Posting.MODERATORS: "Only moderators may post to this list",
    Posting.CHOSEN: "Only chosen senders may post to this list",
}


def _is_entitled(posting: Posting, facts: _Facts) -> bool:
    if posting is Posting.ANYONE or facts.is_moderator or facts.is_poster:
        return True
    return posting is Posting.MEMBERS and facts.is_member


async def _address_of(reader: Reader, account_id: int) -> str | None:
    row = await reader.fetch_row(
        "SELECT u.localpart || '@' || domain.name FROM user_account u"
        " JOIN domain ON domain.id = u.domain_id WHERE u.id = ?",
        account_id,
    )
    return row[0] if row is not None else None


async def _facts(reader: Reader, list_id: int, address: str) -> _Facts:
    """One statement: this is asked at RCPT."""
    localpart, _, domain = address.rpartition("@")
    row = await reader.fetch_row(
        "SELECT (SELECT role FROM list_member WHERE list_id = ? AND address = ?),"
        " EXISTS (SELECT 1 FROM list_member m JOIN group_member g ON g.group_id = m.group_id"
        " JOIN user_account u ON u.id = g.user_id JOIN domain ON domain.id = u.domain_id"
        " WHERE m.list_id = ? AND m.group_id IS NOT NULL AND u.localpart = ? AND domain.name = ?),"
        " EXISTS (SELECT 1 FROM list_address WHERE list_id = ? AND kind = 'POSTER' AND address IN (?, ?)),"
        " EXISTS (SELECT 1 FROM list_address WHERE list_id = ? AND kind = 'BANNED' AND address IN (?, ?))",
        *(list_id, address),
        *(list_id, localpart, domain),
        *(list_id, address, f"@{domain}"),
        *(list_id, address, f"@{domain}"),
    )
    role, in_group, poster, banned = row if row is not None else (None, False, False, False)
    return _Facts(role, bool(in_group), bool(poster), bool(banned))
