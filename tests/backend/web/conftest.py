"""A browser without a screen, signed in as maren@example.test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from backend import app as backend_app
from backend.directory import sessions
from backend.directory.principal import Principal, for_user
from backend.kit.runtime import Runtime
from backend.operations import accounts
from backend.web.security_headers import SecurityHeaders


@pytest.fixture
async def maren(rt: Runtime) -> Principal:
    """The first user of an installation."""
    made = await accounts.bootstrap(
        admin_name="root",
        admin_password="a wide calm river",
        domain="example.test",
        user_localpart="maren",
        user_name="Maren Holt",
        user_password="nine quiet gardens",
    )
    return for_user(made.user)


@pytest.fixture
def spa_folder(tmp_path: Path) -> Path:
    """What a build leaves."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Postroom</title>")
    (folder / "assets" / "main-1a2b.js").write_text("export {}")
    (folder / "assets" / "main-1a2b.js.gz").write_bytes(b"\x1f\x8bpacked")
    (folder / "persisted.json").write_text("{}")
    return folder


@pytest.fixture
async def nobody(rt: Runtime, spa_folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Without a session."""
    app = Starlette(routes=backend_app.routes(spa_folder), middleware=[Middleware(SecurityHeaders)])
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://mail.example.test"
    ) as client:
        yield client


@pytest.fixture
async def web(nobody: httpx.AsyncClient, maren: Principal) -> httpx.AsyncClient:
    """With Maren's session and the header that a page of ours sends."""
    token, _ = await sessions.create(maren, remote_address="127.0.0.1")
    nobody.cookies.set("postroom", token)
    nobody.headers["X-Postroom-CSRF"] = "1"
    return nobody
