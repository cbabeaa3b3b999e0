"""Mail in time over the schema: snoozing, muting, scheduling, reminders; nobody else's, and bounded."""

from __future__ import annotations

from datetime import UTC, datetime

from backend.directory.principal import Principal
from backend.kit import clock
from tests.backend.api.test_mail import box, codes, data, fill, maren

__all__ = ["maren"]

UPDATE = """mutation($input: UpdateMessagesInput!) { updateMessages(input: $input) {
  failed { id code } mailboxes { id specialUse total unread } } }"""
ROWS = """query($id: ID!) { view(mailboxId: $id) {
  rows { id isMuted isReminder timer { kind dueAt returnTo error } } } }"""
SAVE = """mutation { saveDraft(input: {to: [{address: "amara@north.example"}], cc: [], bcc: [],
  subject: "Later", html: "<p>x</p>", attachments: []}) { id } }"""
SCHEDULE = """mutation($id: ID!, $at: DateTime!, $days: Int) {
  scheduleDraft(id: $id, sendAt: $at, remindDays: $days) { id sendAt } }"""


def at(in_s: int) -> str:
    return datetime.fromtimestamp(clock.now() + in_s, UTC).isoformat().replace("+00:00", "Z")


async def test_snoozing_shows_when_and_where_it_returns(maren: Principal) -> None:
    [ref] = await fill(maren, 1)
    inbox, until = await box(maren, "INBOX"), at(3600)

    answer = await data(UPDATE, maren, input={"ids": [ref, "77"], "snoozeUntil": until})

    assert answer["updateMessages"]["failed"] == [{"id": "77", "code": "NOT_FOUND"}]
    [row] = (await data(ROWS, maren, id=await box(maren, "SNOOZED")))["view"]["rows"]
    assert row["timer"] == {"kind": "SNOOZE", "dueAt": until, "returnTo": inbox, "error": None}
    assert await codes(UPDATE, maren, input={"ids": [ref], "snoozeUntil": at(-5)}) == ["INVALID"]
    both = {"ids": [ref], "snoozeUntil": until, "moveTo": inbox}
    assert await codes(UPDATE, maren, input=both) == ["INVALID"]


async def test_muting_archives_the_conversation_and_shows(maren: Principal) -> None:
    [ref, other] = await fill(maren, 2)

    await data(UPDATE, maren, input={"ids": [ref], "mute": True})

    [row] = (await data(ROWS, maren, id=await box(maren, "ARCHIVE")))["view"]["rows"]
    assert (row["id"], row["isMuted"]) == (ref, True)
    [left] = (await data(ROWS, maren, id=await box(maren, "INBOX")))["view"]["rows"]
    assert (left["id"], left["isMuted"]) == (other, False)
    await data(UPDATE, maren, input={"ids": [ref], "mute": False})
    [row] = (await data(ROWS, maren, id=await box(maren, "ARCHIVE")))["view"]["rows"]
    assert row["isMuted"] is False


async def test_a_draft_is_scheduled_changed_cancelled_and_sent_now(maren: Principal) -> None:
    draft = (await data(SAVE, maren))["saveDraft"]["id"]
    first, second = at(3600), at(7200)
    assert (await data(SCHEDULE, maren, id=draft, at=first))["scheduleDraft"] == {
        "id": draft,
        "sendAt": first,
    }
    await data(SCHEDULE, maren, id=draft, at=second)
    [row] = (await data(ROWS, maren, id=await box(maren, "SCHEDULED")))["view"]["rows"]
    assert row["timer"] == {"kind": "SEND", "dueAt": second, "returnTo": None, "error": None}

    cancel = "mutation($id: ID!) { cancelScheduled(id: $id) { id subject } }"
    assert (await data(cancel, maren, id=draft))["cancelScheduled"] == {"id": draft, "subject": "Later"}
    assert await codes(cancel, maren, id=draft) == ["CONFLICT"]
    now = "mutation($id: ID!) { sendScheduledNow(id: $id) { state } }"
    assert await codes(now, maren, id=draft) == ["NOT_FOUND"]
    await data(SCHEDULE, maren, id=draft, at=second)
    assert (await data(now, maren, id=draft))["sendScheduledNow"] == {"state": "HELD"}


async def test_times_and_days_are_bounded(maren: Principal) -> None:
    draft = (await data(SAVE, maren))["saveDraft"]["id"]

    assert await codes(SCHEDULE, maren, id=draft, at=at(-1)) == ["INVALID"]
    assert await codes(SCHEDULE, maren, id=draft, at=at(400 * 86_400)) == ["INVALID"]
    for days in (0, -1, 366):
        assert await codes(SCHEDULE, maren, id=draft, at=at(60), days=days) == ["INVALID"]


async def test_a_reminder_is_set_and_ended(maren: Principal) -> None:
    draft = (await data(SAVE, maren))["saveDraft"]["id"]
    await data("mutation($id: ID!) { submitDraft(id: $id, remindDays: 3) { id } }", maren, id=draft)
    sent = await box(maren, "SENT")
    [row] = (await data(ROWS, maren, id=sent))["view"]["rows"]
    assert row["timer"]["kind"] == "FOLLOW_UP"

    remind = "mutation($id: ID!, $at: DateTime) { remindOfMessage(id: $id, at: $at) }"
    assert (await data(remind, maren, id=row["id"]))["remindOfMessage"] is True
    [row] = (await data(ROWS, maren, id=sent))["view"]["rows"]
    assert row["timer"] is None
    assert await codes(remind, maren, id="4711", at=at(60)) == ["NOT_FOUND"]
