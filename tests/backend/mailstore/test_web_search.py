"""The web's search, and the full-text index behind it."""

from __future__ import annotations

import asyncio

import pytest

from backend.kit import db
from backend.kit.runtime import Runtime
from backend.mailstore import expunge, flags, fulltext, ingest, mailboxes, retention, web_search
from tests.backend.mailstore.messages import message


async def indexed(account_id: int) -> dict[str, int]:
    """Some messages, indexed: their refs by a name."""
    refs: dict[str, int] = {}
    for name, mailbox, raw in (
        ("lunch", "inbox", message("Lunch tomorrow", sender="Ann <ann@example.test>", body="At the café?")),
        (
            "report",
            "archive",
            message("Report", sender="Bob <bob@example.test>", body="quick brown fox jumps"),
        ),
        (
            "fox",
            "inbox",
            message("Animals", sender="Cy <cy@example.test>", body="brown bear, quick fox 今日は"),
        ),
        ("junk", "junk", message("Lunch for free", body="quick money")),
    ):
        refs[name] = (await ingest.store(raw, account_id, mailbox, internal_at=1000 + len(refs))).ref
    while await fulltext.index_pending():
        pass
    return refs


async def hits(account_id: int, text: str) -> list[int]:
    return (await web_search.search(account_id, text)).refs


SEARCHES = [
    ("quick", ["fox", "report"]),
    ("QUICK brown", ["fox", "report"]),
    ('"quick brown"', ["report"]),
    ("qui", ["fox", "report"]),
    ('"qui"', []),
    ("cafe", ["lunch"]),
    ("今日", ["fox"]),
    ("日今", []),
    ("from:ann", ["lunch"]),
    ("from:lunch", []),
    ("subject:report", ["report"]),
    ("quick -bear", ["report"]),
    ("-quick", ["lunch"]),
    ("in:junk quick", ["junk"]),
    ("in:spam", ["junk"]),
    ("in:anywhere lunch", ["junk", "lunch"]),
    ("in:nowhere lunch", []),
    ("in:archive", ["report"]),
    ("before:1970-01-02 lunch", ["lunch"]),
    ("after:1970-01-02 lunch", []),
    ("is:unread quick", ["fox"]),
    ("is:read quick", ["report"]),
    ("has:attachment", []),
    ("-has:attachment", ["fox", "report", "lunch"]),
    ("quick -has:attachment", ["fox", "report"]),
    ("smaller:1M fox", ["fox", "report"]),
    ("lunch OR report", ["report", "lunch"]),
    ("{from:ann from:cy}", ["fox", "lunch"]),
    ("from:(ann OR bob) -subject:report", ["lunch"]),
    ("-(quick OR lunch)", []),
    ("-in:archive", ["fox", "lunch"]),
    ("quick in:archive OR in:junk", ["junk", "report"]),
    ("quick (in:archive OR in:inbox)", ["fox", "report"]),
    ("lunch OR quick is:read", ["report"]),
    ("tag:travel", ["lunch"]),
    ("-tag:travel", ["fox", "report"]),
    ("tag:nowhere", []),
    ("", []),
]


async def test_searches(any_account: int) -> None:
    refs = await indexed(any_account)
    await flags.store_refs(any_account, [refs["report"]], add=flags.SEEN)
    bit = await db.write(lambda tx: flags.keyword_bits(tx, any_account, ["Travel"]))
    await flags.store_refs(any_account, [refs["lunch"]], add=bit)

    for text, names in SEARCHES:
        assert await hits(any_account, text) == [refs[name] for name in names], text


async def test_attachments_lists_and_copies_are_looked_at_exactly(any_account: int) -> None:
    boundary = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nabout budget.xlsx\r\n"
    attached = b'--b\r\nContent-Disposition: attachment; filename="Budget 2026.xlsx"\r\n\r\nx\r\n--b--\r\n'
    raws = {
        "file": b"Subject: a\r\n" + boundary + attached,
        "mention": b"Subject: b\r\n\r\nsee Budget 2026.xlsx\r\n",
        "list": b"Subject: c\r\nList-Id: Garden news <news.example.org>\r\nX-A: other.example\r\n\r\nx\r\n",
        "copy": b"To: bob@x.example\r\nCc: Ann_Lee <ann@x.example>\r\n\r\nx\r\n",
        "direct": b"To: ann@x.example\r\nCc: bob@x.example\r\n\r\nx\r\n",
    }
    refs = {
        name: (await ingest.store(raw, any_account, "inbox", internal_at=1000 + at)).ref
        for at, (name, raw) in enumerate(raws.items())
    }
    while await fulltext.index_pending():
        pass

    for text, names in {
        "filename:budget": ["file"],
        'filename:"budget 2026"': ["file"],
        "filename:xlsx budget": ["file"],
        "-filename:budget budget": ["mention"],
        "filename:zip": [],
        "list:news.example.org": ["list"],
        "list:garden": ["list"],
        'list:"garden news"': ["list"],
        "list:example.gar": [],
        "list:other.example": [],
        "garden": [],
        "to:news": [],
        "-list:garden subject:c": [],
        "cc:ann": ["copy"],
        "cc:ann_lee": ["copy"],
        "cc:bob": ["direct"],
        "to:ann -cc:ann": ["direct"],
    }.items():
        assert await hits(any_account, text) == [refs[name] for name in names], text


