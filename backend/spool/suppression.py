"""Addresses and domains to which nothing is sent: for everybody here, or for the users of one domain.

Administrators list, add and remove (`suppression_admin`); hard bounces add by themselves, for the domain
whose user wrote (`hard_bounces`). Most destinations have no entry at all, and a process remembers for a
moment which: another one hears of a new entry within seconds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from backend.directory import names, resolve, settings
from backend.directory.caches import Cache
from backend.formats.addresses import format_addr_spec
from backend.kit import clock, db
from backend.kit.db import Row
from backend.kit.errors import MailError
from schema.events import Event

EVERYBODY = 0
_CHUNK = 200
COLUMNS = "id, domain_id, localpart, domain, reason, detail, bounces, created_at, expires_at, actor"
HOLDS = "is_active = 1 AND (expires_at IS NULL OR expires_at > ?)"


class Reason(StrEnum):
    """Why nothing is sent."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Suppression:
    """One entry; `localpart` is empty for a whole domain, `owner_id` is the domain it holds for, or
    `EVERYBODY`.
    """

    id: int
    owner_id: int
    localpart: str
    domain: str
    reason: Reason
    detail: str
    bounces: int
    created_at: int
    expires_at: int | None
    actor: str

    @property
    def address(self) -> str:
        """What is not sent to, as people write it."""
        return format_addr_spec(self.localpart, self.domain) if self.localpart else self.domain

    @property
    def status(self) -> str:
        """The RFC 3463 code of a refusal."""
        if self.reason is not Reason.BOUNCE:
            return "5.7.1"
        return "5.1.1" if self.localpart else "5.1.2"

    @property
    def refusal(self) -> str:
        """Why nothing is sent there, for the sender."""
        return self.refusal_by_name(self.address)

    def refusal_by_name(self, name: str) -> str:
        """The same about a recipient that the sender knows by that name only."""
        why = {
            Reason.BOUNCE: "mail to it came back",
            Reason.COMPLAINT: "its owner does not want it",
            Reason.MANUAL: "an administrator has blocked it",
        }[self.reason]
        return f"Nothing is sent to {name}: {why}"


def _keep(cache: Cache[tuple[int, str], bool], event: Event) -> None:
    """Entries age by themselves."""


_has_entries: Cache[tuple[int, str], bool] = Cache(ttl_s=3, limit=20_000, drop=_keep)


def forget() -> None:
    """Look again: an entry was made in this process."""
    _has_entries.clear()


async def owner_of(account_id: int | None) -> int | None:
    """The domain whose entries hold for what an account sends; None for what no user of ours sends."""
    if account_id is None:
        return None
    try:
        return await settings.domain_of(account_id)
    except MailError:
        return None  # a sender who has been removed since


async def blocking(
    addresses: Collection[tuple[str, str]], owner_id: int | None
) -> dict[tuple[str, str], Suppression]:
    """Of these (localpart, domain), those to which nothing is sent for the users of a domain, each with the
    reason; None asks for what holds for everybody.
    """
    owner = EVERYBODY if owner_id is None else owner_id
    wanted = {
        (names.fold(localpart), domain): (localpart, domain)
        for localpart, domain in addresses
        if await _has_entries.get((owner, domain), _look)
    }
    found: dict[tuple[str, str], Suppression] = {}
    keys = list(wanted)
    for start in range(0, len(keys), _CHUNK):
        part = keys[start : start + _CHUNK]
        for entry in await _holding({*part, *(("", domain) for _, domain in part)}, owner):
            for key in part:
                if key[1] == entry.domain and entry.localpart in ("", key[0]):
                    found.setdefault(wanted[key], entry)
    return found


async def refused_at_submission(
    addresses: Collection[tuple[str, str]], account_id: int | None
) -> list[Suppression]:
    """Those of a submission's recipients that are to be refused while it is handed in; none where the sender
    hears of it by a delivery report instead.
    """
    owner_id = await owner_of(account_id)
    if owner_id is None or await settings.get("suppression.at_submission", domain_id=owner_id) != "refuse":
        return []
    elsewhere = [one for one in addresses if not await resolve.is_local_domain(one[1])]
    return list((await blocking(elsewhere, owner_id)).values())


async def _look(place: tuple[int, str]) -> bool:
    owner, domain = place
    return bool(
        await db.fetch_value(
            "SELECT EXISTS(SELECT 1 FROM suppression"
            " WHERE domain = ? AND domain_id IN (?, ?) AND is_active = 1)",
            domain,
            EVERYBODY,
            owner,
        )
    )


async def _holding(keys: Collection[tuple[str, str]], owner: int) -> list[Suppression]:
    rows = await db.fetch_rows(
        f"SELECT {COLUMNS} FROM suppression WHERE (domain, localpart) IN"
        f" (VALUES {', '.join(['(?, ?)'] * len(keys))}) AND domain_id IN (?, ?) AND {HOLDS}",
        *(text for localpart, domain in keys for text in (domain, localpart)),
        EVERYBODY,
        owner,
        clock.now(),
    )
    return [from_row(row) for row in rows]


def from_row(row: Row) -> Suppression:
    """An entry from a row of `COLUMNS`."""
    id_, owner_id, localpart, domain, reason, *rest = row
    return Suppression(id_, owner_id, localpart, domain, Reason(reason), *rest)
