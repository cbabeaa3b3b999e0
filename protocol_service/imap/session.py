"""What the server knows of one client: who it is, what it has enabled, which mailbox it has selected.

A session has no socket of its own: it writes through the `Channel` that the connection is. Verbs change it
only after what they do has succeeded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from backend.directory.principal import Principal
from backend.kit.errors import NotFound, PermissionDenied
from backend.mailstore import keywords, shares
from backend.mailstore.annotation_values import Place
from backend.mailstore.rights import ALL, Rights
from backend.mailstore.view import News
from protocol_service import sasl
from protocol_service.imap import capability, flag_names, languages, limits, responses
from protocol_service.imap import news as news_lines
from protocol_service.imap.command import State
from protocol_service.imap.errors import Refused, text_of
from protocol_service.imap.flag_names import FlagTable
from protocol_service.imap.manner import PLAIN, Manner
from protocol_service.imap.selected import Selected
from protocol_service.imap.watch import Watches
from protocol_service.sasl import Peer

if TYPE_CHECKING:
    from protocol_service.imap.notify.notifier import Notifier


class Channel(Protocol):
    """The connection as its session sees it."""

    is_secure: bool

    @property
    def is_compressed(self) -> bool:
        """Whether COMPRESS is active."""

    @property
    def may_sign_out(self) -> bool:
        """Whether UNAUTHENTICATE is possible here and now."""

    def send(self, data: bytes) -> None:
        """Put bytes to the output; they leave with the next `flush` or at the end of the command."""

    async def flush(self) -> None:
        """Write what was put, and wait while the client does not read."""

    async def ask(self, prompt: bytes) -> bytes:
        """Write `+ prompt` and give the client's next line."""

    def set_limits(self, limits: limits.Limits) -> None:
        """Limits of the commands to come."""

    def close_after_answer(self) -> None:
        """Close once all that was put has been written."""

    def start_tls_after_answer(self) -> None:
        """Begin TLS once all that was put has been written, and throw away what has come already."""

    def compress_after_answer(self) -> None:
        """Compress both directions once all that was put has been written."""

    def wake(self) -> None:
        """Have `Session.push` called soon, unless a command is under way."""

    def abort(self) -> None:
        """Drop the connection at once: an answer cannot be finished."""


