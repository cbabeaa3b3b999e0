"""A small world: two domains with an administrator and a user each, and a system administrator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import pytest

from backend.directory import administrators, domains, passwords, users
from backend.directory.principal import SYSTEM, Principal, for_administrator, for_user
from backend.directory.roles import Role
from backend.directory.types import Administrator, Domain, User
from backend.kit import db, events
from backend.kit.runtime import Runtime
from schema.events import DomainChanged, Event, SessionRevoked, SettingsChanged, UserChanged
from tests.support.clocks import Clock, standing

PASSWORD = "violet-anchor-73"
AddUser = Callable[..., Awaitable[User]]


@dataclass(frozen=True, slots=True)
class World:
    """Rows and principals by name."""

    example: Domain
    other: Domain
    primary: User
    deputy: User
    ada: User
    stranger: User
    root: Administrator

    @property
    def as_root(self) -> Principal:
        return for_administrator(self.root)

    @property
    def as_primary(self) -> Principal:
        return for_user(self.primary)

    @property
    def as_deputy(self) -> Principal:
        return for_user(self.deputy)

    @property
    def as_ada(self) -> Principal:
        return for_user(self.ada)


@pytest.fixture
def quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing, for tests that make many users and never sign in."""

    async def hash_password(password: str) -> str:
        return f"plain:{password}"

    monkeypatch.setattr(passwords, "hash_password", hash_password)


@pytest.fixture
def add_user(rt: Runtime) -> AddUser:
    """Make a user: `await add_user("ada@example.test")`."""

    async def add(
        address: str, *, actor: Principal = SYSTEM, password: str = PASSWORD, **wanted: object
    ) -> User:
        new = await users.prepare(actor, address, password, **wanted)  # type: ignore[arg-type]  # options of tests
        return await db.write(lambda tx: users.insert(tx, actor, new))

    return add


@pytest.fixture
async def world(rt: Runtime, quick_hash: None, add_user: AddUser) -> World:
    """Everyone the tests speak of."""
    root = await administrators.add(SYSTEM, "root", PASSWORD)
    example = await domains.add(SYSTEM, "example.test")
    other = await domains.add(SYSTEM, "other.test")
    return World(
        example=example,
        other=other,
        primary=await add_user("primary@example.test", role=Role.DOMAIN_ADMINISTRATOR),
        deputy=await add_user("deputy@example.test", role=Role.DOMAIN_ADMINISTRATOR),
        ada=await add_user("ada@example.test", name="Ada Byron"),
        stranger=await add_user("stranger@other.test"),
        root=root,
    )


@pytest.fixture
async def heard(rt: Runtime) -> list[Event]:
    """Events of the directory in the order they were published."""
    found: list[Event] = []
    kinds: tuple[type[Event], ...] = (DomainChanged, UserChanged, SettingsChanged, SessionRevoked)
    for kind in kinds:
        events.bus().subscribe(kind, found.append)
    return found


@pytest.fixture
def moving_clock() -> Iterator[Clock]:
    """A clock that stands still until a test moves it."""
    with standing() as moving:
        yield moving


@pytest.fixture
def last_audit(rt: Runtime) -> Callable[[], Awaitable[tuple[str, str, str, str]]]:
    """Actor, action, subject and detail of the newest audit entry."""

    async def last() -> tuple[str, str, str, str]:
        row = await db.fetch_row(
            "SELECT actor, action, subject, detail FROM audit_entry ORDER BY id DESC LIMIT 1"
        )
        assert row is not None
        return row

    return last
