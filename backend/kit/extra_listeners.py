"""Further SMTP listeners beside the usual ones, each with a policy of its own (`[[listeners]]` in
postroom.toml, or a JSON list in `POSTROOM_LISTENERS`).
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

_NAME = r"[a-z][a-z0-9_-]{0,31}"
RESERVED = frozenset(
    {"http", "smtp", "lmtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s", "sieve"}
)


class ListenerKind(StrEnum):
    """What a listener is for."""

    MX = "mx"
    SUBMISSION = "submission"
    LMTP = "lmtp"
    RELAY = "relay"


class TlsMode(StrEnum):
    """TLS of a listener: not offered, offered, needed before any message, or spoken from the first byte."""

    NONE = "none"
    STARTTLS = "starttls"
    REQUIRED = "required"
    IMPLICIT = "implicit"


def _networks(value: Any) -> Any:
    items = re.split(r"[,\s]+", value) if isinstance(value, str) else value
    return tuple(ip_network(str(item), strict=False) for item in items if item)


def _address(value: Any) -> Any:
    return str(ip_address(str(value).strip("[]"))) if value else None


class ExtraListener(BaseModel):
    """One listener. Field descriptions say what a setting accepts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(
        pattern=rf"^{_NAME}$",
        description="a name of lower-case letters and digits that no other listener has",
    )
    kind: ListenerKind = Field(description="mx, submission, lmtp or relay")
    address: Annotated[str | None, BeforeValidator(_address)] = Field(
        None, description="an IP address, or nothing for that of all listeners"
    )
    port: int = Field(
        ge=0, le=65535, description="a port number from 0 (any free one) to 65535, for LMTP not 25"
    )
    tls: TlsMode = Field(TlsMode.STARTTLS, description="none, starttls, required or implicit")
    proxy: bool = Field(True, description="true or false")
    require_auth: bool = Field(False, description="true or false")
    networks: Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_networks)] = Field(
        (), description="networks such as 10.0.0.0/8 whose clients may connect; a relay needs them"
    )
    max_message_bytes: int = Field(0, ge=0, description="a number of bytes, or 0 for no limit of its own")

    @model_validator(mode="after")
    def _is_safe(self) -> Self:
        if self.name in RESERVED:
            raise ValueError(f"{self.name} is the name of a usual listener")
        if self.kind is ListenerKind.RELAY and not (self.networks or self.require_auth):
            raise ValueError(f"{self.name} would relay for everyone: name its networks, or require_auth")
        if self.kind is ListenerKind.LMTP and self.port == 25:  # RFC 2033 §5
            raise ValueError(f"{self.name}: LMTP must not use port 25")
        if self.kind is ListenerKind.LMTP and self.require_auth:
            raise ValueError(f"{self.name}: nobody signs in to LMTP")
        return self


def parse(value: Any) -> Any:
    """The list as the file has it, or the variable as JSON; ValueError where names are not unique."""
    try:
        items = json.loads(value or "[]") if isinstance(value, str) else value
    except ValueError:
        raise ValueError from None
    if not isinstance(items, list | tuple):
        raise ValueError
    names = [item.get("name") for item in items if isinstance(item, dict)]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{name} is the name of several listeners")
    return items
