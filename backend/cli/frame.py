"""What every command shares: settings, an open runtime, answers as text or JSON, refusals as one line.

Exit status 0 is done, 1 refused or failed with one line on stderr, 2 wrong usage. `--json`, `--data` and
`--config` are understood anywhere on the command line.
"""

from __future__ import annotations

import asyncio
import json
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from backend.kit.config import Settings
    from backend.kit.runtime import Runtime, Tables

T = TypeVar("T")


@dataclass
class Options:
    """What was given beside the command."""

    json: bool = False
    data: Path | None = None
    config: Path | None = None


options = Options()


def take_options(arguments: Sequence[str]) -> list[str]:
    """Take the options that every command understands out of the arguments; the rest is the command's."""
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if argument == "--":
            return [*rest, argument, *waiting]
        if argument == "--json":
            options.json = True
        elif name in ("--data", "--config"):
            given = value if equals else next(waiting, "")
            if not given:
                raise typer.BadParameter(f"{name} needs a path")
            setattr(options, name[2:], Path(given))
        else:
            rest.append(argument)
    return rest


def load_settings() -> Settings:
    """The settings of this command; a wrong one ends it with one line."""
    from backend.kit import config

    try:
        return config.load(options.config, options.data)
    except config.ConfigError as exc:
        fail(str(exc))


def run(work: Callable[[Runtime], Awaitable[T]], *, tables: Tables = "migrate") -> T:
    """Open the runtime, do the work, close it; a refusal ends the command with its public text."""
    return _run(load_settings(), work, tables)


def run_scratch(work: Callable[[Runtime], Awaitable[T]]) -> T:
    """The same on a throw-away SQLite database, for what is about the schema and not about anyone's data."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="postroom-") as folder:
        settings = load_settings().model_copy(
            update={"data": Path(folder), "database_url": None, "redis_url": None, "blob_url": None}
        )
        return _run(settings, work, "leave")


def _run(settings: Settings, work: Callable[[Runtime], Awaitable[T]], tables: Tables) -> T:
    from backend.kit.errors import MailError

    _quiet_logs(settings.log)

    async def opened() -> T:
        from backend.kit.runtime import open_runtime

        async with open_runtime(settings, process="cli", use_redis="if running", tables=tables) as rt:
            return await work(rt)

    try:
        return asyncio.run(opened())
    except MailError as exc:
        fail(exc.public)
    except OSError as exc:
        fail(f"{exc.filename or 'the system'}: {exc.strerror or exc}")
    except Exception as exc:  # noqa: BLE001  # the edge: one line for the person, the trace only when asked for
        if settings.log == "debug":
            traceback.print_exc()
        fail(f"unexpected error ({type(exc).__name__}: {exc}); POSTROOM_LOG=debug shows where")


def _quiet_logs(level: str) -> None:
    """A command tells what it did itself; what libraries and the kit log is for those who ask for it."""
    import logging

    logging.basicConfig(level=logging.DEBUG if level == "debug" else logging.CRITICAL, stream=sys.stderr)


def show(data: Any, text: str | Iterable[str] = ()) -> None:
    """Answer: `data` with `--json`, else the text or its lines."""
    if options.json:
        print(json.dumps(data, default=str, ensure_ascii=False, indent=2))
        return
    for line in [text] if isinstance(text, str) else text:
        print(line)


def show_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, empty: str) -> None:
    """Answer with rows: all their fields with `--json`, else the named columns below each other."""
    if options.json:
        show([dict(row) for row in rows])
        return
    if not rows:
        print(empty)
        return
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(column), *(len(line[i]) for line in cells)) for i, column in enumerate(columns)]
    for line in [list(columns), *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    # What strangers wrote (subjects, replies of remote hosts) must not steer the terminal.
    return "".join(char if char.isprintable() else "?" for char in str(value))


def read_password(is_on_stdin: bool) -> str:
    """The password from the first line of stdin; as an argument others could read it."""
    if not is_on_stdin:
        fail("a password is needed: give --password-stdin and write it to the standard input")
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        fail("the standard input holds no password")
    return password


def fail(text: str) -> NoReturn:
    """End the command: one line on stderr, exit status 1."""
    line = " ".join(text.split())
    print(f"postroom: {line}", file=sys.stderr, flush=True)
    raise typer.Exit(1)
