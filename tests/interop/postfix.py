"""Postfix on a port of its own, with all that it needs in one folder: a host of another maker to send to."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.interop import programs

DOMAIN = "remote.example"
_MASTER = """
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
virtual unix - n n - - virtual
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""
_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
config_directory = {folder}/etc
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
myhostname = mx.{domain}
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = inline:{{ {{ taker@{domain} = taker/ }} }}
virtual_alias_maps = inline:{{ {{ moved@{domain} = nobody@example.test }} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_tls_security_level = may
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_recipient_restrictions = reject_unauth_destination
default_transport = smtp
relayhost = [127.0.0.1]:{back}
message_size_limit = 20000000
smtputf8_enable = yes
{more}
"""


class Postfix:
    """One running instance; `boxes` holds what it took, a file for each message."""

    def __init__(self, folder: Path, *, certificate: Path, key: Path, back: int, more: str = "") -> None:
        if os.geteuid() != 0:
            pytest.skip("Postfix starts as root only")
        self._command = programs.program("postfix")
        try:
            owner = pwd.getpwnam("postfix")
        except KeyError:
            pytest.skip("there is no user postfix")
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        for name in ("etc", "queue", "data", "log", "boxes"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
        os.chown(folder / "boxes", owner.pw_uid, owner.pw_gid)
        values = {
            "folder": folder,
            "domain": DOMAIN,
            "uid": owner.pw_uid,
            "gid": owner.pw_gid,
            "certificate": certificate,
            "key": key,
            "back": back,
            "more": more,
        }
        (folder / "etc" / "main.cf").write_text(_MAIN.format(**values))
        (folder / "etc" / "master.cf").write_text(_MASTER.format(port=f"127.0.0.1:{self.port}"))

    def start(self) -> None:
        """Start it and wait until it greets."""
        programs.run(self._command, "-c", self.folder / "etc", "start", home=self.folder, timeout_s=60)
        deadline = time.monotonic() + 20
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as client:
                    assert client.recv(100).startswith(b"220 ")
                    return
            except OSError:
                assert time.monotonic() < deadline, self.log()
                time.sleep(0.1)

    def stop(self) -> None:
        """Stop it, and every process of it."""
        subprocess.run(
            [self._command, "-c", self.folder / "etc", "stop"], check=False, capture_output=True, timeout=60
        )

    def log(self) -> str:
        """What it has written down."""
        path = self.folder / "log" / "mail.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def taken(self) -> list[bytes]:
        """The messages in the box, oldest first, with the header lines that Postfix put before them."""
        new = self.folder / "boxes" / "taker" / "new"
        found = sorted(new.iterdir(), key=lambda path: path.stat().st_mtime_ns) if new.is_dir() else []
        return [path.read_bytes() for path in found]

    def wait(self, count: int, timeout_s: float = 60) -> list[bytes]:
        """`taken` once there are so many."""
        deadline = time.monotonic() + timeout_s
        while len(found := self.taken()) < count:
            assert time.monotonic() < deadline, self.log()[-4000:]
            time.sleep(0.1)
        return found

    def wait_for_word(self, word: str, timeout_s: float = 30) -> None:
        """Wait until it has written that down."""
        deadline = time.monotonic() + timeout_s
        while word not in self.log():
            assert time.monotonic() < deadline, self.log()[-4000:]
            time.sleep(0.1)