async def test_windows_and_single_mailboxes(account: int) -> None:
    refs = await indexed(account)
    inbox = await mailboxes.by_use(account, "inbox")

    found = await web_search.search(account, "quick", offset=1, limit=1)
    within = await web_search.search(account, "quick", mailbox_id=inbox.id)

    assert (found.total, found.refs) == (2, [refs["report"]])
    assert within.refs == [refs["fox"]]


@pytest.mark.parametrize(
    ("text", "found", "missed"),
    [
        ("明天的会议改到下午三点", ["会议", "三点", "下午三", "明"], ["议会", "晚上"]),
        ("来週の火曜日に打ち合わせをしましょう", ["火曜", "打ち合わせ", "ましょう"], ["曜火", "水曜"]),
        ("ขอเชิญประชุมพรุ่งนี้เช้าที่สำนักงาน", ["ประชุม", "พรุ่งนี้", "สำนักงาน", "เช้า"], ["ตลาด"]),
        ("សូមអញ្ជើញមកប្រជុំ", ["ប្រជុំ"], ["ផ្សារ"]),
        ("မနက်ဖြန် အစည်းအဝေး", ["အစည်း", "နက်ဖြန်"], ["ဈေး"]),
        ("회의는 내일입니다", ["회의", "내일"], ["모레"]),
        ("встреча завтра", ["встреч", "ЗАВТРА"], ["вчера"]),
    ],
)
async def test_languages_with_and_without_spaces(
    any_account: int, text: str, found: list[str], missed: list[str]
) -> None:
    raw = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + f"x{text}y {text}\r\n".encode()
    ref = (await ingest.store(raw, any_account, "inbox")).ref

    for word in found:
        assert await hits(any_account, word) == [ref], word
    for word in missed:
        assert await hits(any_account, word) == [], word


async def test_accounts_do_not_see_each_other(account: int) -> None:
    other = account + 1
    await db.write(lambda tx: mailboxes.create_standard(tx, other))
    refs = await indexed(account)
    theirs = (await ingest.store(message("quick"), other, "inbox")).ref
    await fulltext.index_pending()

    assert await hits(other, "quick") == [theirs]
    assert await hits(account, "quick") == [refs["fox"], refs["report"]]


async def test_what_is_removed_is_no_longer_found(any_account: int) -> None:
    refs = await indexed(any_account)
    await expunge.expunge_refs(any_account, [refs["fox"]])
    assert await hits(any_account, "quick") == [refs["report"]]

    while await retention.sweep_emails():
        pass
    assert await fulltext.index_pending() == 1

    assert await db.fetch_value("SELECT COUNT(*) FROM search_pending") == 0
    assert await hits(any_account, "quick") == [refs["report"]]


async def test_indexing_twice_after_a_crash_changes_nothing(any_account: int) -> None:
    refs = await indexed(any_account)

    await fulltext.enqueue_everything()
    while await fulltext.index_pending():
        pass

    assert await hits(any_account, "quick") == [refs["fox"], refs["report"]]


async def test_a_lost_index_is_made_again(rt: Runtime, account: int) -> None:
    refs = await indexed(account)
    for suffix in ("", "-wal", "-shm"):
        rt.settings.sqlite_path.with_name(f"search.db{suffix}").unlink(missing_ok=True)
    fulltext.engine.forget()

    while await fulltext.index_pending():
        pass

    assert await hits(account, "quick") == [refs["fox"], refs["report"]]


async def test_the_runner_indexes_what_arrives(account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed_one, work = asyncio.Event(), fulltext.index_pending

    async def watched() -> int:
        done = await work()
        if done:
            indexed_one.set()
        return done

    monkeypatch.setattr(fulltext, "index_pending", watched)
    async with asyncio.TaskGroup() as tasks:
        runner = tasks.create_task(fulltext.run())
        ref = (await ingest.store(message("surprise"), account, "inbox")).ref
        async with asyncio.timeout(20):
            await indexed_one.wait()
        runner.cancel()

    assert await hits(account, "surprise") == [ref]


async def test_tags_are_found_and_left_out(account: int) -> None:
    found = await ingest.store(message("Tagged"), account, "inbox")
    other = await ingest.store(message("Plain"), account, "inbox")
    await flags.keyword_names(account)  # what is remembered from before does not hide the new ones
    bits = await db.write(lambda tx: flags.keyword_bits(tx, account, ["Garden", "House"]))
    await flags.store_refs(account, [found.ref], add=bits)

    assert (await web_search.search(account, "tag:garden label:House")).refs == [found.ref]
    assert (await web_search.search(account, "in:inbox -tag:Garden")).refs == [other.ref]
    assert (await web_search.search(account, "tag:nothing")).refs == []
