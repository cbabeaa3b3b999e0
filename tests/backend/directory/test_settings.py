"""Settings: inherited, tightened by ceilings, explained, and changed only within what those above allow."""

from __future__ import annotations

import json
import re

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.roles import Permission
from backend.directory.setting_key import GIB, MIB, Ceiling, Kind, Level, show_bytes
from backend.directory.setting_keys import REGISTRY, find
from backend.kit import db
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from schema.events import DomainChanged, Event, SettingsChanged, UserChanged

QUOTA = "mailbox.quota_bytes"


async def rows() -> int:
    return int(await db.fetch_value("SELECT count(*) FROM setting"))


async def test_absence_inherits_from_the_nearest_level(world) -> None:
    user, domain = {"user_id": world.ada.id}, {"domain_id": world.example.id}
    assert await settings.get(QUOTA, **user) == 10 * GIB

    await settings.set_value(world.as_root, QUOTA, Level.SYSTEM, 0, 4 * GIB)
    assert (await settings.get(QUOTA), await settings.get(QUOTA, **user)) == (4 * GIB, 4 * GIB)

    await settings.set_value(world.as_deputy, QUOTA, Level.DOMAIN, world.example.id, 6 * GIB)
    assert (await settings.get(QUOTA, **domain), await settings.get(QUOTA, **user)) == (6 * GIB, 6 * GIB)

    await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.ada.id, 2 * GIB)
    assert await settings.get(QUOTA, **user) == 2 * GIB
    assert await settings.get(QUOTA, user_id=world.deputy.id) == 6 * GIB
    assert await settings.get(QUOTA, user_id=world.stranger.id) == 4 * GIB

    await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.ada.id, None)
    assert await settings.get(QUOTA, **user) == 6 * GIB


async def test_origin_says_where_from_and_by_whom(world) -> None:
    await settings.set_value(world.as_deputy, QUOTA, Level.DOMAIN, world.example.id, 6 * GIB)

    found = await settings.effective(QUOTA, user_id=world.ada.id)
    default = await settings.effective(QUOTA, user_id=world.stranger.id)

    assert (found.value, found.own_value, found.inherited_value) == (6 * GIB, None, 6 * GIB)
    assert str(found.origin) == "set by deputy@example.test for example.test"
    assert found.origin.level is Level.DOMAIN
    assert (default.value, str(default.origin)) == (10 * GIB, "the built-in default")
    assert default.origin.is_default


async def test_own_value_keeps_what_would_be_inherited(world) -> None:
    await settings.set_value(world.as_deputy, QUOTA, Level.DOMAIN, world.example.id, 6 * GIB)
    shown, may_set, _ = await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.ada.id, GIB)

    assert may_set
    assert (shown.value, shown.own_value, shown.inherited_value) == (GIB, GIB, 6 * GIB)
    assert shown.inherited_from.name == "example.test"


async def test_domain_administrator_cannot_pass_the_ceiling(world, last_audit) -> None:
    await settings.set_ceiling(world.as_root, QUOTA, Level.DOMAIN, world.example.id, 5 * GIB)
    audited = await last_audit()

    for level, target in ((Level.DOMAIN, world.example.id), (Level.USER, world.deputy.id)):
        for value in (5 * GIB + 1, 0):
            with pytest.raises(LimitExceeded) as refusal:
                await settings.set_value(world.as_deputy, QUOTA, level, target, value)
            assert refusal.value.public == (
                "Mailbox size: at most 5 GB, set by the system administrator for example.test"
            )
    assert await rows() == 1
    assert await last_audit() == audited

    await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.deputy.id, 5 * GIB)
    assert await settings.get(QUOTA, user_id=world.deputy.id) == 5 * GIB


async def test_ceilings_are_for_system_administrators(world) -> None:
    for level, target in ((Level.DOMAIN, world.example.id), (Level.SYSTEM, 0), (Level.USER, world.ada.id)):
        with pytest.raises(PermissionDenied):
            await settings.set_ceiling(world.as_primary, QUOTA, level, target, 50 * GIB)
    assert await rows() == 0


