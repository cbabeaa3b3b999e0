"""Rights on mailboxes of others: who holds what, names, own \\Seen, and what is left when things go."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from backend.directory import groups, settings
from backend.directory.principal import SYSTEM, for_user
from backend.directory.setting_key import Level
from backend.directory.types import User
from backend.kit import db
from backend.kit.errors import InvalidSyntax, NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from backend.mailstore import (
    expunge,
    flags,
    grants,
    index,
    ingest,
    mailboxes,
    reader_flags,
    readers,
    retention,
    rights,
    shares,
)
from backend.mailstore.changes import changes_since
from backend.mailstore.flag_bits import DELETED, FLAGGED, SEEN
from backend.mailstore.flags import change_of
from backend.mailstore.grants import Mode
from backend.mailstore.rights import ALL, Rights
from backend.mailstore.types import MailboxRow
from backend.operations import removal
from tests.backend.mailstore.messages import message
from tests.backend.mailstore.people import grant, make_domain, make_user


@dataclass
class Office:
    domain_id: int
    alice: User
    bob: User
    carol: User
    box: MailboxRow


@pytest.fixture
async def office(any_rt: Runtime) -> Office:
    """alice has a mailbox Projects; bob and carol are colleagues."""
    domain_id = await make_domain()
    alice, bob, carol = [
        await make_user(domain_id, f"{name}@example.test") for name in ("alice", "bob", "carol")
    ]
    return Office(domain_id, alice, bob, carol, await mailboxes.create(alice.id, "Projects"))


def test_letters_of_rights() -> None:
    assert rights.letters(ALL) == "lrswipkxtea"
    assert rights.parse("d") == Rights.DELETE_MAILBOX | Rights.DELETE_MESSAGES | Rights.EXPUNGE
    assert rights.letters_with_obsolete(rights.parse("lrk")) == "lrkc"
    assert rights.letters_with_obsolete(rights.parse("t")) == "td"
    for wrong in ("z", "L", "l r"):
        with pytest.raises(InvalidSyntax):
            rights.parse(wrong)


async def test_person_group_and_denial_add_up(office: Office) -> None:
    alice, bob, box = office.alice, office.bob, office.box
    team = await groups.add(SYSTEM, office.domain_id, "Team")
    await groups.add_member(SYSTEM, team.id, "bob@example.test")
    await grant(alice, box, "bob@example.test", "lr")
    await grant(alice, box, "group:team", "lsw")

    assert await shares.rights_on(bob.id, alice.id, box.id) == rights.parse("lrsw")
    assert await grant(alice, box, "bob@example.test", "s", is_negative=True) == [
        ("group:team", "lsw"),
        ("bob@example.test", "lr"),
        ("-bob@example.test", "s"),
    ]
    assert await shares.rights_on(bob.id, alice.id, box.id) == rights.parse("lrw")
    assert await shares.rights_on(office.carol.id, alice.id, box.id) == Rights.NONE
    assert await shares.rights_on(alice.id, alice.id, box.id) == ALL

    await groups.remove_member(SYSTEM, team.id, "bob@example.test")
    assert await shares.rights_on(bob.id, alice.id, box.id) == rights.parse("lr")
    await grant(alice, box, "bob", "r", mode=Mode.REMOVE)
    assert await shares.rights_on(bob.id, alice.id, box.id) == Rights.LOOKUP
    await grant(alice, box, "bob", "")
    assert await shares.rights_on(bob.id, alice.id, box.id) == Rights.NONE


async def test_everyone_needs_the_domains_consent(office: Office) -> None:
    with pytest.raises(PermissionDenied):
        await grant(office.alice, office.box, "anyone", "lr")
    assert await shares.rights_on(office.bob.id, office.alice.id, office.box.id) == Rights.NONE

    await settings.set_value(SYSTEM, "shares.anyone", Level.DOMAIN, office.domain_id, True)
    await grant(office.alice, office.box, "anyone", "lr")
    assert await shares.rights_on(office.bob.id, office.alice.id, office.box.id) == rights.parse("lr")

    await settings.set_value(SYSTEM, "shares.anyone", Level.DOMAIN, office.domain_id, False)
    assert await shares.rights_on(office.bob.id, office.alice.id, office.box.id) == Rights.NONE
    assert await shares.visible(office.bob.id) == []


async def test_rights_end_at_the_domain(office: Office) -> None:
    other = await make_domain("other.test")
    await make_user(other, "eve@other.test")

    for holder in ("eve@other.test", "nobody", "group:none", "alice", "anonymous"):
        with pytest.raises((NotFound, InvalidSyntax)):
            await grant(office.alice, office.box, holder, "lr")
    assert await db.fetch_value("SELECT COUNT(*) FROM share") == 0


async def test_only_who_may_administer_gives_rights(office: Office) -> None:
    with pytest.raises(NotFound):
        await grant(office.bob, office.box, "carol", "lr")
    await grant(office.alice, office.box, "bob", "lr")
    with pytest.raises(PermissionDenied):
        await grant(office.bob, office.box, "carol", "lr")
    with pytest.raises(PermissionDenied):
        await grants.list_grants(for_user(office.bob), office.box)
    with pytest.raises(NotFound):  # whoever administers the domain may not open a person's mail
        await grant(SYSTEM, office.box, "bob", "lr")

    await grant(office.alice, office.box, "bob", "lra")
    assert await grant(office.bob, office.box, "carol", "lr") == [
        ("bob@example.test", "lra"),
        ("carol@example.test", "lr"),
    ]
    assert await db.fetch_value("SELECT COUNT(*) FROM audit_entry WHERE action = 'mailbox.grant'") == 3


async def test_account_without_a_person_is_administered_by_the_domain(office: Office) -> None:
    info = await make_user(office.domain_id, "info@example.test", is_shared=True)
    inbox = await mailboxes.get(info.id, "INBOX")
    await grant(SYSTEM, inbox, "bob", "lrs")

    [seen] = await shares.visible(office.bob.id)

    assert (seen.row.name, seen.path, seen.owner) == (
        "Shared/info@example.test/INBOX", "INBOX", "info@example.test",
    )  # fmt: skip


async def test_names_and_who_sees_them(office: Office) -> None:
    below = await mailboxes.create(office.alice.id, "Projects/North")
    await grant(office.alice, office.box, "bob", "lr", with_children=True)
    later = await mailboxes.create(office.alice.id, "Projects/North/Deep")

    names = [box.row.name for box in await shares.visible(office.bob.id)]
    prefix = "Users/alice@example.test/Projects"
    assert names == [prefix, f"{prefix}/North", f"{prefix}/North/Deep"]
    found = await shares.find(office.bob.id, f"{prefix}/North", Rights.READ)
    assert (found.row.id, found.path) == (below.id, "Projects/North")
    assert (await shares.by_id(office.bob.id, later.id, Rights.READ)).row.name == names[2]
    with pytest.raises(PermissionDenied):
        await shares.find(office.bob.id, f"{prefix}/North", Rights.INSERT)
    for name in (f"{prefix}/None", "Users/alice@example.test", "Users", f"Shared{prefix[5:]}", "Users//x"):
        with pytest.raises(NotFound):
            await shares.find(office.bob.id, name, Rights.LOOKUP)
    with pytest.raises(NotFound):
        await shares.find(office.carol.id, prefix, Rights.LOOKUP)
    assert await shares.visible(office.alice.id) == []


async def test_own_mailboxes_stay_out_of_the_namespaces(office: Office) -> None:
    for name in ("Users", "Users/bob", "Shared/x"):
        with pytest.raises(InvalidSyntax):
            await mailboxes.create(office.alice.id, name)
        with pytest.raises(InvalidSyntax):
            await mailboxes.rename(office.alice.id, "Projects", name)
    assert (await mailboxes.create(office.alice.id, "users")).name == "users"


async def _fill(office: Office, count: int = 4) -> None:
    for number in range(count):
        await ingest.store(message(f"Note {number}"), office.alice.id, office.box.id)


async def _read(office: Office, user: User, uids: list[int], *, add: int = 0, remove: int = 0) -> None:
    change = change_of(add, remove)
    await reader_flags.store(user.id, office.alice.id, office.box.id, uids, change)


async def _unseen(office: Office, user: User) -> int:
    return (await shares.by_id(user.id, office.box.id, Rights.READ)).row.unseen


async def _flags(office: Office, user: User) -> list[int]:
    opened = await index.open(office.box.id, user.id)
    try:
        return list(opened.columns.flags)
    finally:
        index.close(opened)


async def test_seen_is_each_readers_own(office: Office) -> None:
    for name in ("bob", "carol"):
        await grant(office.alice, office.box, name, "lrsw")
    await _fill(office)
    await _read(office, office.bob, [1, 2], add=SEEN | FLAGGED)
    await flags.store(office.box.id, office.alice.id, [4], add=SEEN)

    assert await _flags(office, office.bob) == [SEEN | FLAGGED, SEEN | FLAGGED, 0, 0]
    assert await _flags(office, office.carol) == [FLAGGED, FLAGGED, 0, 0]
    own = await mailboxes.by_id(office.alice.id, office.box.id)
    assert own.unseen == 3
    assert (await _unseen(office, office.bob), await _unseen(office, office.carol)) == (2, 4)


async def test_marks_have_modseqs_of_the_owners_account(office: Office) -> None:
    await grant(office.alice, office.box, "bob", "lrs")
    await _fill(office)
    before = (await shares.by_id(office.bob.id, office.box.id, Rights.READ)).row.modseq
    result = await reader_flags.store(
        office.bob.id, office.alice.id, office.box.id, [2, 3], change_of(add=SEEN)
    )

    assert result.before == before
    seen = (await shares.by_id(office.bob.id, office.box.id, Rights.READ)).row
    assert seen.modseq == result.modseq == before + 1
    assert (await mailboxes.by_id(office.alice.id, office.box.id)).modseq == before
    changes = await changes_since(office.box.id, before, office.bob.id)
    assert changes.changed == [(2, SEEN, result.modseq), (3, SEEN, result.modseq)]
    assert (await changes_since(office.box.id, before)).changed == []

    refused = await reader_flags.store(
        office.bob.id, office.alice.id, office.box.id, [1, 2], change_of(remove=SEEN), before
    )
    assert (refused.modified, refused.unchanged) == ([2], [1])


async def test_counts_follow_what_is_expunged(office: Office) -> None:
    await grant(office.alice, office.box, "bob", "lrs")
    await _fill(office, 6)
    await _read(office, office.bob, [1, 2, 3], add=SEEN)
    await flags.store(office.box.id, office.alice.id, [2, 5], add=DELETED)
    await expunge.expunge(office.box.id, office.alice.id)
    assert await _unseen(office, office.bob) == 2

    await _read(office, office.bob, [4], add=SEEN)
    assert await _unseen(office, office.bob) == 1
    assert await db.fetch_value("SELECT COUNT(*) FROM seen_mark") == 3

    await flags.store(office.box.id, office.alice.id, [4], add=DELETED)
    await expunge.expunge(office.box.id, office.alice.id)
    await retention.prune_tombstones(-10)  # the count can no longer be explained: it is made anew
    assert await _unseen(office, office.bob) == 1
    assert await db.fetch_value("SELECT COUNT(*) FROM seen_mark") == 2


async def test_subscription_is_the_readers_own(office: Office) -> None:
    for name in ("bob", "carol"):
        await grant(office.alice, office.box, name, "lr")
    await readers.subscribe(office.bob.id, office.alice.id, office.box.id, False)

    states = [(await shares.visible(user.id))[0].row.is_subscribed for user in (office.bob, office.carol)]
    assert states == [0, 1]
    assert (await mailboxes.by_id(office.alice.id, office.box.id)).is_subscribed == 1


async def _kept() -> list[int]:
    tables = ("share", "mailbox_reader", "seen_mark", "group_member")
    return [await db.fetch_value(f"SELECT COUNT(*) FROM {table}") for table in tables]


async def test_nothing_is_left_of_who_goes(office: Office) -> None:
    team = await groups.add(SYSTEM, office.domain_id, "team")
    await groups.add_member(SYSTEM, team.id, "bob@example.test")
    for name in ("bob", "carol", "group:team"):
        await grant(office.alice, office.box, name, "lrs")
    await _fill(office)
    for user in (office.bob, office.carol):
        await _read(office, user, [1, 2], add=SEEN)
    assert await _kept() == [3, 2, 4, 1]

    await removal.remove_user(SYSTEM, office.bob.id)
    assert await _kept() == [2, 1, 2, 0]
    await groups.remove(SYSTEM, team.id)
    assert await _kept() == [1, 1, 2, 0]
    await mailboxes.delete(office.alice.id, "Projects")
    assert await _kept() == [0, 0, 0, 0]


async def test_owner_who_goes_takes_the_shares_along(office: Office) -> None:
    await grant(office.alice, office.box, "bob", "lrs")
    await _fill(office)
    await _read(office, office.bob, [1], add=SEEN)

    await removal.remove_user(SYSTEM, office.alice.id)

    assert await _kept() == [0, 0, 0, 0]
    assert await shares.visible(office.bob.id) == []
