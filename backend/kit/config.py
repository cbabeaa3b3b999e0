"""Settings of the process: `postroom.toml`, over it `POSTROOM_…` variables, over both the command line.

Everything here is fixed while a process runs; limits and settings of domains and users live in the
database (`backend.directory.settings`). A wrong value raises `ConfigError` with one line that names the
setting and what it accepts.
"""

from __future__ import annotations

import os
import platform
import re
import tomllib
from collections.abc import Collection
from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from backend.kit import extra_listeners
from backend.kit.extra_listeners import ExtraListener

PREFIX = "POSTROOM_"
FILE_NAME = "postroom.toml"
# sun_path holds 108 bytes with its end; a data folder far down the tree needs another place for its socket.
SOCKET_PATH_LIMIT = 104

USUAL_PROCESSES, MOST_PROCESSES = 4, 32
# Of our control group: microseconds of processor time in a period, or "max".
_CPU_QUOTA = Path("/sys/fs/cgroup/cpu.max")

# The listeners, by the names of their settings and of the ready line.
PORT_NAMES = ("http", "smtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s", "sieve")

Network = IPv4Network | IPv6Network
HostPort = tuple[str, int]

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOSTNAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*")


class ConfigError(Exception):
    """A setting is wrong; the text is one line for the person who starts the process."""


def _items(value: Any) -> Any:
    return [item for item in re.split(r"[,\s]+", value) if item] if isinstance(value, str) else value


def host_port(text: str, default_port: int) -> HostPort:
    """Split `host`, `host:port`, `[v6]:port` or a bare IPv6 address; ValueError for anything else."""
    text = text.strip()
    if text.startswith("["):
        host, bracket, port = text[1:].partition("]")
        ip_address(host)
        if not bracket or (port and not port.startswith(":")):
            raise ValueError(text)
        port = port[1:]
    elif text.count(":") > 1:
        host, port = str(ip_address(text)), ""
    else:
        host, colon, port = text.partition(":")
        if colon and not port:
            raise ValueError(text)
    number = int(port) if port else default_port
    if not host or not 0 < number < 65536:
        raise ValueError(text)
    return host, number


def _networks(value: Any) -> Any:
    return tuple(ip_network(item, strict=False) for item in _items(value))


def _servers(value: Any) -> Any:
    return tuple(host_port(item, 53) for item in _items(value))


def _smarthost(value: Any) -> Any:
    return host_port(value, 25) if isinstance(value, str) and value.strip() else None


def _public_ports(value: Any) -> Any:
    if isinstance(value, dict):
        return value
    found = {}
    for item in _items(value):
        name, equals, port = item.partition("=")
        if not equals or name not in PORT_NAMES or not 0 < int(port) < 65536:
            raise ValueError(item)
        found[name] = int(port)
    return found


def _address(value: Any) -> Any:
    return str(ip_address(str(value).strip("[]")))


def _hostname(value: Any) -> Any:
    name = str(value).rstrip(".").lower()
    if not _HOSTNAME.fullmatch(name):
        raise ValueError(name)
    return name