async def test_lowered_ceiling_tightens_what_was_set_before(world) -> None:
    await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.ada.id, 8 * GIB)
    await settings.set_ceiling(world.as_root, QUOTA, Level.SYSTEM, 0, 3 * GIB)

    found = await settings.effective(QUOTA, user_id=world.ada.id)

    assert (found.value, found.own_value, found.ceiling) == (3 * GIB, 8 * GIB, 3 * GIB)
    assert str(found.origin) == "set by the system administrator"
    assert await settings.get(QUOTA, user_id=world.ada.id) == 3 * GIB
    await settings.set_ceiling(world.as_root, QUOTA, Level.SYSTEM, 0, None)
    assert await settings.get(QUOTA, user_id=world.ada.id) == 8 * GIB


async def test_tightest_ceiling_of_the_levels_holds(world) -> None:
    await settings.set_ceiling(world.as_root, QUOTA, Level.DOMAIN, world.example.id, 5 * GIB)
    await settings.set_ceiling(world.as_root, QUOTA, Level.SYSTEM, 0, 4 * GIB)

    found = await settings.effective(QUOTA, user_id=world.ada.id)

    assert (found.value, found.ceiling) == (4 * GIB, 4 * GIB)
    with pytest.raises(LimitExceeded, match=r"at most 4 GB, set by the system administrator$"):
        await settings.set_ceiling(world.as_root, QUOTA, Level.DOMAIN, world.example.id, 5 * GIB)


async def test_mailbox_lies_within_the_space_of_its_domain(world) -> None:
    await settings.set_value(world.as_root, "domain.disk_bytes", Level.DOMAIN, world.example.id, 8 * GIB)

    found = await settings.effective(QUOTA, user_id=world.ada.id)
    assert (found.value, str(found.origin)) == (
        8 * GIB,
        "set by the system administrator for example.test",
    )
    with pytest.raises(
        LimitExceeded, match=r"at most 8 GB, set by the system administrator for example\.test"
    ):
        await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.ada.id, 9 * GIB)


async def test_space_is_handed_out_once(world) -> None:
    await settings.set_value(world.as_root, "domain.disk_bytes", Level.DOMAIN, world.example.id, 8 * GIB)
    await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.ada.id, 6 * GIB)

    with pytest.raises(LimitExceeded) as refusal:
        await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.primary.id, 3 * GIB)

    assert refusal.value.public == (
        "Mailbox size: 6 GB of the domain's 8 GB are handed out already; "
        "the limit is set by the system administrator for example.test"
    )
    await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.ada.id, 7 * GIB)
    await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.primary.id, GIB)


@pytest.mark.parametrize("key", ["domain.disk_bytes", "domain.max_users", "domain.max_aliases"])
async def test_domain_administrator_cannot_raise_the_own_domain(world, key: str) -> None:
    for value in (0, 10, None):
        with pytest.raises(PermissionDenied):
            await settings.set_value(world.as_primary, key, Level.DOMAIN, world.example.id, value)
    assert await rows() == 0


async def test_other_domains_do_not_exist(world) -> None:
    for missing in (world.other.id, 999):
        with pytest.raises(NotFound, match="No such domain"):
            await settings.set_value(world.as_deputy, QUOTA, Level.DOMAIN, missing, GIB)
        with pytest.raises(NotFound, match="No such domain"):
            await settings.list_effective(world.as_deputy, Level.DOMAIN, missing)
    for missing in (world.stranger.id, 999):
        with pytest.raises(NotFound, match="No such user"):
            await settings.set_value(world.as_deputy, QUOTA, Level.USER, missing, GIB)
    with pytest.raises(PermissionDenied):
        await settings.list_effective(world.as_deputy, Level.SYSTEM, 0)
    assert await rows() == 0


async def test_user_sets_only_what_is_personal(world) -> None:
    await settings.set_value(world.as_ada, "submission.undo_seconds", Level.USER, world.ada.id, 20)
    assert await settings.get("submission.undo_seconds", user_id=world.ada.id) == 20

    for key, target in ((QUOTA, world.ada.id), ("submission.undo_seconds", world.deputy.id)):
        with pytest.raises(PermissionDenied):
            await settings.set_value(world.as_ada, key, Level.USER, target, 30)
    assert await rows() == 1


