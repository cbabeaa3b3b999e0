"""What an address means here: a mailbox, an expansion into others, unknown, disabled, or not ours.

A domain alias is another name of its domain: what stands before the @ means the same under both. Order:
return paths and tokens that we signed, user, alias, list, the same three without the detail behind `+` (RFC
5233), the addresses every domain answers to (RFC 5321 §4.5.1, RFC 2142), the route to another server, the
catch-all. Answers are
remembered until an event says that the domain changed; SMTP asks once for every RCPT.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.directory import (
    aliases,
    domain_routes,
    list_addressing,
    list_tokens,
    return_paths,
    routed_recipients,
    sender_rewriting,
    settings,
)
from backend.directory.caches import Cache
from backend.directory.domain_routes import Accepts, Route
from backend.directory.list_types import Command, MailingList
from backend.directory.names import DETAIL_SEPARATOR, fold
from backend.directory.roles import Role
from backend.directory.setting_store import Reader
from backend.directory.types import CATCH_ALL, Domain, DomainAlias, Forward
from backend.formats import srs
from backend.formats.addresses import Address
from backend.formats.bounce_addresses import Tag
from backend.formats.list_tokens import ListToken
from backend.kit import config, db
from schema.events import DomainChanged, Event, SettingsChanged, UserChanged

MOST_TARGETS = 1000
DEEPEST = 10
_ROUTING = frozenset("%!@")
# Go to the primary domain administrator where nobody has the address.
ROLE_LOCALPARTS = frozenset({"postmaster", "abuse"})


@dataclass(frozen=True, slots=True)
class LocalUser:
    """A mailbox of ours. `address` is as it was asked for, folded and under the domain's own name; `detail`
    what stood behind the separator. `forward` is where its mail goes, as far as the settings allow it.
    """

    user_id: int
    domain_id: int
    address: Address
    detail: str = ""
    forward: Forward | None = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether nothing is filed here: all goes to the targets of the forward."""
        return self.forward is not None and not self.forward.keeps_copy


@dataclass(frozen=True, slots=True)
class Expansion:
    """An alias, or the owners of a list: deliver to the targets instead. A return path of ours is one too,
    without an id.
    """

    targets: tuple[Address, ...]
    alias_id: int
    domain_id: int
    is_catch_all: bool = False


@dataclass(frozen=True, slots=True)
class ListTarget:
    """A mailing list, and what mail to this address of it is for."""

    mailing_list: MailingList
    command: Command
    domain_id: int


@dataclass(frozen=True, slots=True)
class ListReply:
    """An address that we gave somebody to answer to a list by."""

    token: ListToken
    domain_id: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """The domain is ours, the localpart nobody's."""

    domain_id: int


@dataclass(frozen=True, slots=True)
class Disabled:
    """It exists, and takes no mail now."""

    domain_id: int


@dataclass(frozen=True, slots=True)
class ReturnPath:
    """A return path that we signed: only delivery reports go there."""

    tag: Tag
    domain_id: int


@dataclass(frozen=True, slots=True)
class Routed:
    """The domain is ours, and this recipient's mail goes on to another server by the domain's route.
    `address` is folded and under the domain's own name.
    """

    address: Address
    domain_id: int


@dataclass(frozen=True, slots=True)
class NotLocal:
    """The domain is not ours."""


Resolution = (
    LocalUser | Expansion | ListTarget | ListReply | ReturnPath | Routed | Unknown | Disabled | NotLocal
)

NOT_LOCAL = NotLocal()


@dataclass(frozen=True, slots=True)
class _Known:
    """A domain, or that there is none by that name, its route, and what its localparts were found to mean."""

    domain: Domain | None
    route: Route | None = None
    answers: dict[str, Resolution] = field(default_factory=dict)


_NO_DOMAIN = 0
_MOST_ANSWERS = 50_000


def _forget(cache: Cache[str, _Known], event: Event) -> None:
    if isinstance(event, DomainChanged):
        cache.drop_group(event.domain_id)
        # A domain that was just added is remembered as not ours, under a name the event does not carry.
        cache.drop_group(_NO_DOMAIN)
    elif isinstance(event, UserChanged):
        cache.drop_group(event.domain_id)
    elif isinstance(event, SettingsChanged) and event.key.startswith("forward."):
        cache.clear()


_domains: Cache[str, _Known] = Cache(
    ttl_s=15, limit=20_000, drop=_forget, group=lambda known: known.domain.id if known.domain else _NO_DOMAIN
)


