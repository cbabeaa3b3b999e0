"""Where mail for a domain goes (RFC 5321 §5.1, null MX: RFC 7505).

Hosts are tried by preference, equal ones in random order; without MX records the domain itself is the host.
If we stand in the list ourselves, by name or by an address of this machine, hosts that are not better than us
are left out, so that mail cannot circle between backups. Answers are remembered for their time to live,
refusals for a minute, silence for some seconds; a question that is under way is asked once.
"""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address

from backend.kit.resolver import DnsUnavailable, NoData, NoSuchName, Resolver
from backend.spool.gateways import Gateway

TTL_S = (60.0, 3600.0)
REFUSAL_S = 60.0
SILENCE_S = 10.0
CACHE_LIMIT = 10_000
HOST_LIMIT = 16
ADDRESS_LIMIT = 8
SMTP_PORT = 25


@dataclass(frozen=True, slots=True)
class Host:
    """A mail host with its addresses, none when they could not be found out just now. `is_secure`: all that
    led to it was validated by the name server. A `gateway` has its own port, security and password.
    """

    name: str
    addresses: tuple[str, ...]
    is_secure: bool = False
    gateway: Gateway | None = None


class NoRoute(Exception):
    """There is nowhere to deliver to: now (`status` 4.x.x) or ever (5.x.x)."""

    def __init__(self, status: str, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


@dataclass(frozen=True, slots=True)
class _Known:
    """A remembered answer: hosts by preference, or why there are none."""

    until: float
    hosts: tuple[tuple[int, Host], ...] = ()
    refusal: NoRoute | None = None


@dataclass(frozen=True, slots=True)
class _Addresses:
    """IPv6 and IPv4 addresses of a host; whether a question went unanswered, whether all answers were
    validated.
    """

    addresses: tuple[str, ...]
    is_silent: bool
    is_secure: bool


class MxLookup:
    """Looks domains up for one worker. `own_names` and `more_names` are host names that are this server,
    `is_here` tells its addresses.
    """

    def __init__(
        self,
        resolver: Resolver,
        own_names: frozenset[str] = frozenset(),
        now: Callable[[], float] = time.monotonic,
        is_here: Callable[[str], bool] | None = None,
        more_names: Callable[[], Awaitable[frozenset[str]]] | None = None,
    ) -> None:
        self._more_names = more_names
        self._is_here = is_here or is_this_machine
        self._resolver = resolver
        self._own_names = own_names
        self._now = now
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, asyncio.Task[_Known]] = {}

    async def hosts(self, domain: str) -> list[Host]:
        """Hosts in the order to try; raises `NoRoute`."""
        if domain.startswith("["):
            return [_literal(domain)]
        known = self._known.get(domain)
        if known is None or known.until <= self._now():
            known = await self._ask(domain)
        if known.refusal is not None:
            raise known.refusal
        # A stable sort after a shuffle leaves equal preferences in random order.
        shuffled = random.sample(known.hosts, len(known.hosts))
        return [host for _, host in sorted(shuffled, key=lambda entry: entry[0])]

    async def _ask(self, domain: str) -> _Known:
        task = self._asking.get(domain)
        if task is None:
            task = self._asking[domain] = asyncio.create_task(self._look_up(domain))
            task.add_done_callback(lambda _: self._asking.pop(domain, None))
        # One caller that is cancelled must not take the answer from the others.
        return await asyncio.shield(task)

    async def _look_up(self, domain: str) -> _Known:
        try:
            ttl_s, found = await self._records(domain)
            known = _Known(self._now() + ttl_s, tuple(found))
        except NoRoute as refusal:
            wait_s = SILENCE_S if refusal.status.startswith("4") else REFUSAL_S
            known = _Known(self._now() + wait_s, refusal=refusal)
        if len(self._known) >= CACHE_LIMIT:
            self._known.clear()
        self._known[domain] = known
        return known

    async def _records(self, domain: str) -> tuple[float, list[tuple[int, Host]]]:
        try:
            answer = await self._resolver.resolve(domain, "MX")
        except NoSuchName:
            raise NoRoute("5.1.2", f"The domain {domain} does not exist") from None
        except NoData:
            return await self._hosts([(0, domain)], domain, TTL_S[1], is_secure=False)
        except DnsUnavailable as error:
            raise NoRoute("4.4.3", f"DNS gives no answer for {domain}") from error
        named = sorted(
            (record.preference, record.exchange.to_text(omit_final_dot=True).lower()) for record in answer
        )
        if all(name in ("", ".") for _, name in named):
            raise NoRoute("5.1.10", f"{domain} accepts no mail")
        # RFC 7505 §3: a null MX stands alone; beside others it says nothing.
        named = [entry for entry in named if entry[1] not in ("", ".")]
        return await self._hosts(
            self._before_us(domain, named, await self._names())[:HOST_LIMIT],
            domain,
            answer.rrset.ttl if answer.rrset is not None else TTL_S[0],
            is_secure=Resolver.is_authentic(answer),
        )

    async def _names(self) -> frozenset[str]:
        return self._own_names | (await self._more_names() if self._more_names is not None else frozenset())

    def _before_us(
        self, domain: str, named: list[tuple[int, str]], own_names: frozenset[str]
    ) -> list[tuple[int, str]]:
        ours = min((preference for preference, name in named if name in own_names), default=None)
        if ours is None:
            return named
        better = [entry for entry in named if entry[0] < ours]
        if not better:
            raise NoRoute("5.4.6", f"Mail for {domain} loops back to this server")
        return better

    async def _hosts(
        self, named: list[tuple[int, str]], domain: str, ttl_s: float, *, is_secure: bool
    ) -> tuple[float, list[tuple[int, Host]]]:
        looked_up = await asyncio.gather(*(self._addresses(name) for _, name in named))
        found = [
            (preference, Host(name, found.addresses, is_secure and found.is_secure))
            for (preference, name), found in zip(named, looked_up, strict=True)
            if found.addresses
        ]
        ours = min((entry[0] for entry in found if any(map(self._is_here, entry[1].addresses))), default=None)
        if ours is not None:
            found = [entry for entry in found if entry[0] < ours]
            if not found:
                raise NoRoute("5.4.6", f"Mail for {domain} loops back to this server")
        if not found:
            if any(one.is_silent for one in looked_up):
                raise NoRoute("4.4.3", f"DNS gives no address for the mail hosts of {domain}")
            raise NoRoute("5.4.4", f"No mail host of {domain} has an address")
        return min(max(ttl_s, TTL_S[0]), TTL_S[1]), found

    async def _addresses(self, name: str) -> _Addresses:
        kinds = await asyncio.gather(
            self._resolver.resolve(name, "AAAA"), self._resolver.resolve(name, "A"), return_exceptions=True
        )
        found: list[str] = []
        is_silent, is_secure = False, True
        for answer in kinds:
            if isinstance(answer, BaseException):
                is_silent = is_silent or isinstance(answer, DnsUnavailable)
                if not isinstance(answer, DnsUnavailable | NoData | NoSuchName):
                    raise answer
            else:
                addresses = [record.address for record in answer]
                found += random.sample(addresses, len(addresses))
                is_secure = is_secure and Resolver.is_authentic(answer)
        return _Addresses(tuple(found[:ADDRESS_LIMIT]), is_silent, is_secure)


def is_this_machine(text: str) -> bool:
    """Whether an address is one of this machine's, as seen by what leaves for it; nothing is sent to find
    out. The loopback, where everything is, does not count.
    """
    address = ip_address(text)
    if address.is_loopback:
        return False
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((text, SMTP_PORT))
        except OSError:
            return False  # there is no way to it
        return ip_address(probe.getsockname()[0]) == address


def _literal(domain: str) -> Host:
    """An address literal such as `[192.0.2.1]` or `[IPv6:2001:db8::1]`."""
    try:
        address = str(ip_address(domain.strip("[]").removeprefix("IPv6:")))
    except ValueError:
        raise NoRoute("5.1.2", f"{domain} is no address") from None
    return Host(domain, (address,))
