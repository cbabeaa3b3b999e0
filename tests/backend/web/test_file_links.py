"""Large files as links: stored in pieces, counted, downloaded by whoever has the address, gone in time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import httpx
import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM, Principal
from backend.directory.setting_key import Level
from backend.kit import blobs, clock, db
from backend.kit.errors import NotFound
from backend.mailstore import quota
from backend.operations import removal
from backend.submission import file_links
from backend.web import file_links as pages

PIECE = 1000
CONTENT = bytes(range(256)) * 12  # three pieces and a bit


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_links, "PIECE_BYTES", PIECE)


@pytest.fixture
def now() -> Iterator[list[float]]:
    """Time, moved by hand."""
    made = [float(clock.now())]
    clock.set_source(lambda: made[0])
    yield made
    clock.set_source(None)


async def put(web: httpx.AsyncClient, days: str = "7") -> httpx.Response:
    headers = {"X-File-Name": "garden.zip", "X-Days": days, "Content-Type": "application/zip"}
    return await web.post("/files/links", content=CONTENT, headers=headers)


async def used(maren: Principal) -> int:
    return (await quota.usage(maren.id)).used_bytes


async def test_a_file_comes_back_whole_and_only_as_an_attachment(
    web: httpx.AsyncClient, nobody: httpx.AsyncClient, maren: Principal
) -> None:
    made = (await put(web)).json()
    assert (made["name"], made["size"]) == ("garden.zip", len(CONTENT))
    assert await db.fetch_value("SELECT COUNT(*) FROM file_link_part") == 4
    path = httpx.URL(made["url"]).path
    web.cookies.clear()

    page = await nobody.get(path)
    file = await nobody.post(path)

    assert "garden.zip" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert file.content == CONTENT
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["content-disposition"].startswith('attachment; filename="garden.zip"')
    assert file.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["cache-control"] == "no-store"
    [listed] = await file_links.list_own(maren.id)
    assert (listed.downloads, listed.name) == (1, "garden.zip")


async def test_looking_at_the_page_downloads_nothing(web: httpx.AsyncClient, maren: Principal) -> None:
    path = httpx.URL((await put(web)).json()["url"]).path

    for _ in range(3):
        await web.get(path)

    assert [one.downloads for one in await file_links.list_own(maren.id)] == [0]


async def test_the_token_is_long_and_stored_nowhere(web: httpx.AsyncClient) -> None:
    token = (await put(web)).json()["url"].rpartition("/")[2]

    assert len(token) == 32
    row = await db.fetch_row("SELECT * FROM file_link")
    assert token not in str(row)


async def test_a_wrong_token_says_what_an_expired_one_says_and_guessing_ends(
    web: httpx.AsyncClient, now: list[float]
) -> None:
    path = httpx.URL((await put(web)).json()["url"]).path
    now[0] += 8 * 86_400
    expired = await web.get(path)

    wrong = await web.get("/links/" + "x" * 32)
    answers = [(await web.get(f"/links/{n}")).status_code for n in range(pages.GUESSES)]

    assert (expired.status_code, wrong.status_code) == (404, 404)
    assert expired.text == wrong.text
    assert answers[0] == 404
    assert answers[-1] == 429


async def test_a_password_is_asked_for_and_its_guessing_ends(
    web: httpx.AsyncClient, maren: Principal
) -> None:
    made = (await put(web)).json()
    path = httpx.URL(made["url"]).path
    await file_links.set_password(maren.id, int(made["id"]), "grüne Wiese")

    page = await web.get(path)
    without = await web.post(path)
    right = await web.post(path, data={"password": "grüne Wiese"})
    wrong = [(await web.post(path, data={"password": "x"})).status_code for _ in range(pages.GUESSES)]

    assert 'type="password"' in page.text
    assert (without.status_code, right.content == CONTENT) == (403, True)
    assert "sandbox" not in without.headers["content-security-policy"]
    assert (wrong[0], wrong[-1]) == (403, 429)


async def test_files_count_until_they_are_revoked_or_expire(
    web: httpx.AsyncClient, maren: Principal, now: list[float]
) -> None:
    before = await used(maren)
    first, second = (await put(web)).json(), (await put(web)).json()
    assert await used(maren) == before + 2 * len(CONTENT)
    assert (await db.write(lambda tx: quota.recount(tx, maren.id))).used_bytes == before + 2 * len(CONTENT)

    await file_links.revoke(maren.id, int(first["id"]))
    assert (await web.post(httpx.URL(first["url"]).path)).status_code == 404
    now[0] += 7 * 86_400
    assert await file_links.expire() == 1
    assert await file_links.expire() == 0

    assert await used(maren) == before
    assert await db.fetch_value("SELECT COUNT(*) FROM file_link_part") == 0
    assert await db.fetch_value("SELECT COUNT(*) FROM blob WHERE refs > 0") == 0
    assert datetime.fromisoformat(second["expiresAt"]).timestamp() == now[0]


async def test_what_is_too_large_or_has_no_room_is_refused_unread(
    web: httpx.AsyncClient, maren: Principal
) -> None:
    async def limit(key: str, value: int) -> None:
        await settings.set_value(SYSTEM, key, Level.USER, maren.id, value)

    await limit("links.max_bytes", 2000)
    too_large = await put(web)
    await limit("links.max_bytes", 0)
    not_allowed = await put(web)
    await limit("links.max_bytes", 10_000)
    await limit("mailbox.quota_bytes", 2000)
    no_room = await put(web)

    assert (too_large.status_code, not_allowed.status_code, no_room.status_code) == (413, 403, 507)
    assert await db.fetch_value("SELECT COUNT(*) FROM file_link") == 0


async def test_a_file_that_grows_past_its_limit_while_it_comes_is_refused(
    web: httpx.AsyncClient, maren: Principal
) -> None:
    await settings.set_value(SYSTEM, "links.max_bytes", Level.USER, maren.id, 2000)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * 500

    answer = await web.post("/files/links", content=endless(), headers={"X-File-Name": "a", "X-Days": "7"})

    assert answer.status_code == 413
    assert await db.fetch_value("SELECT COUNT(*) FROM file_link") == 0
    assert await used(maren) == 0


@pytest.mark.parametrize(("days", "status"), [("", 400), ("-1", 400), ("x", 400), ("99999", 400)])
async def test_the_life_has_to_be_a_number(web: httpx.AsyncClient, days: str, status: int) -> None:
    assert (await put(web, days)).status_code == status


async def test_the_life_is_bounded_by_the_setting(
    web: httpx.AsyncClient, maren: Principal, now: list[float]
) -> None:
    await put(web, "9999")

    assert [one.expires_at for one in await file_links.list_own(maren.id)] == [now[0] + 30 * 86_400]


async def test_an_upload_needs_a_session_and_the_csrf_header(web: httpx.AsyncClient) -> None:
    del web.headers["X-Postroom-CSRF"]
    by_foreign_page = await put(web)
    web.cookies.clear()
    by_nobody = await put(web)

    assert (by_foreign_page.status_code, by_nobody.status_code) == (403, 401)


async def test_nobody_else_revokes_or_locks_and_nothing_stays_of_a_removed_user(
    web: httpx.AsyncClient, maren: Principal
) -> None:
    link_id = int((await put(web)).json()["id"])

    with pytest.raises(NotFound):
        await file_links.revoke(maren.id + 1, link_id)
    with pytest.raises(NotFound):
        await file_links.set_password(maren.id + 1, link_id, "mine")
    await removal.remove_user(SYSTEM, maren.id)

    assert await db.fetch_value("SELECT COUNT(*) FROM file_link") == 0
    assert await blobs.sweep() == 0  # not an hour old yet
    assert await db.fetch_value("SELECT COUNT(*) FROM blob WHERE refs > 0") == 0
