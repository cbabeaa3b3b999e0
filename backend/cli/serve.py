"""`postroom serve`, and its two services alone: `postroom backend` and `postroom protocol`."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli import frame

if TYPE_CHECKING:
    from backend.kit.config import Settings

Addresses = dict[str, tuple[str, int]]
ReadyFd = Annotated[int, typer.Option("--ready-fd", hidden=True)]


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.command("serve")(serve)
    root.command("backend")(backend)
    root.command("protocol")(protocol)


def serve() -> None:
    """Run everything on this machine, until SIGTERM or Ctrl-C."""
    from backend import supervisor

    settings = frame.load_settings()
    _configure_logs(settings, "serve")
    own = [option for name in ("config", "data") for option in _given(name)]
    _run(lambda: supervisor.run(settings, own, lambda addresses: _ready(addresses, -1)), settings)


def backend(ready_fd: ReadyFd = -1) -> None:
    """Run the HTTP service alone: web interface, GraphQL, CalDAV and CardDAV."""
    gc.disable()  # until `_settle`: while everything is loaded there is nothing to collect
    from backend import http_server
    from protocol_service.listeners import bind

    settings = frame.load_settings()
    _configure_logs(settings, "backend")

    async def main() -> None:
        sock = bind(settings.bind, settings.http_port, setting="POSTROOM_HTTP_PORT")
        await http_server.run(settings, sock, lambda addresses: _ready(addresses, ready_fd))

    _run(main, settings, _uvloop())


def protocol(
    roles: Annotated[
        str, typer.Option(help="Which parts, separated by commas; all of them by default.")
    ] = "",
    share_ports: Annotated[
        bool,
        typer.Option("--share-ports", help="Let further processes of this user listen on the same ports."),
    ] = False,
    siblings: Annotated[str, typer.Option(hidden=True)] = "",
    ready_fd: ReadyFd = -1,
) -> None:
    """Run the mail protocols alone: SMTP, IMAP and their kin, the spool, the periodic jobs."""
    gc.disable()  # until `_settle`
    from protocol_service import service
    from protocol_service.siblings import Siblings

    settings = frame.load_settings()
    available = service.available_roles()
    family = Siblings.parse(siblings) if siblings else Siblings()
    usual = [role for role in available if family.number == 0 or role in service.OF_EACH]
    wanted = [role.strip() for role in roles.split(",") if role.strip()] or usual
    for role in wanted:
        if role not in available:
            raise typer.BadParameter(f"there is no role {role!r}; there are {', '.join(available)}")
    _configure_logs(settings, "protocol")

    async def main() -> None:
        await service.run(
            settings,
            wanted,
            lambda found: _ready(found, ready_fd),
            shares_ports=share_ports,
            siblings=family,
        )

    _run(main, settings, _uvloop())


def _given(name: str) -> list[str]:
    path = getattr(frame.options, name)
    return [f"--{name}", str(path.absolute())] if path is not None else []


def _configure_logs(settings: Settings, process: str) -> None:
    from backend import _sqlite
    from backend.kit import logging

    logging.configure(settings.log, process)
    if not _sqlite.is_safe and settings.is_embedded_database:
        import logging as standard

        standard.getLogger(__name__).warning(
            "SQLite %s can lose commits of two processes (fixed in 3.51.3); install pysqlite3",
            _sqlite.version,
        )


def _run(
    main: Callable[[], Coroutine[Any, Any, None]],
    settings: Settings,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> None:
    """Run a service; what prevents its start is one line and exit status 1."""
    from backend.kit.config import ConfigError
    from backend.kit.errors import MailError
    from protocol_service.listeners import PortTaken

    try:
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            runner.run(main())
    except MailError as exc:
        frame.fail(exc.public)
    except (ConfigError, PortTaken) as exc:
        if not str(exc):
            raise typer.Exit(1) from None  # a child has said why
        frame.fail(str(exc))
    except PermissionError as exc:
        frame.fail(f"{exc.filename or settings.data}: {exc.strerror}")


def _uvloop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory


def _ready(addresses: Addresses, ready_fd: int) -> None:
    """Tell the supervisor by its pipe, or whoever started us by the one line on stdout."""
    _tell(addresses, ready_fd)
    _settle()


# Nearly all that a command makes is gone with it, without the collector's help.
GC_THRESHOLDS = (10_000, 20, 20)


def _settle() -> None:
    """What is loaded by now stays for good: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    gc.enable()


def _tell(addresses: Addresses, ready_fd: int) -> None:
    if ready_fd >= 0:
        os.write(ready_fd, json.dumps(addresses).encode() + b"\n")
        os.close(ready_fd)
        return
    pairs = " ".join(f"{name}={_text(*address)}" for name, address in addresses.items())
    try:
        print(f"postroom ready {pairs}", flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # nobody reads; the services go on


def _text(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
