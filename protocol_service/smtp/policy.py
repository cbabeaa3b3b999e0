"""What a listener allows: the usual doors, and those that the configuration adds (`ExtraListener`)."""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit.config import Network, is_within
from backend.kit.extra_listeners import ExtraListener, ListenerKind, TlsMode
from protocol_service.smtp.session import Door

_DOORS = {
    ListenerKind.MX: Door.MX,
    ListenerKind.SUBMISSION: Door.SUBMISSION,
    ListenerKind.LMTP: Door.LMTP,
    ListenerKind.RELAY: Door.RELAY,
}


@dataclass(frozen=True, slots=True)
class Policy:
    """Of one listener. `networks` empty lets everyone connect; `max_bytes` 0 is no limit of its own."""

    door: Door
    offers_tls: bool = True
    requires_tls: bool = False
    requires_auth: bool = False
    networks: tuple[Network, ...] = ()
    max_bytes: int = 0

    @classmethod
    def usual(cls, door: Door) -> Policy:
        """That of a listener which every installation has."""
        return cls(door, requires_auth=door.is_submission)

    @classmethod
    def of(cls, extra: ExtraListener) -> Policy:
        """That of a listener from the configuration."""
        door = _DOORS[extra.kind]
        if door is Door.SUBMISSION and extra.tls is TlsMode.IMPLICIT:
            door = Door.SUBMISSIONS
        return cls(
            door,
            offers_tls=extra.tls is not TlsMode.NONE,
            requires_tls=extra.tls is TlsMode.REQUIRED,
            requires_auth=extra.require_auth or door.is_submission,
            networks=extra.networks,
            max_bytes=extra.max_message_bytes,
        )

    def admits(self, address: str) -> bool:
        """Whether a client from there may connect."""
        return not self.networks or is_within(address, self.networks)
