"""Mail over the schema: windows and their changes, acts, mailboxes, messages, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM, Principal, for_user
from backend.directory.setting_key import Level
from backend.formats.dsn import Action
from backend.kit import db
from backend.kit.runtime import Runtime
from backend.mailstore import ingest, mailboxes, sender_looks
from backend.mailstore.sender_looks import SenderLook
from backend.operations import accounts
from backend.rules import senders
from backend.spool import reports
from backend.spool.reports import Finding
from tests.support.api import ask


@pytest.fixture
async def maren(rt: Runtime) -> Principal:
    made = await accounts.bootstrap(
        admin_name="root",
        admin_password="a wide calm river",
        domain="example.test",
        user_localpart="maren",
        user_name="Maren Holt",
        user_password="nine quiet gardens",
    )
    return for_user(made.user)


def message(number: int, body: str = "Hello there") -> bytes:
    return (
        f"From: Amara Okafor <amara@north.example>\r\nTo: maren@example.test\r\nSubject: Letter {number}\r\n"
        f"Message-ID: <{number}@north.example>\r\n\r\n{body} {number}\r\n"
    ).encode()


async def fill(principal: Principal, count: int) -> list[str]:
    """Messages 0 to count - 1, the last one newest; their ids."""
    refs = []
    for number in range(count):
        filed = await ingest.store(message(number), principal.id, "inbox", internal_at=1_700_000_000 + number)
        refs.append(str(filed.ref))
    return refs


async def data(document: str, principal: Principal, **variables: Any) -> Any:
    answer = await ask(document, principal, **variables)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


async def codes(document: str, principal: Principal, **variables: Any) -> list[str]:
    answer = await ask(document, principal, **variables)
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


async def box(principal: Principal, use: str) -> str:
    found = await data("{ mailboxes { id specialUse } }", principal)
    return next(one["id"] for one in found["mailboxes"] if one["specialUse"] == use)


VIEW = """query($id: ID, $search: String, $offset: Int! = 0, $limit: Int! = 60,
  $sort: MessageSort! = DATE_DESC) {
  view(mailboxId: $id, search: $search, offset: $offset, limit: $limit, sort: $sort) {
    total state offset rows { id subject isSeen isFlagged } } }"""
CHANGES = """query($id: ID!, $since: Long!) { viewChanges(mailboxId: $id, since: $since) {
  state total isReset removed added { index row { subject } } updated { subject isSeen } } }"""
UPDATE = """mutation($input: UpdateMessagesInput!) { updateMessages(input: $input) {
  state failed { id code } mailboxes { specialUse total unread } } }"""


async def test_a_window_is_newest_first_and_turns_around(maren: Principal) -> None:
    await fill(maren, 5)
    inbox = await box(maren, "INBOX")

    newest = (await data(VIEW, maren, id=inbox, offset=1, limit=2))["view"]
    oldest = (await data(VIEW, maren, id=inbox, limit=2, sort="DATE_ASC"))["view"]

    assert (newest["total"], newest["offset"]) == (5, 1)
    assert [row["subject"] for row in newest["rows"]] == ["Letter 3", "Letter 2"]
    assert [row["subject"] for row in oldest["rows"]] == ["Letter 0", "Letter 1"]


async def test_a_window_of_nothing_named_is_of_the_inbox(maren: Principal) -> None:
    await fill(maren, 2)

    window = (await data("{ view { total rows { subject mailboxId } } }", maren))["view"]

    inbox = await box(maren, "INBOX")
    assert window == {
        "total": 2,
        "rows": [{"subject": f"Letter {number}", "mailboxId": inbox} for number in (1, 0)],
    }


async def test_changes_tell_what_left_what_came_and_what_looks_different(maren: Principal) -> None:
    refs = await fill(maren, 3)
    inbox, archive = await box(maren, "INBOX"), await box(maren, "ARCHIVE")
    state = (await data(VIEW, maren, id=inbox))["view"]["state"]

    await data(UPDATE, maren, input={"ids": [refs[2]], "moveTo": archive})
    await data(UPDATE, maren, input={"ids": [refs[0]], "addFlags": ["\\Seen"]})
    await ingest.store(message(9), maren.id, "inbox", internal_at=1_700_000_009)

    changes = (await data(CHANGES, maren, id=inbox, since=state))["viewChanges"]
    assert (changes["isReset"], changes["total"], changes["removed"]) == (False, 3, [refs[2]])
    assert changes["added"] == [{"index": 0, "row": {"subject": "Letter 9"}}]
    assert changes["updated"] == [{"subject": "Letter 0", "isSeen": True}]


async def test_a_message_keeps_its_id_when_it_is_moved(maren: Principal) -> None:
    [ref] = await fill(maren, 1)
    archive = await box(maren, "ARCHIVE")

    await data(UPDATE, maren, input={"ids": [ref], "moveTo": archive})

    moved = (await data("query($id: ID!) { message(id: $id) { row { mailboxId subject } } }", maren, id=ref))[
        "message"
    ]
    assert moved == {"row": {"mailboxId": archive, "subject": "Letter 0"}}


async def test_a_batch_does_what_it_can_and_names_the_rest(maren: Principal) -> None:
    [ref] = await fill(maren, 1)

    done = await data(UPDATE, maren, input={"ids": [ref, "12345"], "addFlags": ["\\Seen", "\\Flagged"]})

    payload = done["updateMessages"]
    assert payload["failed"] == [{"id": "12345", "code": "NOT_FOUND"}]
    inbox = next(one for one in payload["mailboxes"] if one["specialUse"] == "INBOX")
    assert (inbox["total"], inbox["unread"]) == (1, 0)


async def test_what_stands_in_drafts_is_a_draft_whatever_its_flags(maren: Principal) -> None:
    theirs = await ingest.store(message(1), maren.id, "drafts")
    await ingest.store(message(2), maren.id, "inbox")

    document = (
        "query ($id: ID!) { message(id: $id) { row { isDraft } draft { subject } }"
        " view { rows { isDraft } } }"
    )
    found = await data(document, maren, id=str(theirs.ref))

    assert found["message"] == {"row": {"isDraft": True}, "draft": {"subject": "Letter 1"}}
    assert found["view"]["rows"] == [{"isDraft": False}]


async def test_only_trash_junk_and_drafts_lose_mail_for_good(maren: Principal) -> None:
    [ref] = await fill(maren, 1)
    trash = await box(maren, "TRASH")

    assert await codes(UPDATE, maren, input={"ids": [ref], "destroy": True}) == ["PERMISSION_DENIED"]
    assert (await mailboxes.get(maren.id, "INBOX")).exists == 1

    await data(UPDATE, maren, input={"ids": [ref], "moveTo": trash})
    await data(UPDATE, maren, input={"ids": [ref], "destroy": True})
    assert (await mailboxes.by_use(maren.id, "trash")).exists == 0


@pytest.mark.parametrize(
    "change",
    [
        {"addFlags": ["\\Nonsense"]},
        {"moveTo": "abc"},
        {"moveTo": "999999"},
        {"moveTo": "1", "destroy": True},
        {"addFlags": [f"k{n}" for n in range(30)]},
    ],
)
async def test_a_wrong_change_changes_nothing(maren: Principal, change: dict[str, Any]) -> None:
    [ref] = await fill(maren, 1)

    found = await codes(UPDATE, maren, input={"ids": [ref], **change})

    assert found in (["INVALID"], ["NOT_FOUND"])
    assert await db.fetch_value("SELECT flags FROM message") == 0


async def test_another_accounts_mail_is_not_found(maren: Principal) -> None:
    [ref] = await fill(maren, 1)
    inbox = await box(maren, "INBOX")
    user = await accounts.add_user(
        Principal("system", 0, "system", maren.role, frozenset(_all_permissions())),
        "oskar@example.test",
        "eleven grey stones",
    )
    oskar = for_user(user)

    assert (await data("query($id: ID!) { message(id: $id) { id } }", oskar, id=ref)) == {"message": None}
    assert await codes(VIEW, oskar, id=inbox) == ["NOT_FOUND"]
    assert await codes(CHANGES, oskar, id=inbox, since=0) == ["NOT_FOUND"]
    failed = (await data(UPDATE, oskar, input={"ids": [ref], "addFlags": ["\\Seen"]}))["updateMessages"][
        "failed"
    ]
    assert failed == [{"id": ref, "code": "NOT_FOUND"}]
    assert await codes(UPDATE, oskar, input={"ids": [ref], "moveTo": inbox}) == ["NOT_FOUND"]


def _all_permissions() -> list[Any]:
    from backend.directory.roles import Permission

    return list(Permission)


async def test_mailboxes_are_made_renamed_and_removed(maren: Principal) -> None:
    made = (
        await data('mutation { createMailbox(path: "Projects/North") { id path name parentId } }', maren)
    )["createMailbox"]
    assert (made["path"], made["name"]) == ("Projects/North", "North")
    assert made["parentId"] is not None

    renamed = await data(
        'mutation($id: ID!) { renameMailbox(id: $id, path: "Projects/South") { path } }', maren, id=made["id"]
    )
    assert renamed["renameMailbox"] == {"path": "Projects/South"}

    await data("mutation($id: ID!) { deleteMailbox(id: $id) }", maren, id=made["id"])
    paths = [one["path"] for one in (await data("{ mailboxes { path } }", maren))["mailboxes"]]
    assert "Projects/South" not in paths
    inbox = await box(maren, "INBOX")
    assert await codes("mutation($id: ID!) { deleteMailbox(id: $id) }", maren, id=inbox) != []


async def test_an_opened_message_has_addresses_body_and_headers(maren: Principal) -> None:
    filed = await ingest.store(
        b"From: =?utf-8?q?Amara_Okaf=C3=B6r?= <amara@north.example>\r\nTo: a@x.example, B <b@y.example>\r\n"
        b"Cc: friends: c@z.example;\r\nSubject: Hi\r\nDate: Sun, 22 Nov 2026 09:00:00 +0100\r\n"
        b'Content-Type: text/html\r\n\r\n<p>Hi <img src="http://spy.example/x.gif"><script>x</script></p>',
        maren.id,
        "inbox",
    )
    document = """query($id: ID!) { message(id: $id) { from { name address } to { address } cc { address }
      sentAt headers body { html text blockedImages } attachments { name } draft { id } thread { id } } }"""

    opened = (await data(document, maren, id=str(filed.ref)))["message"]

    assert opened["from"] == [{"name": "Amara Okaför", "address": "amara@north.example"}]
    assert [one["address"] for one in opened["to"]] == ["a@x.example", "b@y.example"]
    assert [one["address"] for one in opened["cc"]] == ["c@z.example"]
    assert opened["sentAt"] == "2026-11-22T08:00:00Z"
    assert opened["headers"].startswith("From: =?utf-8?q?")
    assert opened["body"]["blockedImages"] == 1
    assert "<script" not in opened["body"]["html"]
    assert (opened["attachments"], opened["draft"], opened["thread"]) == ([], None, [])


async def test_a_trusted_senders_pictures_are_shown_through_the_proxy(maren: Principal) -> None:
    filed = await ingest.store(
        b'From: a@north.example\r\nContent-Type: text/html\r\n\r\n<img src="http://pics.example/x.gif">',
        maren.id,
        "inbox",
    )
    document = "query($id: ID!) { message(id: $id) { body { html blockedImages } } }"

    await data('mutation { trustSender(address: "a@north.example", trusted: true) }', maren)

    body = (await data(document, maren, id=str(filed.ref)))["message"]["body"]
    assert body["blockedImages"] == 0
    assert f"/img/{filed.ref}/0" in body["html"]
    assert "pics.example" not in body["html"]


@pytest.mark.parametrize(
    ("value", "ceiling", "sender", "asked", "expected"),
    [
        ("ask", None, None, None, (1, True)),
        ("ask", None, None, True, (0, True)),
        ("always", None, None, None, (0, True)),
        ("always", None, None, False, (1, True)),
        ("always", None, "hidden", None, (1, True)),
        ("always", "ask", None, None, (1, True)),
        ("never", None, None, None, (1, False)),
        ("never", None, "trusted", None, (0, False)),
        ("ask", "never", None, None, (1, False)),
        ("ask", "never", "trusted", None, (1, False)),
        ("ask", "never", None, True, (1, False)),
    ],
)
async def test_images_are_shown_by_the_setting_the_sender_and_the_ceiling(
    maren: Principal,
    value: str,
    ceiling: str | None,
    sender: str | None,
    asked: bool | None,
    expected: tuple[int, bool],
) -> None:
    filed = await ingest.store(
        b'From: a@north.example\r\nContent-Type: text/html\r\n\r\n<img src="http://pics.example/x.gif">',
        maren.id,
        "inbox",
    )
    await settings.set_value(maren, "mail.remote_images", Level.USER, maren.id, value)
    if ceiling is not None:
        await settings.set_ceiling(SYSTEM, "mail.remote_images", Level.SYSTEM, 0, ceiling)
    if sender == "trusted":
        await senders.put(maren.id, senders.Standing.TRUSTED, "@north.example")
    if sender == "hidden":
        await sender_looks.choose(maren.id, "a@north.example", SenderLook(hides_images=True))

    document = (
        "query($id: ID!, $asked: Boolean) { message(id: $id) {"
        " body(showImages: $asked) { html blockedImages offersImages } } }"
    )
    body = (await data(document, maren, id=str(filed.ref), asked=asked))["message"]["body"]

    assert (body["blockedImages"], body["offersImages"]) == expected
    assert (f"/img/{filed.ref}/0" in body["html"]) == (expected[0] == 0)


async def test_ids_that_are_none_are_refused(maren: Principal) -> None:
    for bad in ("", "abc", "-1", "9" * 30, "1 OR 1=1"):
        assert await codes("query($id: ID!) { message(id: $id) { id } }", maren, id=bad) == ["INVALID"]


async def test_a_sent_message_shows_what_other_hosts_reported(maren: Principal) -> None:
    (ref,) = await fill(maren, 1)
    finding = Finding(
        account_id=maren.id,
        spool_id=1,
        recipient_id=2,
        message_id="0@north.example",
        address="x@remote.test",
        localpart="x",
        domain="remote.test",
        action=Action.FAILED,
        status="5.1.1",
        reporter="mx.remote.test",
        diagnostic="550 no such user",
        is_verified=True,
    )
    await db.write(lambda tx: reports.record(tx, [finding]))

    found = await data(
        "query ($id: ID!) { message(id: $id) {"
        " deliveryReports { address action status reporter diagnostic isVerified } } }",
        maren,
        id=ref,
    )

    assert found["message"]["deliveryReports"] == [
        {
            "address": "x@remote.test",
            "action": "FAILED",
            "status": "5.1.1",
            "reporter": "mx.remote.test",
            "diagnostic": "550 no such user",
            "isVerified": True,
        }
    ]


async def test_a_view_is_sorted_and_filtered_and_told_of_changes(maren: Principal) -> None:
    refs = await fill(maren, 4)
    inbox = await box(maren, "INBOX")
    ask_view = """query($id: ID!, $sort: MessageSort!, $filter: MessageFilter) {
      view(mailboxId: $id, sort: $sort, filter: $filter) { total state rows { id subject } } }"""
    ask_changes = """query($id: ID!, $since: Long!) { viewChanges(mailboxId: $id, since: $since,
      sort: UNREAD_FIRST, filter: STARRED) { total isReset removed added { index row { id } } state } }"""

    by_subject = (await data(ask_view, maren, id=inbox, sort="SUBJECT"))["view"]
    starred = (await data(ask_view, maren, id=inbox, sort="UNREAD_FIRST", filter="STARRED"))["view"]
    await data(UPDATE, maren, input={"ids": refs[:2], "addFlags": ["\\Flagged"]})
    changes = (await data(ask_changes, maren, id=inbox, since=starred["state"]))["viewChanges"]
    lost = (await data(ask_changes, maren, id=inbox, since=1))["viewChanges"]

    assert [row["subject"] for row in by_subject["rows"]] == [f"Letter {number}" for number in range(4)]
    assert starred["total"] == 0
    assert changes["added"] == [{"index": 0, "row": {"id": refs[1]}}, {"index": 1, "row": {"id": refs[0]}}]
    assert (changes["total"], changes["isReset"], changes["removed"]) == (2, False, [])
    assert (lost["isReset"], lost["total"], lost["state"]) == (True, 2, changes["state"])
