"""All IMAP connections of a process and what they watch."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from backend.kit import metrics
from backend.kit.config import Settings
from backend.kit.events import Bus
from protocol_service.access.server import AccessServer
from protocol_service.connections import Connections
from protocol_service.imap.connection import Connection
from protocol_service.imap.notify.followers import Followers
from protocol_service.imap.watch import Watches
from schema.events import DomainChanged, MailboxChanged, MailboxListChanged, SeenChanged, SharesChanged

_sessions = metrics.gauge("postroom_imap_connections", "IMAP connections that are open now")


class Server(AccessServer[Connection]):
    """What the connections of a process share."""

    def __init__(
        self, settings: Settings, bus: Bus, tls: Callable[[], ssl.SSLContext], connections: Connections
    ) -> None:
        super().__init__(settings, bus, tls, connections, gauge=_sessions)
        self.watches = Watches(Followers(bus))
        self._unsubscribe += [
            bus.subscribe(MailboxChanged, self.watches.changed),
            bus.subscribe(MailboxListChanged, self.watches.list_changed),
            bus.subscribe(SeenChanged, self.watches.seen_changed),
            bus.subscribe(SharesChanged, self.watches.shares_changed),
            bus.subscribe(DomainChanged, self.watches.rights_changed),
            bus.on_gap(self.watches.gap),
        ]
