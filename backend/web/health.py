"""Health for supervisors and load balancers: `live` says the process answers, `ready` that it can serve."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse

from backend.kit import db
from backend.kit.errors import MailError

READY_TIMEOUT_S = 2.0


async def live(request: Request) -> JSONResponse:
    """200 as long as the event loop turns."""
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> JSONResponse:
    """200 when the database answers, else 503. Redis is not asked: without it mail goes on."""
    try:
        async with asyncio.timeout(READY_TIMEOUT_S):
            await db.fetch_value("SELECT 1")
    except (MailError, OSError, TimeoutError):
        return JSONResponse({"status": "unavailable", "database": False}, status_code=503)
    return JSONResponse({"status": "ok", "database": True})
