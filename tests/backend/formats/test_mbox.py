"""mbox files: what another reader finds in them is what was put in."""

from __future__ import annotations

import mailbox
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from backend.formats import mbox

RECEIVED = 1_795_887_134
LINES = st.lists(
    st.one_of(
        st.binary(max_size=30), st.sampled_from([b"From me", b">From you", b">>From them", b"", b" x"])
    ),
    max_size=12,
)


def messages_in(text: bytes) -> list[bytes]:
    """The messages of an mboxrd file, by its rule alone."""
    found: list[list[bytes]] = []
    for line in text.split(b"\n")[:-1]:
        if line.startswith(b"From "):
            found.append([])
        else:
            found[-1].append(line[1:] if line.lstrip(b">").startswith(b"From ") else line)
    assert all(lines[-1] == b"" for lines in found)
    return [b"\n".join(lines[:-1]) + b"\n" for lines in found]


@given(st.lists(LINES, min_size=1, max_size=4))
def test_every_message_comes_back_as_it_was(bodies: list[list[bytes]]) -> None:
    raws = []
    for lines in bodies:
        body = b"\r\n".join(line.replace(b"\r", b"").replace(b"\n", b"") for line in lines)
        raws.append(b"Subject: x\r\n\r\n" + body + b"\r\n")

    text = b"".join(mbox.entry(raw, RECEIVED, ["\\Seen"]) for raw in raws)

    assert messages_in(text) == [b"Status: RO\n" + raw.replace(b"\r\n", b"\n") for raw in raws]


def test_a_python_reader_finds_flags_and_times(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    raw = b"Subject: hello\r\nStatus: forged\r\nX-Keywords: forged\r\n also\r\n\r\nFrom here on\r\n"
    path.write_bytes(
        mbox.entry(raw, RECEIVED, ["\\Seen", "\\Flagged", "$label1", "Travel"])
        + mbox.entry(b"Subject: bare", RECEIVED, [])
    )

    box = mailbox.mbox(path)
    first, second = box
    box.close()

    assert (first["Subject"], first.get_flags(), first["X-Keywords"]) == ("hello", "ROF", "$label1 Travel")
    assert first.get_all("Status") == ["RO"]
    assert first.get_payload() == ">From here on\n"
    assert first.get_from() == "MAILER-DAEMON Sat Nov 28 17:32:14 2026"
    assert (second["Subject"], second.get_flags()) == ("bare", "O")
