"""Settings: where they come from, which wins, and how a wrong one is told."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from backend.kit.config import ConfigError, Settings, load


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "postroom.toml"
    path.write_text(text)
    return path


def test_environment_wins_over_the_file_and_the_command_line_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "data", 'http_port = 1111\nsmtp_port = 2222\nhostname = "Mail.Example.Org."\n')
    monkeypatch.setenv("POSTROOM_SMTP_PORT", "3333")
    monkeypatch.setenv("POSTROOM_DATA", "/nowhere")

    settings = load(data=tmp_path / "data")

    assert (settings.http_port, settings.smtp_port, settings.imap_port) == (1111, 3333, 2143)
    assert settings.hostname == "mail.example.org"
    assert settings.data == tmp_path / "data"


def test_relative_data_folder_in_a_named_file_is_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path / "etc", 'data = "mail"\n')

    assert load(path).data == tmp_path / "etc" / "mail"


def test_lists_and_hosts_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROOM_TRUSTED_NETWORKS", "127.0.0.0/8, ::1 10.1.2.3/8")
    monkeypatch.setenv("POSTROOM_DNS_SERVERS", "127.0.0.1:5353,[::1]:54,9.9.9.9")
    monkeypatch.setenv("POSTROOM_SMARTHOST", "relay.example:2600")
    monkeypatch.setenv("POSTROOM_PUBLIC_PORTS", "imaps=993, submissions=465")

    settings = load()

    assert [settings.public_port(name) for name in ("imaps", "submissions", "imap")] == [993, 465, 2143]
    assert settings.trusted_networks == tuple(map(ip_network, ("127.0.0.0/8", "::1/128", "10.0.0.0/8")))
    assert settings.dns_servers == (("127.0.0.1", 5353), ("::1", 54), ("9.9.9.9", 53))
    assert settings.smarthost == ("relay.example", 2600)
    assert settings.is_trusted("127.9.9.9")
    assert settings.is_trusted("::ffff:127.0.0.1")
    assert not settings.is_trusted("192.0.2.1")
    assert not settings.is_trusted("not an address")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("POSTROOM_HTTP_PORT", "abc", "POSTROOM_HTTP_PORT is 'abc': it accepts a port number from 0"),
        ("POSTROOM_PUBLIC_PORTS", "https=443", "POSTROOM_PUBLIC_PORTS is 'https=443': it accepts pairs such"),
        ("POSTROOM_PUBLIC_PORTS", "imap=0", "POSTROOM_PUBLIC_PORTS is 'imap=0': it accepts pairs such"),
        ("POSTROOM_LMTP_PORT", "25", "POSTROOM_LMTP_PORT is '25': it accepts a port number from 0"),
        ("POSTROOM_LMTP_PORT", "none", "POSTROOM_LMTP_PORT is 'none': it accepts a port number from 0"),
        ("POSTROOM_IMAP_PORT", "65536", "POSTROOM_IMAP_PORT is '65536': it accepts a port number"),
        (
            "POSTROOM_BIND",
            "mail.example.org",
            "POSTROOM_BIND is 'mail.example.org': it accepts an IP address",
        ),
        ("POSTROOM_HOSTNAME", "under_score", "POSTROOM_HOSTNAME is 'under_score': it accepts a host name"),
        ("POSTROOM_ALLOW_INSECURE_AUTH", "maybe", "it accepts true or false"),
        ("POSTROOM_TRUSTED_NETWORKS", "10.0.0.0/99", "it accepts networks such as 10.0.0.0/8"),
        ("POSTROOM_DNS_SERVERS", "9.9.9.9:0", "it accepts host:port"),
        ("POSTROOM_SMARTHOST", "relay:port", "it accepts host:port"),
        ("POSTROOM_LOG", "loud", "it accepts debug, info, warning or error"),
        ("POSTROOM_REDIS_URL", "http://x", "POSTROOM_REDIS_URL is not valid: it accepts redis://"),
        (
            "POSTROOM_TLS_CERT",
            "/no/such/file",
            "POSTROOM_TLS_CERT is '/no/such/file': it accepts a readable PEM",
        ),
    ],
)
def test_wrong_value_is_one_line_with_the_setting_and_what_it_accepts(
    name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigError) as caught:
        load()

    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_password_of_a_database_url_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROOM_DATABASE_URL", "mysql://user:secret@host/db")

    with pytest.raises(ConfigError) as caught:
        load()

    assert "secret" not in str(caught.value)


def test_unknown_and_broken_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no setting 'http_prot'"):
        load(write(tmp_path / "a", "http_prot = 1\n"))
    with pytest.raises(ConfigError, match="is not TOML"):
        load(write(tmp_path / "b", "http_port = = 1\n"))
    with pytest.raises(ConfigError, match="does not exist"):
        load(tmp_path / "missing.toml")
    with pytest.raises(ConfigError, match=r"http_port in .*postroom.toml is 'x'"):
        load(write(tmp_path / "c", 'http_port = "x"\n'))


def test_socket_of_a_deep_data_folder_fits_into_a_socket_address(tmp_path: Path, settings: Settings) -> None:
    deep = settings.model_copy(update={"data": tmp_path / ("x" * 60) / ("y" * 60)})

    assert settings.model_copy(update={"data": Path("/data")}).valkey_socket == Path("/data/run/valkey.sock")
    assert len(str(deep.valkey_socket)) < 104
    assert deep.valkey_socket == deep.model_copy().valkey_socket