def _url(*schemes: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        if value is None or value == "":
            return None
        parts = urlsplit(str(value))
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise ValueError(value)
        return str(value)

    return BeforeValidator(check)


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _empty_is_none(value: Any) -> Any:
    return None if value == "" else value


def _lmtp_port(value: Any) -> Any:
    if str(value).strip() == "25":  # RFC 2033 §5
        raise ValueError(value)
    return _empty_is_none(value)


def _machine_name() -> str:
    # Not getfqdn(): it asks DNS, and a start must not hang on a resolver.
    name = platform.node().rstrip(".").lower()
    return name if _HOSTNAME.fullmatch(name) else "localhost"


def _usual_processes() -> int:
    """One for each core that this process may use, up to `USUAL_PROCESSES`."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # no Linux
        cores = os.cpu_count() or 1
    with suppress(OSError, ValueError):  # nobody has set one
        quota, period = _CPU_QUOTA.read_text().split()
        cores = min(cores, int(quota) // int(period))
    return max(1, min(cores, USUAL_PROCESSES))


Port = Annotated[int, Field(ge=0, le=65535, description="a port number from 0 (any free one) to 65535")]


class Settings(BaseSettings):
    """What a process was started with. Field descriptions say what a setting accepts."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    data: Path = Field(Path("data"), description="a folder")
    database_url: Annotated[str | None, _url("postgres", "postgresql", "sqlite")] = Field(
        None, description="postgres://user:password@host/database, or nothing for SQLite in the data folder"
    )
    redis_url: Annotated[str | None, _url("redis", "rediss", "unix")] = Field(
        None, description="redis://host:port/0, rediss:// or unix:///path, or nothing for the embedded Valkey"
    )
    blob_url: Annotated[str | None, _url("s3", "file")] = Field(
        None, description="s3://bucket/prefix, or nothing for files in the data folder"
    )
    bind: Annotated[str, BeforeValidator(_address)] = Field("127.0.0.1", description="an IP address")
    http_port: Port = 8080
    smtp_port: Port = 2525
    lmtp_port: Annotated[int | None, BeforeValidator(_lmtp_port)] = Field(
        None, ge=0, le=65535, description="a port number from 0 (any free one) to 65535, not 25, or nothing"
    )
    submission_port: Port = 2587
    submissions_port: Port = 2465
    listeners: Annotated[tuple[ExtraListener, ...], NoDecode, BeforeValidator(extra_listeners.parse)] = Field(
        (), description="a list of listeners, each with a name, a kind and a port"
    )
    imap_port: Port = 2143
    imaps_port: Port = 2993
    pop3_port: Port = 2110
    pop3s_port: Port = 2995
    sieve_port: Port = 4190
    protocol_processes: int = Field(
        default_factory=_usual_processes, ge=1, le=MOST_PROCESSES, description="a number from 1 to 32"
    )
    hostname: Annotated[str, BeforeValidator(_hostname)] = Field(
        default_factory=_machine_name, description="a host name such as mail.example.org"
    )
    public_ports: Annotated[dict[str, int], NoDecode, BeforeValidator(_public_ports)] = Field(
        {}, description="pairs such as imaps=993, separated by commas"
    )
    tls_cert: Annotated[Path | None, BeforeValidator(_empty_is_none)] = Field(
        None, description="a readable PEM file, together with tls_key"
    )
    tls_key: Annotated[Path | None, BeforeValidator(_empty_is_none)] = Field(
        None, description="a readable PEM file, together with tls_cert"
    )
    allow_insecure_auth: bool = Field(False, description="true or false")
    imap_unauthenticate: bool = Field(True, description="true or false")
    trusted_networks: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = Field(
        (), description="networks such as 10.0.0.0/8, separated by commas"
    )
    proxy_networks: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = Field(
        (), description="networks of load balancers such as 10.0.0.0/24, separated by commas"
    )
    dns_servers: Annotated[tuple[HostPort, ...], NoDecode, BeforeValidator(_servers)] = Field(
        (), description="host:port, separated by commas"
    )
    dns_trusted: bool = Field(False, description="true or false")
    remote_smtp_port: int = Field(25, ge=1, le=65535, description="a port number from 1 to 65535")
    smarthost: Annotated[HostPort | None, NoDecode, BeforeValidator(_smarthost)] = Field(
        None, description="host:port of the server that takes all outgoing mail"
    )
    metrics_token: str | None = Field(
        None, description="the bearer token that may read /metrics from other machines", repr=False
    )
    log: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        "info", description="debug, info, warning or error"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load` passes and the environment; `.env` files are not ours to read."""
        return env_settings, init_settings

    @property
    def is_embedded_database(self) -> bool:
        """SQLite, which `serve` creates and migrates by itself."""
        return self.database_url is None or self.database_url.startswith("sqlite:")

    @property
    def sqlite_path(self) -> Path:
        """The database file of an embedded database."""
        if self.database_url is None:
            return self.data / "postroom.db"
        return Path(urlsplit(self.database_url).path)

    @property
    def run_dir(self) -> Path:
        """Pid files and sockets of running processes."""
        return self.data / "run"

    @property
    def valkey_socket(self) -> Path:
        """Where the embedded Valkey listens: every process of the installation computes the same path."""
        path = self.run_dir.absolute() / "valkey.sock"
        if len(os.fsencode(path)) < SOCKET_PATH_LIMIT:
            return path
        from hashlib import blake2b

        digest = blake2b(os.fsencode(path), digest_size=8).hexdigest()
        return Path(f"/tmp/postroom-{os.geteuid()}-{digest}") / "valkey.sock"  # noqa: S108  # owner and mode are checked

    @property
    def redis_address(self) -> str:
        """The URL of the Redis to use, the embedded one included."""
        return self.redis_url or f"unix://{self.valkey_socket}"

    def public_port(self, name: str) -> int:
        """The port by which clients reach a listener (`imaps`, …); 0 where nobody but it knows."""
        port: int = self.public_ports.get(name) or getattr(self, f"{name}_port")
        return port

    def is_trusted(self, address: str) -> bool:
        """Whether rate, connection and reputation limits are lifted for this address."""
        return is_within(address, self.trusted_networks)


def is_within(address: str, networks: Collection[Network]) -> bool:
    """Whether an address, as text and of whatever kind, is of one of the networks."""
    return bool(networks) and _is_within(address, tuple(networks))


@lru_cache(maxsize=4096)
def _is_within(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return any(ip.version == network.version and ip in network for network in networks)


def load(config_file: Path | None = None, data: Path | None = None) -> Settings:
    """Read file and environment; `data` (the command line) wins. ConfigError names what is wrong."""
    folder = data or Path(os.environ.get(PREFIX + "DATA") or "data")
    path = config_file or folder / FILE_NAME
    values = _read_file(path, required=config_file is not None)
    if data is not None:
        values["data"] = data
    elif values.get("data") and config_file is not None:
        # A relative folder in the file is meant from where the file lies.
        values["data"] = config_file.parent / str(values["data"])
    try:
        settings = Settings(**values)
    except ValidationError as exc:
        raise ConfigError(_explain(exc, path)) from None
    if data is not None:
        settings = settings.model_copy(update={"data": data})
    _check_tls(settings)
    return settings.model_copy(update={"data": settings.data.expanduser().absolute()})


def _read_file(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        if required:
            raise ConfigError(f"{path} does not exist: --config names a settings file") from None
        return {}
    except OSError as exc:
        raise ConfigError(f"{path} cannot be read: {exc.strerror}") from None
    except tomllib.TOMLDecodeError as exc:
        raise ConfigError(f"{path} is not TOML: {exc}") from None


def _explain(exc: ValidationError, path: Path) -> str:
    error = exc.errors(include_url=False)[0]
    key = str(error["loc"][0]) if error["loc"] else ""
    field = Settings.model_fields.get(key)
    if field is None:
        return f"{path}: there is no setting {key!r}"
    name = PREFIX + key.upper()
    given = {known.upper(): value for known, value in os.environ.items()}.get(name)
    where = f"{key} in {path}" if given is None else name
    if key == "listeners":
        return f"{where}: {_explain_listener(error)}"
    value = _shown(key, error.get("input") if given is None else given)
    return f"{where} is {value}: it accepts {field.description}"


def _explain_listener(error: Any) -> str:
    """What is wrong with one of the further listeners, or with their list."""
    path, text = error["loc"][1:], str(error.get("ctx", {}).get("error", ""))
    described = ExtraListener.model_fields.get(str(path[1])) if len(path) > 1 else None
    if described is None:
        if len(path) > 1:
            return f"listener {int(path[0]) + 1} has no setting {str(path[1])!r}"
        return text or f"it accepts {Settings.model_fields['listeners'].description}"
    missing = error["type"] == "missing"
    shown = "missing" if missing else repr(error.get("input"))
    return f"{path[1]} of listener {int(path[0]) + 1} is {shown}: it accepts {described.description}"


def _shown(key: str, value: Any) -> str:
    # A database URL may hold a password; a log or a terminal is not its place.
    return "not valid" if key.endswith(("_url", "_token")) else repr(value)


def _check_tls(settings: Settings) -> None:
    for key, path, other in (
        ("tls_cert", settings.tls_cert, settings.tls_key),
        ("tls_key", settings.tls_key, settings.tls_cert),
    ):
        if path is None:
            continue
        if other is None or not os.access(path, os.R_OK):
            accepts = Settings.model_fields[key].description
            raise ConfigError(f"{PREFIX}{key.upper()} is {str(path)!r}: it accepts {accepts}")


_current: Settings | None = None


def current() -> Settings:
    """The settings of this process."""
    if _current is None:
        raise RuntimeError("no settings are loaded in this process")
    return _current


def set_current(settings: Settings | None) -> None:
    """Name the settings of this process (start-up, tests)."""
    global _current
    _current = settings
