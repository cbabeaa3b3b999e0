"""The multi-line answer that a message is (RFC 1939 §3): what RETR and TOP share."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from protocol_service.pop3.dot_stuffing import DotStuffing
from protocol_service.pop3.session import Session
from protocol_service.pop3.top_cut import TopCut


def send_whole(session: Session, status: bytes, raw: bytes) -> bytes:
    """Send the status and a message; the last line is left to the caller."""
    stuff = DotStuffing()
    session.send(status)
    session.send(stuff(raw))
    session.send(stuff.end)
    return b"."


async def send_blocks(
    session: Session, status: bytes, blocks: AsyncGenerator[bytes, None], cut: TopCut | None = None
) -> bytes:
    """As `send_whole`, block by block at the client's pace.

    What is raised before the first block is the answer; after it the connection has to end.
    """
    stuff = DotStuffing()
    has_begun = False
    try:
        async with aclosing(blocks):
            async for block in blocks:
                if has_begun:
                    await session.channel.rest()
                else:
                    session.send(status)
                    has_begun = True
                session.send(stuff(block if cut is None else cut(block)))
                if cut is not None and cut.is_done:
                    break
    except Exception:
        if has_begun:  # the client awaits lines that will not come
            session.channel.abort()
        raise
    session.send(stuff.end)
    return b"."
