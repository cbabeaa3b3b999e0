"""`postroom migrate`: brings the database to the schema of this version."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli import frame


def register(root: typer.Typer) -> None:
    """Add the command."""
    root.command("migrate")(migrate)


def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Only compare models and migrations; exit 1 on a difference.")
    ] = False,
    make: Annotated[
        str, typer.Option("--make", metavar="NAME", help="Write the migration that changed models need.")
    ] = "",
) -> None:
    """Bring the database to the schema of this version."""
    if check:
        _check()
    elif make:
        _make(make)
    else:
        _migrate()


def _migrate() -> None:
    from backend.kit import migrations

    applied = frame.run(lambda rt: migrations.migrate(), tables="leave")
    frame.show({"applied": applied}, [f"applied {name}" for name in applied] or "the database is up to date")


def _check() -> None:
    from backend.kit import migrations

    missing = frame.run_scratch(lambda rt: migrations.drift())
    if missing:
        frame.show({"missing": missing}, missing)
        frame.fail(f"{len(missing)} changes of the models have no migration: `postroom migrate --make NAME`")
    frame.show({"missing": []}, "models and migrations say the same")


def _make(name: str) -> None:
    from backend.kit import migrations

    paths = [str(path) for path in frame.run_scratch(lambda rt: migrations.make(name))]
    frame.show({"written": paths}, [f"wrote {path}: review it" for path in paths] or "nothing to write")
