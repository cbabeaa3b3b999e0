"""An open runtime in a fresh data folder, without any server: in-process bus, limits counted in memory."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.directory import scram_keys
from backend.kit import ratelimit
from backend.kit.config import Settings, load
from backend.kit.runtime import Runtime, open_runtime
from protocol_service.sasl import mechanisms

PORTS = tuple(name for name in Settings.model_fields if name.endswith("_port") and name != "remote_smtp_port")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the person who runs the tests must not reach them."""
    for name in os.environ:
        if name.startswith("POSTROOM_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def quick_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of SCRAM cost as little as the RFC allows, and a wrong password is answered at once."""
    monkeypatch.setattr(scram_keys, "ITERATIONS", 4096)
    monkeypatch.setattr(mechanisms, "FAILURE_DELAY_S", 0)


@pytest.fixture
def settings(tmp_path: Path, clean_environment: None) -> Settings:
    """Settings of a fresh installation: every port any free one, passwords without TLS."""
    changes = {"hostname": "mail.example.test", "allow_insecure_auth": True, **dict.fromkeys(PORTS, 0)}
    return load(data=tmp_path / "data").model_copy(update=changes)


@pytest.fixture
async def rt(settings: Settings) -> AsyncIterator[Runtime]:
    """The runtime of a fresh installation on SQLite."""
    async with _open(settings) as runtime:
        yield runtime


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Settings of a fresh installation on each of the two engines."""
    if request.param == "sqlite":
        return settings
    return settings.model_copy(update={"database_url": request.getfixturevalue("postgres_url")})


@pytest.fixture
async def any_rt(any_settings: Settings) -> AsyncIterator[Runtime]:
    """The runtime of a fresh installation, once on SQLite and once on PostgreSQL."""
    async with _open(any_settings) as runtime:
        yield runtime


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[Runtime]:
    ratelimit.reset_memory()
    async with open_runtime(settings, process="test", use_redis="never", tables="generate") as runtime:
        yield runtime
