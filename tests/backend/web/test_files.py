# ruff: noqa: E501  # what goes over the wire stays on one line
"""Uploads, downloads, message documents: only one's own, never as a page of our origin."""

from __future__ import annotations

import base64
import io
import mailbox
import zipfile
from pathlib import Path

import httpx
import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM, Principal
from backend.directory.setting_key import Level
from backend.kit import db
from backend.mailstore import ingest, mailboxes
from backend.operations import export
from backend.web import remote_images

MESSAGE = (
    b"From: amara@north.example\r\nSubject: Plans\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/html\r\n\r\n"
    b'<p onclick="steal()">Hello <img src="https://spy.example/p.gif"></p>\r\n'
    b"--x\r\nContent-Type: text/html\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''pl%C3%A4ne.html\r\n\r\n"
    b"<script>alert(1)</script>\r\n"
    b"--x\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--\r\n"
)


@pytest.fixture
async def message(maren: Principal) -> int:
    filed = await ingest.store(MESSAGE, maren.id, "inbox")
    return filed.ref


async def test_an_attachment_is_saved_not_shown(web: httpx.AsyncClient, message: int) -> None:
    answer = await web.get(f"/files/{message}/2")

    assert answer.content.startswith(b"<script>")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"plane.html\"; filename*=UTF-8''pl%C3%A4ne.html"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox;")


async def test_a_picture_may_stand_inline_and_html_may_not(web: httpx.AsyncClient, message: int) -> None:
    picture = await web.get(f"/files/{message}/3?inline=1")
    page = await web.get(f"/files/{message}/2?inline=1")

    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert page.headers["content-disposition"].startswith("attachment")


async def test_the_raw_message_comes_byte_for_byte(web: httpx.AsyncClient, message: int) -> None:
    assert (await web.get(f"/files/{message}/raw")).content == MESSAGE


async def test_the_message_document_runs_nothing_and_asks_nothing(
    web: httpx.AsyncClient, message: int
) -> None:
    answer = await web.get(f"/mail/html/{message}")

    assert "Hello" in answer.text
    assert "onclick" not in answer.text
    assert "spy.example" not in answer.text.replace("data-blocked-src", "").split("<img")[0]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_forbidden_remote_image_is_neither_fetched_nor_named(
    web: httpx.AsyncClient, message: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fetch(url: str) -> remote_images.RemoteImage:
        return remote_images.RemoteImage(url.encode(), "image/gif")

    monkeypatch.setattr(remote_images, "fetch", fetch)
    assert (await web.get(f"/img/{message}/0")).content == b"https://spy.example/p.gif"
    assert f"/img/{message}/0" in (await web.get(f"/mail/html/{message}?images=1")).text

    await settings.set_ceiling(SYSTEM, "mail.remote_images", Level.SYSTEM, 0, "never")

    assert (await web.get(f"/img/{message}/0")).status_code == 403
    assert f"/img/{message}/0" not in (await web.get(f"/mail/html/{message}?images=1")).text


@pytest.mark.parametrize("path", ["/files/{}/2", "/files/{}/raw", "/mail/html/{}", "/img/{}/0"])
async def test_nobody_and_another_account_get_nothing(
    web: httpx.AsyncClient, message: int, maren: Principal, path: str
) -> None:
    await db.write(
        lambda tx: tx.execute("UPDATE message SET account_id = ? WHERE ref = ?", maren.id + 1, message)
    )
    other = await web.get(path.format(message))
    web.cookies.clear()
    nobody = await web.get(path.format(message))

    assert other.status_code == 404
    assert nobody.status_code == 401


@pytest.mark.parametrize("part", ["9", "0", "2.1", "..", "%2e%2e%2fetc", "1" * 400])
async def test_a_part_that_is_not_there_is_not_found(web: httpx.AsyncClient, message: int, part: str) -> None:
    answer = await web.get(f"/files/{message}/{part}")

    assert answer.status_code in (404, 200)
    assert answer.status_code == 404 or answer.headers["content-type"].startswith("text/html"), (
        "the page, no file"
    )


async def test_an_upload_is_kept_under_a_name_that_is_safe(web: httpx.AsyncClient) -> None:
    headers = {"X-File-Name": "..%2F..%2Fetc%2Fp%E2%80%AEfdp.exe", "Content-Type": "application/pdf"}

    answer = await web.post("/files/uploads", content=b"%PDF", headers=headers)

    assert answer.status_code == 201
    assert answer.json()["name"] == "pfdp.exe"
    assert await db.fetch_row("SELECT size_bytes, content_type FROM upload") == (4, "application/pdf")


async def test_an_upload_needs_a_session_and_the_csrf_header(web: httpx.AsyncClient) -> None:
    del web.headers["X-Postroom-CSRF"]
    by_foreign_page = await web.post("/files/uploads", content=b"x")
    web.cookies.clear()
    by_nobody = await web.post("/files/uploads", content=b"x")

    assert (by_foreign_page.status_code, by_nobody.status_code) == (403, 401)
    assert await db.fetch_value("SELECT COUNT(*) FROM upload") == 0


async def test_an_upload_that_no_message_could_hold_is_refused_unread(
    web: httpx.AsyncClient, maren: Principal
) -> None:
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO setting (id, level, target_id, key, value, set_at)"
            " VALUES (1, 'user', ?, 'message.max_bytes', '100000', 0)",
            maren.id,
        )
    )

    answer = await web.post("/files/uploads", content=b"x" * 80_000)

    assert answer.status_code == 413
    assert await db.fetch_value("SELECT COUNT(*) FROM upload") == 0


