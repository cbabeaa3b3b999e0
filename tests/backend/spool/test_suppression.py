"""Where nothing is sent: what blocks whom, who may change it, how bounces add to it, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.directory import audit, domains, settings
from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import MATRIX, Role
from backend.directory.setting_key import Level
from backend.kit import db
from backend.kit.errors import Conflict, InvalidSyntax, NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from backend.operations import accounts
from backend.spool import hard_bounces, suppression, suppression_admin
from backend.spool.hard_bounces import HardBounce
from backend.spool.suppression import EVERYBODY, Reason
from tests.support.clocks import Clock, standing

NOW = 1_800_000_000
DAY_S = 86_400
X = ("x", "remote.test")


@pytest.fixture(autouse=True)
def at() -> Iterator[Clock]:
    with standing(NOW) as moved:
        yield moved


async def _domain(name: str = "example.test") -> int:
    return (await domains.add(SYSTEM, name)).id


def _administrator(domain_id: int) -> Principal:
    permissions = MATRIX[Role.DOMAIN_ADMINISTRATOR]
    return Principal(
        "user", 5, "maren@example.test", Role.DOMAIN_ADMINISTRATOR, permissions, 5, domain_id=domain_id
    )


async def _blocked(owner_id: int | None, *addresses: tuple[str, str]) -> dict[tuple[str, str], str]:
    found = await suppression.blocking(addresses or (X,), owner_id)
    return {key: entry.refusal for key, entry in found.items()}


async def test_an_entry_holds_for_its_domain_or_for_everybody(any_rt: Runtime) -> None:
    one, two = await _domain(), await _domain("second.test")

    await suppression_admin.add(SYSTEM, "X@remote.test", one)
    assert list(await _blocked(one)) == [X]
    assert await _blocked(two) == await _blocked(None) == {}

    await suppression_admin.add(SYSTEM, "x@remote.test", reason=Reason.COMPLAINT)
    assert await _blocked(two) == {X: "Nothing is sent to x@remote.test: its owner does not want it"}
    assert list(await _blocked(None)) == [X]


async def test_a_domain_stands_for_all_its_addresses(any_rt: Runtime) -> None:
    await suppression_admin.add(SYSTEM, "remote.test")

    found = await _blocked(None, ("Any", "remote.test"), ("any", "sub.remote.test"), ("o", "other.test"))

    assert found == {
        ("Any", "remote.test"): "Nothing is sent to remote.test: an administrator has blocked it"
    }


async def test_many_recipients_are_looked_up_at_once(any_rt: Runtime) -> None:
    await suppression_admin.add(SYSTEM, "r499@remote.test")

    assert list(await _blocked(None, *((f"R{n}", "remote.test") for n in range(500)))) == [
        ("R499", "remote.test")
    ]


async def test_an_entry_ends(any_rt: Runtime, at: Clock) -> None:
    await suppression_admin.add(SYSTEM, "x@remote.test", days=2)
    with pytest.raises(Conflict):
        await suppression_admin.add(SYSTEM, "x@remote.test")

    at.now += 2 * DAY_S

    assert await _blocked(None) == {}
    await suppression_admin.add(SYSTEM, "x@remote.test", detail="once more")
    assert len(await _blocked(None)) == 1
    assert await suppression_admin.prune() == 0
    await suppression_admin.add(SYSTEM, "y@remote.test", days=1)
    at.now += DAY_S
    assert await suppression_admin.prune() == 1


async def test_pages_go_by_domain_and_localpart(any_rt: Runtime) -> None:
    for text in ("b@b.test", "b.test", "a@b.test", "z@a.test", "%@c.test"):
        await suppression_admin.add(SYSTEM, text)

    seen: list[str] = []
    after = ""
    while True:
        page = await suppression_admin.list_page(SYSTEM, after=after, limit=2)
        assert page.total == 5
        seen += [entry.address for entry in page.items]
        after = suppression_admin.sort_key(page.items[-1])
        if not page.has_more:
            break

    assert seen == ["z@a.test", "b.test", "a@b.test", "b@b.test", "%@c.test"]
    found = await suppression_admin.list_page(SYSTEM, search="%@")
    assert [entry.address for entry in found.items] == ["%@c.test"]


async def test_a_domain_administrator_has_the_own_domain(any_rt: Runtime) -> None:
    one, two = await _domain(), await _domain("second.test")
    maren = _administrator(one)
    theirs = await suppression_admin.add(SYSTEM, "x@remote.test", two)
    ours = await suppression_admin.add(maren, "y@remote.test", one, detail="asked\r\nus")

    page = await suppression_admin.list_page(maren, one)
    assert [(entry.address, entry.detail, entry.actor) for entry in page.items] == [
        ("y@remote.test", "asked us", "maren@example.test")
    ]
    for refused in (
        suppression_admin.list_page(maren, EVERYBODY),
        suppression_admin.add(maren, "z@remote.test"),
    ):
        with pytest.raises(PermissionDenied):
            await refused
    for missing in (
        suppression_admin.list_page(maren, two),
        suppression_admin.add(maren, "z@remote.test", two),
        suppression_admin.remove(maren, [ours.id, theirs.id]),
    ):
        with pytest.raises(NotFound):
            await missing
    assert await suppression_admin.remove(maren, [ours.id]) == 1
    entries = await audit.list_entries(SYSTEM, domain_id=one)
    assert [entry.action for entry in entries][:2] == ["suppression.remove", "suppression.add"]


@pytest.mark.parametrize("text", ["", "no", "a@b@c", "a@b..c", "@", "x" * 400 + "@remote.test"])
async def test_nonsense_is_refused(rt: Runtime, text: str) -> None:
    with pytest.raises(InvalidSyntax):
        await suppression_admin.add(SYSTEM, text)
    assert (await suppression_admin.list_page(SYSTEM)).total == 0


async def test_what_another_process_adds_holds_within_seconds(any_rt: Runtime, at: Clock) -> None:
    assert await _blocked(None) == {}
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setattr(suppression, "forget", lambda: None)
        await suppression_admin.add(SYSTEM, "x@remote.test")

    at.now += 3

    assert list(await _blocked(None)) == [X]


async def test_a_domain_takes_its_entries_with_it(any_rt: Runtime) -> None:
    one = await _domain()
    await suppression_admin.add(SYSTEM, "x@remote.test", one)

    await domains.remove(SYSTEM, one)

    assert await db.fetch_value("SELECT count(*) FROM suppression") == 0


async def _account() -> tuple[int, int]:
    made = await accounts.bootstrap(
        admin_name="root",
        admin_password="a wide calm river",
        domain="example.test",
        user_localpart="maren",
        user_name="Maren Holt",
        user_password="nine quiet gardens",
    )
    return made.user.id, made.user.domain_id


async def _bounce(account_id: int, status: str = "5.1.1", localpart: str = "X") -> None:
    bounce = HardBounce(localpart, "remote.test", status, "550 no such user")
    tally = await hard_bounces.tally(account_id, [bounce])
    if tally is not None:
        await db.write(lambda tx: hard_bounces.record(tx, tally))
        await hard_bounces.count_hour(tally)


async def test_enough_bounces_stop_sending_for_a_while(any_rt: Runtime, at: Clock) -> None:
    account_id, domain_id = await _account()

    await _bounce(account_id)
    assert await _blocked(domain_id) == {}
    assert (await suppression_admin.list_page(SYSTEM, domain_id)).items == []
    await _bounce(account_id, localpart="x")

    assert await _blocked(domain_id) == {X: "Nothing is sent to x@remote.test: mail to it came back"}
    assert await _blocked(None) == {}
    (entry,) = (await suppression_admin.list_page(SYSTEM, domain_id)).items
    assert (entry.bounces, entry.detail, entry.status) == (2, "550 no such user", "5.1.1")
    last = (await audit.list_entries(SYSTEM, domain_id=domain_id))[0]
    assert (last.action, last.subject, last.detail["bounces"]) == ("suppression.add", "x@remote.test", 2)
    at.now += 30 * DAY_S
    assert await _blocked(domain_id) == {}
    await _bounce(account_id)
    assert await _blocked(domain_id) == {}


async def test_the_threshold_is_a_setting(any_rt: Runtime) -> None:
    account_id, domain_id = await _account()
    for threshold, is_blocked in ((0, False), (1, True)):
        await settings.set_value(SYSTEM, "suppression.after_bounces", Level.DOMAIN, domain_id, threshold)
        await _bounce(account_id)
        assert bool(await _blocked(domain_id)) is is_blocked


async def test_lost_domains_count_where_the_domain_wants_it(any_rt: Runtime) -> None:
    account_id, domain_id = await _account()
    for _ in range(2):
        await _bounce(account_id, "5.1.2")
    assert await _blocked(domain_id) == {}

    await settings.set_value(SYSTEM, "suppression.domains", Level.DOMAIN, domain_id, True)
    for _ in range(2):
        await _bounce(account_id, "5.1.10")

    assert list(await _blocked(domain_id, ("other", "remote.test"))) == [("other", "remote.test")]


async def test_other_failures_do_not_count(rt: Runtime) -> None:
    account_id, _ = await _account()

    for status in ("5.0.0", "5.7.1", "5.2.2", "4.1.1"):
        assert await hard_bounces.tally(account_id, [HardBounce(*X, status, "")]) is None
    assert await hard_bounces.tally(None, [HardBounce(*X, "5.1.1", "")]) is None
    assert await hard_bounces.tally(12345, [HardBounce(*X, "5.1.1", "")]) is None


async def test_bounces_leave_alone_what_an_administrator_set(any_rt: Runtime, at: Clock) -> None:
    account_id, domain_id = await _account()
    await suppression_admin.add(SYSTEM, "x@remote.test", domain_id)

    await _bounce(account_id)

    (entry,) = (await suppression_admin.list_page(SYSTEM, domain_id)).items
    assert (entry.reason, entry.bounces, entry.expires_at) == (Reason.MANUAL, 0, None)