class Session:
    """The state of one client."""

    __slots__ = (
        "account_id", "bad_commands", "channel", "enabled", "goal", "idle_tag", "is_within_response",
        "language", "manner", "max_message_bytes", "name", "notify", "peer", "principal", "selected", "tag",
        "watches",
    )  # fmt: skip

    def __init__(self, channel: Channel, watches: Watches, peer: Peer) -> None:
        self.channel = channel
        self.watches = watches
        self.peer = peer
        self.principal: Principal | None = None
        self.account_id = 0
        self.name = ""
        self.max_message_bytes = 0
        self.enabled: frozenset[bytes] = frozenset()
        self.manner = PLAIN
        self.language = b""  # of texts for people, where the client has chosen one
        self.selected: Selected | None = None
        self.notify: Notifier | None = None  # from the first NOTIFY on
        self.tag = b""
        self.idle_tag: bytes | None = None
        self.goal = 0  # how many messages the command under way is about, where it may take long
        self.is_within_response = False  # a literal is being sent piece by piece
        self.bad_commands = 0

    @property
    def state(self) -> State:
        """The state of RFC 3501 §3; logout is the end of the connection."""
        if self.principal is None:
            return State.NOT_AUTHENTICATED
        return State.AUTHENTICATED if self.selected is None else State.SELECTED

    @property
    def may_start_tls(self) -> bool:
        """Whether STARTTLS is possible here and now."""
        return not self.channel.is_secure

    @property
    def capabilities(self) -> bytes:
        """What the server can do for this client in its present state."""
        return capability.render(
            is_signed_in=self.principal is not None,
            mechanisms=sasl.offered(self.peer),
            may_start_tls=self.may_start_tls,
            may_compress=not self.channel.is_compressed,
            may_sign_out=self.channel.may_sign_out,
            max_message_bytes=self.max_message_bytes,
        )

    @property
    def has_condstore(self) -> bool:
        """Whether the client wants modseqs with every change (RFC 7162 §3.1)."""
        return self.manner.with_modseq

    @property
    def has_qresync(self) -> bool:
        """Whether the client wants expunges by UID (RFC 7162 §3.2.3)."""
        return b"QRESYNC" in self.enabled

    def mailbox_name(self, name: str) -> bytes:
        """A mailbox name as this client reads it."""
        return responses.mailbox_utf8(name) if self.manner.is_utf8 else responses.mailbox(name)

    def send(self, data: bytes) -> None:
        """Put bytes to the output."""
        if data:
            self.channel.send(data)

    def in_language(self, status: bytes) -> bytes:
        """A status response (without tag) with its text in the client's language."""
        return languages.translate(self.language, status) if self.language else status

    def still_working(self) -> bytes:
        """That a long command goes on (RFC 9585); nothing where no response may be put now.

        What is not told while a transaction is under way is how far it is: all of it or nothing will be done.
        """
        if self.principal is None or self.is_within_response or not self.tag:
            return b""
        goal = b"0 %d" % self.goal if self.goal else b"NIL NIL"
        return self.in_language(b'* OK [INPROGRESS ("%b" %b)] Still working\r\n' % (self.tag, goal))

    def bye(self, text: str) -> None:
        """End the session with an untagged BYE."""
        self.send(self.in_language(b"* BYE %b\r\n" % text_of(text)))
        self.channel.close_after_answer()

    def signed_in(self, principal: Principal, max_message_bytes: int) -> None:
        """The client has shown who it is."""
        self.principal = principal
        self.name = principal.name
        self.account_id = principal.user_id or 0
        self.max_message_bytes = max_message_bytes
        self.channel.set_limits(limits.after_login(max_message_bytes))

    def signed_out(self) -> None:
        """Back to a connection that nobody has signed in on (RFC 8437)."""
        self.unselect()
        self.end_notify()
        self.principal = None
        self.name, self.account_id, self.max_message_bytes = "", 0, 0
        self.enabled, self.manner, self.language = frozenset(), PLAIN, b""
        self.channel.set_limits(limits.BEFORE_LOGIN)

    def mailbox(self) -> Selected:
        """The selected mailbox; only verbs of the selected state ask."""
        if self.selected is None:
            raise Refused("No mailbox is selected")
        return self.selected

    def writable(self) -> Selected:
        """The selected mailbox, if it was selected to be changed."""
        selected = self.mailbox()
        if selected.is_read_only:
            raise Refused("The mailbox is selected read-only", "READ-ONLY")
        return selected

    def enable(self, *names: bytes) -> None:
        """The client has enabled these extensions, named in upper case."""
        self.enabled |= frozenset(names)
        self.manner = Manner.of(self.enabled)

    @property
    def signed_in_as(self) -> Principal:
        """The principal; only verbs after sign-in ask."""
        if self.principal is None:
            raise Refused("Sign in first")
        return self.principal

    async def rights(self, needed: Rights) -> Rights:
        """What the client may do with the selected mailbox, `needed` among it; asked anew each time.

        Raises PermissionDenied, or NotFound where it is gone or nothing of it is granted any more.
        """
        selected = self.mailbox()
        if not selected.user_id:
            return ALL
        return await shares.require(selected.user_id, selected.account_id, selected.mailbox_id, needed)

    def enable_condstore(self) -> None:
        """From now on changes carry modseqs; the client learns the present one (RFC 7162 §3.1)."""
        if not self.has_condstore:
            self.enable(b"CONDSTORE")
            if self.selected is not None:
                self.send(self.in_language(b"* OK [HIGHESTMODSEQ %d] Highest\r\n" % self.selected.modseq))

    def unselect(self) -> None:
        """Leave the selected mailbox, where there is one."""
        if self.selected is not None:
            if self.notify is not None:
                self.notify.left(self.selected)
            self.watches.leave(self, self.selected.watch)
            self.selected.close()
            self.selected = None

    async def flag_table(self, flags: int = 0) -> FlagTable:
        """How to write flags here; tells the client about keywords that are new to it."""
        selected = self.selected
        names = await keywords.keyword_names(
            self.account_id if selected is None else selected.account_id, flags
        )
        table = flag_names.table(names)
        if selected is not None and selected.keywords_told != len(names):
            selected.keywords_told = len(names)
            self.send(table.told)
        return table

    async def with_flags(self, render: Callable[[FlagTable], bytes]) -> bytes:
        """What `render` makes with the table of flags; once more if it met keywords that are new."""
        table = await self.flag_table()
        data = render(table)
        if table.unknown:
            longer = await self.flag_table(table.unknown)
            table.unknown = 0
            data = render(longer) if longer is not table else data
        return data

    async def news(self, *, may_expunge: bool, arrivals: bool = False) -> News | None:
        """What the client has not been told of its selected mailbox; the session ends where it is gone."""
        selected = self.selected
        if selected is None or not selected.has_news:
            return None
        try:
            await self.rights(Rights.READ)
            return await selected.news(may_expunge=may_expunge, arrivals=arrivals)
        except NotFound:
            self.bye("The selected mailbox was deleted")
        except PermissionDenied:
            self.bye("The selected mailbox is no longer shared with you")
        return None

    async def changes(self, *, may_expunge: bool) -> bytes:
        """What the client has not been told of its selected mailbox, as untagged responses."""
        selected, news = self.selected, await self.news(may_expunge=may_expunge)
        if selected is None or news is None:
            return b""
        manner = self.manner
        return await self.with_flags(
            lambda table: news_lines.render(selected, news, table, manner, with_uid=manner.with_uid)
        )

    async def tell_changes(self, *, may_expunge: bool, removes: bool = False) -> None:
        """Tell them, with NOTIFY only what is wanted; `removes` is for commands that remove messages."""
        if self.notify is None:
            self.send(await self.changes(may_expunge=may_expunge))
        else:
            await self.notify.arrivals.tell(self.notify.wanted, may_expunge=may_expunge, removes=removes)

    @property
    def is_listening(self) -> bool:
        """Whether the client hears of changes without a command for each."""
        return self.idle_tag is not None or self.notify is not None

    async def push(self) -> None:
        """Tell a client that listens at once (RFC 2177, RFC 5465)."""
        if self.notify is not None:
            self.tag = b"" if self.idle_tag is None else self.idle_tag  # no other command is under way
            if await self.notify.tell():
                await self.channel.flush()
        elif self.idle_tag is not None:
            self.send(await self.changes(may_expunge=True))
            await self.channel.flush()

    def caused(self, *names: str) -> None:
        """The client itself has made, renamed, deleted or (un)subscribed mailboxes of these names."""
        if self.notify is not None and self.notify.wanted.is_watching:
            self.notify.own.update(names)

    def annotated(self, place: Place, entries: Iterable[str], modseq: int) -> None:
        """The client itself has set or removed these annotations, as the change `modseq` of the account."""
        if self.notify is not None and self.notify.wanted.annotations:
            own = self.notify.annotations.own.setdefault(place.account_id, {})
            own.update({(place.mailbox_id, place.user_id, entry): modseq for entry in entries})

    def brought(self, mailbox_id: int, uids: Iterable[int]) -> None:
        """The client itself has added these messages to a mailbox."""
        if self.notify is not None and self.selected is not None and self.selected.mailbox_id == mailbox_id:
            self.notify.arrivals.own.update(uids)

    def end_notify(self) -> None:
        """Back to what is told without NOTIFY."""
        if self.notify is not None:
            self.notify.close()
            self.notify = None

    def close(self) -> None:
        """The connection has ended."""
        self.end_notify()
        self.unselect()
        self.idle_tag = None