async def resolve(address: Address) -> Resolution:
    """What the address means; one without a domain (`<Postmaster>`) stands for that of our own domain."""
    known = _domains.peek(address.domain) or await _domains.get(address.domain, _find_domain)
    if known.domain is None:
        return NOT_LOCAL
    if srs.is_rewritten(address.localpart):
        return await _returning(known.domain, address)
    localpart = fold(address.localpart)
    found = known.answers.get(localpart)
    if found is None:
        found = await _look_up(
            known.domain, known.route, Address(localpart, address.domain or known.domain.name)
        )
        if len(known.answers) < _MOST_ANSWERS:
            known.answers[localpart] = found
    return found


async def is_local_domain(name: str) -> bool:
    """Whether mail for the domain is ours to accept, be it disabled or not."""
    return (await _domains.get(name, _find_domain)).domain is not None


async def domain_id(name: str) -> int | None:
    """The id of the domain of that name or alias; None where it is not ours."""
    known = _domains.peek(name) or await _domains.get(name, _find_domain)
    return known.domain.id if known.domain is not None and name else None


async def own_name(name: str) -> str:
    """The name of the domain where the given one is an alias of it; else the name as it is."""
    known = _domains.peek(name) or await _domains.get(name, _find_domain)
    return known.domain.name if known.domain is not None and name else name


async def expand(address: Address) -> list[LocalUser | Address]:
    """Everyone a message to the address goes to: mailboxes of ours and addresses elsewhere, each once.

    Aliases are followed `DEEPEST` deep and to at most `MOST_TARGETS`; loops end by themselves. Targets of
    ours that are unknown or disabled are left out, so an empty list means that nobody takes it.
    """
    found: dict[int | Address, LocalUser | Address] = {}
    seen: set[Address] = set()
    level = [address]
    for _ in range(DEEPEST + 1):
        following: list[Address] = []
        for one in level:
            key = Address(fold(one.localpart), one.domain)
            if key in seen or len(seen) >= 2 * MOST_TARGETS:
                continue
            seen.add(key)
            match await resolve(one):
                case LocalUser(forward=Forward(targets=targets, keeps_copy=False)):
                    following.extend(targets)
                case LocalUser() as user:
                    found.setdefault(user.user_id, user)
                case Expansion(targets=targets):
                    following.extend(targets)
                case Routed(address=address):
                    there = Address(one.localpart, address.domain)
                    found.setdefault(Address(address.localpart, address.domain), there)
                case NotLocal() | ListTarget():
                    found.setdefault(one, one)
                case _:
                    pass  # unknown, disabled, or a return path: no mail
        if not following or len(found) >= MOST_TARGETS:
            break
        level = following
    return list(found.values())[:MOST_TARGETS]


async def leads_to(address: Address, user_id: int) -> bool:
    """Whether mail to the address would come into the user's mailbox, over whatever aliases and forwards."""
    seen: set[Address] = set()
    level = [address]
    for _ in range(DEEPEST + 1):
        following: list[Address] = []
        for one in level:
            key = Address(fold(one.localpart), one.domain)
            if key in seen or len(seen) >= 2 * MOST_TARGETS:
                continue
            seen.add(key)
            found = await resolve(one)
            if isinstance(found, LocalUser) and found.user_id == user_id:
                return True
            if isinstance(found, Expansion):
                following.extend(found.targets)
            elif isinstance(found, LocalUser) and found.forward is not None:
                following.extend(found.forward.targets)
        level = following
    return False


async def _returning(domain: Domain, address: Address) -> Resolution:
    """Whom a return path of ours stands for; nothing else has such a shape, a catch-all least of all."""
    if not domain.is_enabled:
        return Disabled(domain.id)
    original = await sender_rewriting.original(address)
    return Unknown(domain.id) if original is None else Expansion((original,), 0, domain.id)


async def _look_up(domain: Domain, route: Route | None, asked: Address) -> Resolution:
    """`asked` is folded, and under the name that was asked for, be it an alias."""
    if not domain.is_enabled:
        return Disabled(domain.id)
    localpart = asked.localpart
    address = Address(localpart, domain.name)
    tag = await return_paths.read(asked)
    if tag is not None:
        return ReturnPath(tag, domain.id)
    token = await list_tokens.read_address(address)
    if token is not None:
        return ListReply(token, domain.id)
    reader = db.current_tx.get() or db.database()
    bare, separator, detail = localpart.partition(DETAIL_SEPARATOR)
    found = await _exact(reader, domain, localpart, address, "")
    if found is None and separator and bare:
        found = await _exact(reader, domain, bare, address, detail)
    if found is None and (bare or localpart) in ROLE_LOCALPARTS:
        found = await _administrator(reader, domain, address)
    if found is None and route is not None and await _is_routed(reader, route, localpart, bare):
        return Routed(address, domain.id)
    if found is None:
        found = await _alias(reader, domain, CATCH_ALL)
    return found or Unknown(domain.id)


