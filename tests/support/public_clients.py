"""What mail programs do, by the standard library's clients: sending by SMTP, reading by IMAP."""

from __future__ import annotations

import imaplib
import smtplib
import ssl
import time
from collections.abc import Sequence

PASSWORD = "nine quiet gardens"


def any_certificate() -> ssl.SSLContext:
    """TLS with a server whose certificate nobody has signed."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def send(port: int, sender: str, recipients: Sequence[str], raw: bytes) -> None:
    """Hand a message over as another host does, bytes as they are; raises what smtplib raises."""
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.starttls(context=any_certificate())
        client.ehlo("mx.north.example")
        client.sendmail(sender, list(recipients), raw, mail_options=["BODY=8BITMIME"])


class Mailbox:
    """An open mailbox of a user, by imaplib."""

    def __init__(
        self,
        port: int,
        login: str,
        mailbox: str = "INBOX",
        password: str = PASSWORD,
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.client = imaplib.IMAP4("127.0.0.1", port, timeout=30)
        if tls is not None:
            self.client.starttls(tls)
        self.client.login(login, password)
        status, _ = self.client.select(mailbox)
        assert status == "OK"

    def __enter__(self) -> Mailbox:
        return self

    def __exit__(self, *exc: object) -> None:
        self.client.logout()

    def uids(self, *criteria: str) -> list[int]:
        """What matches, all by default."""
        _, data = self.client.uid("SEARCH", *(criteria or ("ALL",)))
        return [int(uid) for uid in (data[0] or b"").split()]

    def wait(self, count: int, *criteria: str, timeout_s: float = 30) -> list[int]:
        """The UIDs once so many match."""
        deadline = time.monotonic() + timeout_s
        while len(found := self.uids(*criteria)) < count:
            assert time.monotonic() < deadline, f"{len(found)} of {count} messages came"
            self.client.noop()
            time.sleep(0.05)
        return found

    def raw(self, uid: int) -> bytes:
        """A message's bytes, left unseen."""
        _, data = self.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
        # News of the mailbox may come between, as FETCH responses without a body.
        bodies = [part[1] for part in data if isinstance(part, tuple)]
        assert len(bodies) == 1, data
        return bodies[0]
