"""A command line on a fresh data folder, and what it leaves behind."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backend.__main__ import main
from backend.cli import frame

PASSWORD = "violet-anchor-73"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Outcome]


@pytest.fixture
def postroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command line on a fresh data folder: `postroom("domain", "add", "example.test")`."""
    monkeypatch.setenv("POSTROOM_DATA", str(tmp_path / "data"))

    def run(*arguments: str, given: str = "") -> Outcome:
        monkeypatch.setattr(frame, "options", frame.Options())
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        said = capsys.readouterr()
        return Outcome(int(end.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def example(postroom: Command) -> Command:
    """The same with a domain and a user."""
    assert postroom("domain", "add", "example.test").status == 0
    added = postroom("user", "add", "ada@example.test", "--password-stdin", "--name", "Ada", given=PASSWORD)
    assert (added.status, added.out) == (0, "user ada@example.test is added\n")
    return postroom