async def test_personal_settings_keep_the_ceiling_too(world) -> None:
    await settings.set_ceiling(world.as_root, "submission.undo_seconds", Level.DOMAIN, world.example.id, 15)

    with pytest.raises(LimitExceeded, match="at most 15 seconds"):
        await settings.set_value(world.as_ada, "submission.undo_seconds", Level.USER, world.ada.id, 20)


async def test_floor_is_a_ceiling_from_below(world) -> None:
    await settings.set_ceiling(world.as_root, "password.min_length", Level.SYSTEM, 0, 14)

    assert await settings.get("password.min_length", domain_id=world.example.id) == 14
    with pytest.raises(LimitExceeded, match="at least 14, set by the system administrator"):
        await settings.set_value(world.as_deputy, "password.min_length", Level.DOMAIN, world.example.id, 12)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (QUOTA, -1), (QUOTA, "5"), (QUOTA, True), (QUOTA, 2**60),
        ("message.max_bytes", 0), ("message.max_bytes", 2 * GIB),
        ("submission.max_recipients", 0), ("submission.plain_text", 1), ("mail.remote_images", "perhaps"),
    ],
)  # fmt: skip
async def test_values_outside_the_declaration_are_refused(world, key: str, value) -> None:
    with pytest.raises(InvalidSyntax) as refusal:
        await settings.set_value(SYSTEM, key, Level.SYSTEM, 0, value)

    assert refusal.value.field == "value"
    assert await rows() == 0


async def test_unknown_keys_and_levels_are_refused(world) -> None:
    with pytest.raises(NotFound):
        await settings.set_value(SYSTEM, "no.such_key", Level.SYSTEM, 0, 1)
    with pytest.raises(InvalidSyntax):
        await settings.set_value(SYSTEM, "domain.max_users", Level.USER, world.ada.id, 1)
    with pytest.raises(InvalidSyntax):
        await settings.set_ceiling(SYSTEM, "notifications.mail", Level.SYSTEM, 0, "none")


async def test_a_choice_keeps_within_a_ceiling_by_the_order_of_what_there_is_to_choose(world) -> None:
    key, ada = "mail.remote_images", world.ada.id
    await settings.set_value(world.as_ada, key, Level.USER, ada, "always")

    await settings.set_ceiling(world.as_root, key, Level.DOMAIN, world.example.id, "ask")

    assert await settings.get(key, user_id=ada) == "ask"
    with pytest.raises(
        LimitExceeded, match="Remote images: not beyond Ask first, set by the system administrator"
    ):
        await settings.set_value(world.as_ada, key, Level.USER, ada, "always")
    await settings.set_value(world.as_ada, key, Level.USER, ada, "never")
    assert await settings.get(key, user_id=ada) == "never"


async def test_what_a_ceiling_leaves_is_said_in_words(world) -> None:
    key, ada = "mail.remote_images", world.ada.id
    await settings.set_ceiling(world.as_root, key, Level.DOMAIN, world.example.id, "never")
    await settings.set_ceiling(world.as_root, "submission.undo_seconds", Level.DOMAIN, world.example.id, 60)

    with pytest.raises(LimitExceeded, match="Remote images: only Never, set by the system administrator"):
        await settings.set_value(world.as_ada, key, Level.USER, ada, "ask")
    with pytest.raises(LimitExceeded, match="Time to undo sending: at most 1 minute, set by"):
        await settings.set_value(world.as_ada, "submission.undo_seconds", Level.USER, ada, 90)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (60, "1 minute"),
        (90, "90 seconds"),
        (1800, "30 minutes"),
        (3600, "1 hour"),
        (5400, "90 minutes"),
        (86_400, "1 day"),
        (172_800, "2 days"),
    ],
)
def test_a_duration_is_shown_in_the_largest_unit_that_is_exact(seconds: int, shown: str) -> None:
    assert find("imap.idle_seconds").show(seconds) == shown


