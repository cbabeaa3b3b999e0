"""The ports of the protocol service, held by whoever starts several of its processes.

Held ports are bound and do not listen: nobody else's program gets them while all children are away, and a
port of 0 is chosen once for all of them.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from backend.kit.config import PREFIX, Settings
from protocol_service.listeners import PortTaken, bind

USUAL = ("smtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s", "lmtp")


@contextmanager
def held(settings: Settings) -> Iterator[dict[str, str]]:
    """Hold every port inside the block; the variables by which children are told their numbers.

    Raises `PortTaken` where another program has one.
    """
    taken: set[tuple[str, int]] = set()
    with ExitStack() as stack:

        def hold(address: str, port: int, setting: str) -> int:
            if (address, port) in taken:  # two of ours that share one would get each other's connections
                raise PortTaken(f"{setting}: {address} port {port} cannot be used: another listener has it")
            sock = stack.enter_context(_hold(address, port, setting))
            number = int(sock.getsockname()[1])
            taken.add((address, number))
            return number

        variables = {}
        for name in USUAL:
            port: int | None = getattr(settings, f"{name}_port")
            if port is not None:
                variable = f"{PREFIX}{name.upper()}_PORT"
                variables[variable] = str(hold(settings.bind, port, variable))
        extra = [
            one.model_copy(
                update={"port": hold(one.address or settings.bind, one.port, f"listener {one.name}")}
            )
            for one in settings.listeners
        ]
        if extra:
            variables[f"{PREFIX}LISTENERS"] = json.dumps([one.model_dump(mode="json") for one in extra])
        yield variables


def _hold(address: str, port: int, setting: str) -> socket.socket:
    if port:
        # A program that shares its ports as well shows itself only to somebody who does not.
        bind(address, port, setting=setting).close()
    return bind(address, port, setting=setting, is_shared=True)
