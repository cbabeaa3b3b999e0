"""`postroom schema export`: writes the GraphQL schema that integrations and the SPA read."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from backend.cli import frame

SDL = Path(__file__).resolve().parents[2] / "schema" / "graphql" / "schema.graphql"


def register(root: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="The GraphQL schema.")
    group.command("export")(export)
    group.callback()(_group)
    root.add_typer(group, name="schema")


def _group() -> None:
    """The GraphQL schema."""


def export(
    check: Annotated[
        bool, typer.Option("--check", help="Only compare; exit 1 where the file differs from the code.")
    ] = False,
) -> None:
    """Write schema/graphql/schema.graphql from the code."""
    from backend.api.schema import schema

    text = schema.as_str().rstrip() + "\n"
    present = SDL.read_text() if SDL.exists() else ""
    if not check:
        SDL.write_text(text)
        frame.show({"written": str(SDL), "changed": text != present}, f"wrote {SDL}")
        return
    if text != present:
        lines = list(
            difflib.unified_diff(present.splitlines(), text.splitlines(), "file", "code", n=1, lineterm="")
        )
        frame.show({"same": False, "difference": lines}, lines[:60])
        frame.fail("schema/graphql/schema.graphql differs from the code: `postroom schema export`")
    frame.show({"same": True}, "the schema is what the code says")
