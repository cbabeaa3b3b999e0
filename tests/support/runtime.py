"""An open runtime in a fresh data folder, without any server: in-process bus, limits counted in memory."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.kit.config import Settings, load
from backend.kit.runtime import Runtime, open_runtime


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the person who runs the tests must not reach them."""
    for name in os.environ:
        if name.startswith("POSTROOM_"):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path, clean_environment: None) -> Settings:
    """Settings of a fresh installation: every port any free one, passwords without TLS."""
    return load(data=tmp_path / "data").model_copy(
        update={
            "hostname": "mail.example.test",
            "allow_insecure_auth": True,
            **{
                name: 0
                for name in Settings.model_fields
                if name.endswith("_port") and name != "remote_smtp_port"
            },
        }
    )


@pytest.fixture
async def rt(settings: Settings) -> AsyncIterator[Runtime]:
    """The runtime of a fresh installation on SQLite."""
    async with open_runtime(settings, process="test", use_redis="never") as runtime:
        yield runtime
