"""Messages that the transcripts use."""

from __future__ import annotations

PLAIN = (
    b"From: Ann <ann@example.org>\r\n"
    b"To: alice@example.test\r\n"
    b"Subject: Hello there\r\n"
    b"Date: Wed, 17 Jul 1996 02:23:25 -0700\r\n"
    b"Message-ID: <one@example.org>\r\n"
    b"X-Colour: teal\r\n"
    b"\r\n"
    b"Hello Alice,\r\nsee you soon.\r\n"
)

NESTED = (
    b"From: bob@example.org\r\n"
    b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n'
    b"\r\n"
    b"preamble\r\n"
    b"--b\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"\r\n"
    b"first part\r\n"
    b"--b\r\n"
    b"Content-Type: message/rfc822\r\n"
    b"\r\n"
    b"Subject: inner\r\n"
    b"Content-Type: text/html\r\n"
    b"\r\n"
    b"<p>inner body</p>\r\n"
    b"--b--\r\n"
)


def numbered(number: int, body: str = "text") -> bytes:
    """A small message with its own subject."""
    return (
        f"From: sender{number}@example.org\r\nSubject: message {number}\r\n"
        f"Message-ID: <{number}@example.org>\r\n\r\n{body} {number}\r\n"
    ).encode()
