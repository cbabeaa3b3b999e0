"""The frame of all commands: options anywhere, answers as text or JSON, refusals as one line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.__main__ import main
from backend.cli import frame


@pytest.fixture(autouse=True)
def fresh_options() -> Iterator[None]:
    frame.options = frame.Options()
    yield
    frame.options = frame.Options()


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    code = ended.value.code
    return code if isinstance(code, int) else 1 if code else 0


def test_options_are_understood_anywhere_and_the_rest_is_the_commands() -> None:
    rest = frame.take_options(["--json", "user", "--data=/d", "add", "--config", "/c", "a@b", "--", "--json"])

    assert rest == ["user", "add", "a@b", "--", "--json"]
    assert frame.options == frame.Options(json=True, data=Path("/d"), config=Path("/c"))


def test_unknown_command_and_missing_path_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("nonsense") == 2
    assert "nonsense" in capsys.readouterr().err
    assert run("migrate", "--data") == 2
    assert capsys.readouterr().err == "postroom: --data needs a path\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    out = capsys.readouterr().out

    assert all(name in out for name in ("serve", "backend", "protocol", "migrate", "check", "schema"))


def test_migrate_makes_the_database_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("migrate", "--json", "--data", str(tmp_path)) == 0
    applied = json.loads(capsys.readouterr().out)["applied"]
    assert applied[0] == "0001_initial"

    frame.options = frame.Options()
    assert run("migrate", "--data", str(tmp_path)) == 0
    assert capsys.readouterr().out == "the database is up to date\n"


def test_models_have_their_migrations(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("migrate", "--check") == 0
    assert capsys.readouterr().out == "models and migrations say the same\n"


def test_refusal_is_one_line_and_status_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSTROOM_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")

    assert run("migrate", "--data", str(tmp_path)) == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("postroom: The database does not answer")
    assert err.count("\n") == 1


def test_check_tells_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSTROOM_DNS_SERVERS", "127.0.0.1:9")
    monkeypatch.setenv("POSTROOM_REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setattr("backend.cli.check.TIMEOUT_S", 0.3)

    assert run("check", "--json", "--data", str(tmp_path)) == 1

    out, err = capsys.readouterr()
    found = {finding["name"]: finding["status"] for finding in json.loads(out)}
    assert found["data folder"] == found["message store"] == found["database"] == "ok"
    assert found["redis"] == found["dns"] == "failed"
    assert err == "postroom: failed: redis, dns\n"


def test_what_strangers_wrote_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    frame.show_table([{"subject": "\x1b[2Jboo\r", "held": True}], ["subject", "held", "none"], empty="none")

    assert capsys.readouterr().out == "subject   held  none\n?[2Jboo?  yes   -\n"
