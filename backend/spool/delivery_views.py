"""Which rows of the spool a reader sees: a domain's, what a user sent, what came for a user."""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import domain_aliases, policy
from backend.directory.names import bare
from backend.directory.pages import contains
from backend.directory.principal import Principal
from backend.directory.types import Domain
from backend.kit import db
from backend.spool.delivery_types import STATES, Standing
from backend.spool.refusals import Source
from backend.spool.types import State

# Further names of a domain that are looked at; SQLite joins at most 500 SELECTs.
MOST_NAMES = 60


@dataclass(frozen=True, slots=True)
class View:
    """Which rows a reader sees: SQL over `spool_message m` and `spool_recipient r`, with its arguments.

    `sources` are SELECTs of message ids, each by an index, that take the bounds (from, before) last;
    `outgoing` is a condition on `m`; `refused` is where its refusals are.
    """

    sources: tuple[tuple[str, tuple[object, ...]], ...]
    visible: tuple[str, tuple[object, ...]]
    outgoing: tuple[str, tuple[object, ...]]
    shows_subject: bool
    shows_members: bool
    refused: tuple[Source, ...]


async def _names(domain: Domain) -> tuple[str, ...]:
    """The domain's name and its further ones."""
    return (domain.name, *(await domain_aliases.names_of(db.database(), domain.id))[:MOST_NAMES])


async def of_domain(domain: Domain, standing: Standing | None) -> View:
    """Rows to and from a domain; where only one standing is looked for, those of its recipients."""
    names = await _names(domain)
    members = tuple(contains("@" + name).removesuffix("%") for name in names)
    among = f"IN ({db.marks(len(names))})"
    by_alias = " OR ".join(["r.via LIKE ? ESCAPE '!'"] * len(names))
    return View(
        sources=(
            *(
                (
                    "SELECT message_id FROM spool_recipient WHERE domain = ? AND state = ?"
                    " AND message_id >= ? AND message_id < ?",
                    (name, int(state)),
                )
                for state in (State if standing is None else STATES[standing])
                for name in names
            ),
            *(
                (
                    "SELECT id AS message_id FROM spool_message"
                    " WHERE account_domain = ? AND id >= ? AND id < ?",
                    (name,),
                )
                for name in names
            ),
        ),
        visible=(
            f"(r.domain {among} OR {by_alias} OR (r.via = '' AND m.account_domain {among}))",
            (*names, *members, *names),
        ),
        outgoing=(f"m.account_domain {among}", names),
        shows_subject=False,
        shows_members=True,
        refused=(Source(f"domain {among}", names), Source(f"account_domain {among}", names)),
    )


def sent_by(account_id: int) -> View:
    """Rows of the envelopes that a user handed in."""
    return View(
        sources=(
            (
                "SELECT id AS message_id FROM spool_message WHERE account_id = ? AND id >= ? AND id < ?",
                (account_id,),
            ),
        ),
        visible=("r.via = ''", ()),
        outgoing=("m.account_id = ?", (account_id,)),
        shows_subject=True,
        shows_members=False,
        refused=(Source("account_id = ?", (account_id,)),),
    )


async def for_user(actor: Principal) -> View:
    """Rows that stand for a user's own address, or for where it is forwarded to."""
    policy.require_mail(actor)
    localpart, _, domain = actor.name.rpartition("@")
    found = [] if actor.domain_id is None else await domain_aliases.names_of(db.database(), actor.domain_id)
    names = (domain, *found[:MOST_NAMES])
    among = f"IN ({db.marks(len(names))})"
    # One that was expanded and has a detail is an alias that only looks like a plus-address of the user; what
    # stands for the plain address is where the user forwards to.
    of_user = (
        f"((r.bare_localpart = ? AND r.domain {among}"
        f" AND (r.state <> {int(State.EXPANDED)} OR lower(r.localpart) = ?)) OR lower(r.via) {among})"
    )
    own = bare(localpart)
    addresses = tuple(f"{own}@{name}" for name in names)
    return View(
        sources=tuple(
            (
                "SELECT message_id FROM spool_recipient WHERE bare_localpart = ? AND domain = ?"
                " AND message_id >= ? AND message_id < ?",
                (own, name),
            )
            for name in names
        ),
        visible=(of_user, (own, *names, own, *addresses)),
        outgoing=("1 = 0", ()),
        shows_subject=True,
        shows_members=True,
        refused=(Source(f"bare_localpart = ? AND domain {among}", (own, *names)),),
    )
