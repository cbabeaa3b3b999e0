"""`postroom demo`: prints the logins, refuses what is not empty and what others can reach."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from backend.__main__ import main
from backend.cli import frame


def run(*arguments: str) -> int:
    frame.options = frame.Options()
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    return int(end.value.code or 0)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(frame, "options", frame.Options())
    monkeypatch.setenv("POSTROOM_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_logins_come_as_json_and_a_second_time_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo", "--json", "--messages", "3") == 0
    logins = json.loads(capsys.readouterr().out)

    assert logins[0] == {"login": "keeper", "password": "a wide calm river", "role": "system administrator"}
    assert [login["login"] for login in logins][1::6] == [
        "maren.holt@example.org",
        "archive.desk@example.org",
    ]
    assert run("demo") == 1
    assert capsys.readouterr().err == (
        "postroom: This installation is not empty: the sample organisation goes only into a fresh data"
        " folder\n"
    )


def test_known_passwords_are_not_for_a_server_that_others_reach(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSTROOM_BIND", "0.0.0.0")

    assert run("demo") == 1
    assert "--password-stdin" in capsys.readouterr().err
    assert not data.exists()

    monkeypatch.setattr("sys.stdin", io.StringIO("thirteen loud rivers\n"))
    assert run("demo", "--password-stdin") == 0
    assert "thirteen loud rivers" in capsys.readouterr().out
