"""`postroom`: finds the group of the command and imports only that, since some of them are heavy."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence

import typer

from backend.cli import frame

# Command or group -> the module in `backend.cli` that adds it by `register(root)`.
COMMANDS = {
    "serve": "serve",
    "backend": "serve",
    "protocol": "serve",
    "migrate": "migrate",
    "admin": "admin",
    "domain": "domain",
    "user": "user",
    "group": "group",
    "list": "list",
    "share": "share",
    "spool": "spool",
    "gateway": "gateway",
    "suppression": "suppression",
    "schema": "schema",
    "check": "check",
    "demo": "demo",
}
_EVERYWHERE = (
    "Every command takes --json, --data DIR and --config FILE. Settings: POSTROOM_… or postroom.toml."
)


def build(wanted: str | None) -> typer.Typer:
    """The command line with the wanted command, or with all of them where none is named."""
    root = typer.Typer(
        name="postroom",
        help="A complete mail server for organisations.",
        epilog=_EVERYWHERE,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    root.callback()(_root)
    modules = [COMMANDS[wanted]] if wanted in COMMANDS else list(dict.fromkeys(COMMANDS.values()))
    for module in modules:
        if importlib.util.find_spec(f"backend.cli.{module}") is not None:
            importlib.import_module(f"backend.cli.{module}").register(root)
    return root


def _root() -> None:
    """A complete mail server for organisations."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry of the console script."""
    try:
        rest = frame.take_options(sys.argv[1:] if arguments is None else arguments)
    except typer.BadParameter as exc:
        print(f"postroom: {exc}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    wanted = next((argument for argument in rest if not argument.startswith("-")), None)
    build(wanted)(args=rest, prog_name="postroom")


if __name__ == "__main__":
    main()