async def _exact(
    reader: Reader, domain: Domain, localpart: str, address: Address, detail: str
) -> Resolution | None:
    row = await reader.fetch_row(
        "SELECT u.id, u.is_enabled, f.targets, f.keeps_copy FROM user_account u"
        " LEFT JOIN user_forward f ON f.user_id = u.id WHERE u.domain_id = ? AND u.localpart = ?",
        domain.id,
        localpart,
    )
    if row is not None:
        if not row[1]:
            return Disabled(domain.id)
        forward = await _in_force(domain, row[0], row[2], bool(row[3])) if row[2] is not None else None
        return LocalUser(row[0], domain.id, address, detail, forward)
    if localpart == CATCH_ALL:
        return None
    return await _alias(reader, domain, localpart) or await _list(reader, domain, localpart)


async def _list(reader: Reader, domain: Domain, localpart: str) -> Resolution | None:
    """A list; mail for its owners goes on to them, or to the domain's administrator where it has none."""
    found = await list_addressing.find(reader, domain.id, localpart)
    if found is None:
        return None
    mailing_list, command = found
    if not mailing_list.is_enabled:
        return Disabled(domain.id)
    if command is not Command.OWNER:
        return ListTarget(mailing_list, command, domain.id)
    owners = await list_addressing.responsible(reader, mailing_list.id)
    if owners:
        return Expansion(owners, mailing_list.id, domain.id)
    return await _administrator(reader, domain, Address(localpart, domain.name))


async def _in_force(domain: Domain, user_id: int, targets: str, keeps_copy: bool) -> Forward | None:
    """What the settings leave of a forward; where that is nothing, mail stays in the mailbox."""
    if not await settings.get("forward.enabled", user_id=user_id):
        return None
    may_leave = await settings.get("forward.outside", user_id=user_id)
    most = await settings.get_number("forward.max_targets", user_id=user_id)
    allowed = [
        one
        for one in aliases.parse_targets(targets)
        if may_leave or await own_name(one.domain) == domain.name
    ]
    return Forward(tuple(allowed[:most]), keeps_copy) if allowed else None


async def _alias(reader: Reader, domain: Domain, localpart: str) -> Resolution | None:
    row = await reader.fetch_row(
        "SELECT id, targets, is_enabled FROM alias WHERE domain_id = ? AND localpart = ?",
        domain.id,
        localpart,
    )
    if row is None or (localpart == CATCH_ALL and not row[2]):
        return None
    if not row[2]:
        return Disabled(domain.id)
    return Expansion(aliases.parse_targets(row[1]), row[0], domain.id, localpart == CATCH_ALL)


async def _administrator(reader: Reader, domain: Domain, address: Address) -> LocalUser | None:
    row = await reader.fetch_row(
        "SELECT u.id, f.targets, f.keeps_copy FROM user_account u"
        " LEFT JOIN user_forward f ON f.user_id = u.id"
        " WHERE u.domain_id = ? AND u.role = ? AND u.is_enabled = 1 ORDER BY u.is_primary DESC, u.id LIMIT 1",
        domain.id,
        Role.DOMAIN_ADMINISTRATOR.value,
    )
    if row is None:
        return None
    forward = await _in_force(domain, row[0], row[1], bool(row[2])) if row[1] is not None else None
    return LocalUser(row[0], domain.id, address, forward=forward)


async def _is_routed(reader: Reader, route: Route, localpart: str, bare: str) -> bool:
    # Another server may read a route to a third one out of these (RFC 5321 appendix F.2): we would relay.
    if not _ROUTING.isdisjoint(localpart):
        return False
    if route.accepts is not Accepts.LISTED:
        return True
    return await routed_recipients.is_listed(reader, route.domain_id, [localpart, bare])


async def _find_domain(name: str) -> _Known:
    reader = db.current_tx.get() or db.database()
    for candidate in [name] if name else await _own_domains(reader):
        row = await reader.fetch_row(
            f"SELECT {Domain.COLUMNS} FROM domain WHERE name = ? UNION ALL"
            f" SELECT {Domain.COLUMNS} FROM {DomainAlias.TABLES} WHERE a.name = ?",
            candidate,
            candidate,
        )
        if row is not None:
            return _Known(Domain.from_row(row), await domain_routes.load(reader, row[0]))
    return _Known(None)


async def _own_domains(reader: Reader) -> list[str]:
    """Where mail to plain `Postmaster` may go: the host's name, the domains it stands in, our oldest
    domain.
    """
    labels = config.current().hostname.split(".")
    oldest = await reader.fetch_row("SELECT name FROM domain WHERE is_enabled = 1 ORDER BY id LIMIT 1")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)] + ([oldest[0]] if oldest else [])
