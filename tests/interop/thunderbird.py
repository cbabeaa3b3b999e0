"""Thunderbird on a screen of its own (Xvfb), driven by its keyboard alone."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from tests.interop import programs

_SIZE = "1280x900"
# A blinking cursor is less than this many of the pixels of a shrunken picture.
_QUIET_PIXELS = 40
_PREFERENCES = {
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "mail.inappnotifications.enabled": False,
    "mail.shell.checkDefaultClient": False,
    "mail.spotlight.firstRunDone": True,
    "mail.warn_on_send_accel_key": False,
    "mailnews.nav_crosses_folders": 0,
    "mailnews.start_page.enabled": False,
}


class Screen:
    """An X server without a display."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self._process = subprocess.Popen(
            [
                programs.program("Xvfb"),
                "-displayfd",
                str(write),
                "-screen",
                "0",
                f"{_SIZE}x24",
                "-nolisten",
                "tcp",
            ],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"
        assert self.name != ":", "Xvfb did not start"

    def picture(self, path: Path) -> None:
        """A picture of everything."""
        self._run("import", "-window", "root", str(path))

    def key(self, *names: str) -> None:
        """Press keys, one after the other."""
        self._run("xdotool", "key", "--delay", "60", *names)

    def type(self, text: str) -> None:
        """Write a text."""
        self._run("xdotool", "type", "--delay", "25", text)

    def settle(self, timeout_s: float = 90, quiet: int = 3) -> None:
        """Wait until the picture has stayed as it is for some looks."""
        deadline, last, same = time.monotonic() + timeout_s, b"", 0
        while same < quiet:
            assert time.monotonic() < deadline, "the screen does not settle"
            time.sleep(0.7)
            now = self._run("import", "-window", "root", "-resize", "25%", "-depth", "8", "gray:-")
            changed = sum(one != other for one, other in zip(now, last, strict=False))
            is_drawn = len(set(now)) > 20  # an empty screen is one colour
            same = same + 1 if is_drawn and len(now) == len(last) and changed < _QUIET_PIXELS else 0
            last = now

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def _run(self, name: str, *words: str) -> bytes:
        environment = {**os.environ, "DISPLAY": self.name}
        return subprocess.run(
            [programs.program(name), *words], check=True, capture_output=True, timeout=60, env=environment
        ).stdout


class Thunderbird:
    """One profile; `start` and `stop` may follow each other."""

    def __init__(self, screen: Screen, home: Path, authority: Path, **preferences: str) -> None:
        self.screen = screen
        self.home, self.profile = home, home / "profile"
        self._process: subprocess.Popen[bytes] | None = None
        self.profile.mkdir(parents=True)
        values = {**_PREFERENCES, **{name.replace("__", "."): value for name, value in preferences.items()}}
        (self.profile / "user.js").write_text(
            "".join(f"user_pref({_literal(name)}, {_literal(value)});\n" for name, value in values.items())
        )
        certutil, database = programs.program("certutil"), f"sql:{self.profile}"
        programs.run(certutil, "-N", "-d", database, "--empty-password", home=home)
        programs.run(certutil, "-A", "-d", database, "-n", "tests", "-t", "C,,", "-i", authority, home=home)

    def start(self) -> None:
        """Start it and wait until it has drawn itself."""
        self._process = subprocess.Popen(
            [programs.program("thunderbird"), "--profile", str(self.profile), "--no-remote"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "HOME": str(self.home), "DISPLAY": self.screen.name, "LANG": "C.UTF-8"},
        )
        self.screen.settle()

    def stop(self) -> None:
        """Let it write what it remembers, and end."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(10)

    def stored(self, mailbox: str = "INBOX") -> bytes:
        """What it keeps of a mailbox on its own disk."""
        found = list((self.profile / "ImapMail").glob(f"*/{mailbox}"))
        return found[0].read_bytes() if found else b""


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
