"""The multi-line answer that a message is (RFC 1939 §3): what RETR and TOP share."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from protocol_service.pop3.dot_stuffing import DotStuffing
from protocol_service.pop3.session import Session
from protocol_service.pop3.top_cut import TopCut


async def send(
    session: Session, status: bytes, blocks: AsyncGenerator[bytes, None], cut: TopCut | None = None
) -> bytes:
    """Send the status and the message, at the client's pace; the last line is left to the caller.

    What is raised before the first block is the answer; after it the connection has to end.
    """
    stuffing = DotStuffing()
    has_begun = False
    try:
        async with aclosing(blocks):
            async for block in blocks:
                if has_begun:
                    await session.channel.rest()
                else:
                    session.send(status)
                    has_begun = True
                session.send(stuffing(block if cut is None else cut(block)))
                if cut is not None and cut.is_done:
                    break
    except Exception:
        if has_begun:  # the client awaits lines that will not come
            session.channel.abort()
        raise
    session.send(stuffing.end)
    return b"."