def nested() -> bytes:
    """A message in a message, encoded as files are, and a message in that one."""
    inner = (
        b"Subject: Inside\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\nContent-Type: text/html\r\n\r\n"
        b"<p>Deep <img src=cid:dot><img src=https://spy.example/p.gif></p>\r\n"
        b"--i\r\nContent-Type: image/png\r\nContent-ID: <dot>\r\n\r\npng-bytes\r\n"
        b"--i\r\nContent-Type: message/rfc822\r\n\r\nSubject: Deeper\r\n\r\nThe end\r\n--i--\r\n"
    )
    return (
        b"Subject: Outside\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nSee file\r\n"
        b"--o\r\nContent-Type: application/octet-stream; name=letter.eml\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(inner)
        + b"--o\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n"
        b"--o\r\nContent-Type: text/html; name=a.html\r\nContent-Disposition: attachment\r\n\r\n<p>page</p>\r\n"
        b"--o\r\nContent-Type: text/plain; name=a.html\r\nContent-Disposition: attachment\r\n\r\ntwin\r\n--o--\r\n"
    )


@pytest.fixture
async def nested_message(maren: Principal) -> int:
    return (await ingest.store(nested(), maren.id, "inbox")).ref


async def test_parts_of_attached_messages_have_a_path(web: httpx.AsyncClient, nested_message: int) -> None:
    picture = await web.get(f"/files/{nested_message}/2~2?inline=1")
    deeper = await web.get(f"/files/{nested_message}/2~3~1")

    assert (picture.headers["content-type"], picture.content) == ("image/png", b"png-bytes")
    assert deeper.content == b"The end"
    for path in ("2~9", "3~1", "2~3~1~1", "~", "2~", "~".join(["2"] * 40)):
        assert (await web.get(f"/files/{nested_message}/{path}")).status_code == 404


async def test_a_pdf_is_shown_by_the_browser_and_a_page_is_not(
    web: httpx.AsyncClient, nested_message: int
) -> None:
    pdf = await web.get(f"/files/{nested_message}/3?inline=1")
    page = await web.get(f"/files/{nested_message}/4?inline=1")

    assert (pdf.headers["content-type"], pdf.headers["content-disposition"][:6]) == (
        "application/pdf",
        "inline",
    )
    assert "frame-ancestors 'self'" in pdf.headers["content-security-policy"]
    assert page.headers["content-type"] == "application/octet-stream"
    assert page.headers["content-disposition"].startswith("attachment")


async def test_all_attachments_come_as_one_archive(web: httpx.AsyncClient, nested_message: int) -> None:
    answer = await web.get(f"/files/{nested_message}/attachments.zip")

    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["letter.eml", "a.pdf", "a.html", "a (2).html"]
        assert archive.read("a (2).html") == b"twin"


async def test_a_thousand_and_more_attachments_are_all_there(
    web: httpx.AsyncClient, maren: Principal
) -> None:
    parts = b"".join(
        b"--b\r\nContent-Disposition: attachment; filename=%d.txt\r\n\r\n%d\r\n" % (n, n) for n in range(1500)
    )
    raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n" + parts + b"--b--\r\n"
    ref = (await ingest.store(raw, maren.id, "inbox")).ref

    last = await web.get(f"/files/{ref}/1501")
    archive = await web.get(f"/files/{ref}/attachments.zip")

    assert last.content == b"1499"
    with zipfile.ZipFile(io.BytesIO(archive.content)) as found:
        assert len(found.namelist()) == 1500


async def test_all_mail_comes_as_one_archive_with_a_file_for_each_mailbox(
    web: httpx.AsyncClient, maren: Principal, tmp_path: Path
) -> None:
    made = await mailboxes.create(maren.id, "Projects/North: wing")
    for number in range(3):
        await ingest.store(b"Subject: %d\r\n\r\nFrom me\r\n" % number, maren.id, made.id)
    await ingest.store(MESSAGE, maren.id, "inbox")

    answer = await web.get("/files/export.zip")

    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith('attachment; filename="mail 20')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert {"INBOX.mbox", "Projects/North_ wing.mbox", "Sent.mbox"} <= set(archive.namelist())
        archive.extractall(tmp_path)
    found = mailbox.mbox(tmp_path / "Projects" / "North_ wing.mbox")
    assert [one["Subject"] for one in found] == ["0", "1", "2"]
    found.close()
    assert b"Subject: Plans\n" in (tmp_path / "INBOX.mbox").read_bytes()


async def test_one_export_at_a_time(
    web: httpx.AsyncClient, maren: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = export.archive(maren.id)
    await anext(pieces)

    refused = await web.get("/files/export.zip")
    assert (await web.head("/files/export.zip")).status_code == 429
    await pieces.aclose()

    assert (refused.status_code, refused.json()["code"]) == (429, "RATE_LIMITED")
    begun: list[int] = []
    with monkeypatch.context() as patched:
        patched.setattr(export, "_pieces", begun.append)
        assert (await web.head("/files/export.zip")).status_code == 200
    assert begun == [], "asking whether it would be given makes nothing"
    assert (await web.get("/files/export.zip")).status_code == 200
    web.cookies.clear()
    assert (await web.get("/files/export.zip")).status_code == 401