async def test_every_change_is_audited_and_announced_once(world, heard: list[Event], last_audit) -> None:
    for _ in range(2):
        await settings.set_value(world.as_deputy, QUOTA, Level.USER, world.ada.id, GIB)
    assert heard == [UserChanged(world.ada.id, world.example.id)]
    actor, action, subject, detail = await last_audit()
    assert (actor, action, subject) == ("deputy@example.test", "setting.set", "ada@example.test")
    assert json.loads(detail) == {"setting": QUOTA, "value": [None, GIB]}
    heard.clear()

    await settings.set_ceiling(world.as_root, QUOTA, Level.DOMAIN, world.example.id, GIB)
    await settings.set_value(world.as_root, QUOTA, Level.SYSTEM, 0, GIB)
    await settings.set_value(world.as_root, QUOTA, Level.SYSTEM, 0, None)

    assert heard == [DomainChanged(world.example.id), SettingsChanged(QUOTA), SettingsChanged(QUOTA)]
    assert (await last_audit())[1:3] == ("setting.set", "system")


async def test_form_shows_what_may_be_changed(world) -> None:
    by_root = {
        shown.key.key: ok
        for shown, ok, _ in await settings.list_effective(world.as_root, Level.DOMAIN, world.example.id)
    }
    by_deputy = {
        shown.key.key: ok
        for shown, ok, _ in await settings.list_effective(world.as_deputy, Level.DOMAIN, world.example.id)
    }
    by_ada = {
        shown.key.key: ok
        for shown, ok, _ in await settings.list_effective(world.as_ada, Level.USER, world.ada.id)
    }

    assert all(by_root.values())
    of_domains = {key for key, entry in REGISTRY.items() if Level.DOMAIN in entry.levels}
    assert by_root.keys() == by_deputy.keys() == of_domains
    of_the_system = {key for key, entry in REGISTRY.items() if entry.levels == (Level.SYSTEM,)}
    groups = {
        "connections", "dmarc_reports", "reception", "imap", "pop3", "sasl", "sending", "tls_reports",
    }  # fmt: skip
    assert {key.partition(".")[0] for key in of_the_system} == groups
    of_the_system_administrator = {
        key for key in of_domains if REGISTRY[key].domain_permission is Permission.SYSTEM_LIMITS_MANAGE
    }
    assert "domain.disk_bytes" in of_the_system_administrator
    assert {key for key, ok in by_deputy.items() if not ok} == of_the_system_administrator
    assert {key for key, ok in by_ada.items() if ok} == {
        "links.offer_bytes", "submission.undo_seconds", "submission.copy_to_owner", "submission.plain_text",
        "mail.remote_images", "profile.title", "senders.blocked_to", "cleanup.trash_days",
        "cleanup.junk_days", "notifications.mail", "notifications.content", "notifications.quiet_hours",
    }  # fmt: skip
    assert "domain.max_users" not in by_ada


async def test_uncommitted_value_is_not_remembered(world) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop):
        async with db.transaction() as tx:
            await settings.put(tx, SYSTEM, QUOTA, Level.USER, world.ada.id, GIB)
            assert await settings.get(QUOTA, user_id=world.ada.id) == GIB
            raise Stop

    assert await settings.get(QUOTA, user_id=world.ada.id) == 10 * GIB


async def test_user_who_does_not_exist(rt: Runtime) -> None:
    with pytest.raises(NotFound):
        await settings.get(QUOTA, user_id=5)


@pytest.mark.parametrize("key", REGISTRY.values(), ids=REGISTRY)
def test_declarations_are_sound(key) -> None:
    assert key.check(key.default) == key.default
    assert Level.SYSTEM in key.levels
    assert key.label
    assert key.help
    assert key.ceiling is Ceiling.NONE or key.kind is not Kind.TEXT or key.choices
    assert re.fullmatch(r"[a-z]+(\|[a-z]+)+", key.pattern) is None, "a closed set is declared by its choices"


def test_sizes_for_people() -> None:
    assert [show_bytes(size) for size in (0, 900, 1536, 50 * MIB, 5 * GIB)] == [
        "0 bytes", "900 bytes", "1.5 KB", "50 MB", "5 GB",
    ]  # fmt: skip
