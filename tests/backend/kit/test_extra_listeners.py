"""`[[listeners]]`: what is read, and the one line that says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend.kit.config import ConfigError, load
from backend.kit.extra_listeners import ListenerKind, TlsMode

TABLE = '[[listeners]]\nname = "scanners"\nkind = "relay"\nport = 2526\nnetworks = ["10.1.0.0/16"]\n'


def test_tables_of_the_file_and_the_variable_over_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "postroom.toml").write_text(TABLE)
    (found,) = load(data=tmp_path).listeners
    assert (found.name, found.kind, found.port, found.tls, found.proxy) == (
        "scanners", ListenerKind.RELAY, 2526, TlsMode.STARTTLS, True,
    )  # fmt: skip
    assert [str(network) for network in found.networks] == ["10.1.0.0/16"]

    given = [{"name": "inner", "kind": "mx", "port": 25, "tls": "required", "address": "::1"}]
    monkeypatch.setenv("POSTROOM_LISTENERS", json.dumps(given))

    (found,) = load(data=tmp_path).listeners
    assert (found.name, found.address, found.tls) == ("inner", "::1", TlsMode.REQUIRED)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (TABLE.replace('kind = "relay"\n', ""), "kind of listener 1 is missing: it accepts mx, submission"),
        (TABLE.replace("2526", "70000"), "port of listener 1 is 70000: it accepts a port number"),
        (TABLE.replace("relay", "x25"), "kind of listener 1 is 'x25': it accepts mx"),
        (TABLE.replace("10.1.0.0/16", "10.1"), "networks of listener 1 is ['10.1']: it accepts networks"),
        (TABLE + "colour = 1\n", "listener 1 has no setting 'colour'"),
        (TABLE + TABLE, "scanners is the name of several listeners"),
        (TABLE.replace("scanners", "smtp"), "smtp is the name of a usual listener"),
        (TABLE.replace("scanners", "Scanners"), "name of listener 1 is 'Scanners': it accepts a name of"),
        (TABLE.partition("networks")[0], "scanners would relay for everyone: name its networks"),
        (TABLE.replace("relay", "lmtp").replace("2526", "25"), "scanners: LMTP must not use port 25"),
        (TABLE.replace("relay", "lmtp") + "require_auth = true\n", "scanners: nobody signs in to LMTP"),
        ('listeners = "x"', "it accepts a list of listeners"),
        ("listeners = 5", "it accepts a list of listeners"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, table: str, told: str) -> None:
    (tmp_path / "postroom.toml").write_text(table)

    with pytest.raises(ConfigError) as refused:
        load(data=tmp_path)

    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
