"""House rules that no linter knows: the top level, what locks and texts may name, what README promises."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import typer

from backend.__main__ import build
from backend.kit.config import Settings

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {
    *(".ci", ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore"),
    *("CHANGELOG.md", "LICENSE", "Makefile", "README.md", "pyproject.toml"),
    *("requirements-bootstrap.lock", "requirements-dev.lock", "requirements.lock"),
    *("backend", "docker", "frontend", "protocol_service", "schema", "tests"),
}
PYTHON_LOCKS = ("requirements-bootstrap.lock", "requirements-dev.lock", "requirements.lock")
OURS = {"backend", "protocol_service", "schema"}
PROSE = {"", ".cfg", ".html", ".json", ".md", ".toml", ".yml"}
CODE = {".css", ".graphql", ".js", ".mjs", ".py", ".ts", ".tsx"}
PACKAGES = ("backend/", "protocol_service/", "schema/")

# Each is put together from two halves, so that this file does not name it either.
FOREIGN_WORDS = {
    "a path of one machine": "/wo" + r"rk/|/ro" + r"ot/|/home/" + r"[a-z]+/|/tmp/" + "team",
    "a package registry's host": "py"
    + r"pi\.org|pythonhos"
    + r"ted|regis"
    + r"try\.npm|npm"
    + r"js\.(org|com)",
    "a working paper": "contr" + r"acts\.md|DEVELOP" + "ERS",
    "a number of our own list of work": r"\bissue" + r" #?\d",
    "unfinished work": r"\b(TO" + r"DO|FIX" + r"ME)\b",
}


@cache
def tracked() -> tuple[str, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return tuple(path for path in listed.stdout.split("\0") if (ROOT / path).is_file())


@cache
def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (ROOT / name).read_text(), re.MULTILINE))


def sources() -> list[str]:
    return [path for path in tracked() if path.startswith(PACKAGES) and path.endswith(".py")]


def test_top_level_holds_only_what_the_architecture_names() -> None:
    assert {path.split("/")[0] for path in tracked()} <= TOP_LEVEL


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_lock_names_no_host(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()


def test_lock_of_the_web_interface_names_no_host() -> None:
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text())

    assert [key for key, package in lock["packages"].items() if "resolved" in package] == []


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_requirement_is_pinned_by_hash(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())

    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_development_lock_holds_the_run_time_set_with_the_same_pins() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("group", ["", "dev", "bootstrap"])
def test_every_declared_dependency_is_locked(group: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    declared = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    names = {re.split(r"[\[<>=; ]", line)[0].lower().replace("_", "-") for line in declared}

    assert names <= pins(f"requirements-{group}.lock" if group else "requirements.lock").keys()


def test_lock_of_the_web_interface_answers_its_package_json() -> None:
    declared = json.loads((ROOT / "frontend/package.json").read_text())
    root = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"][""]

    for group in ("dependencies", "devDependencies"):
        assert root.get(group, {}) == declared.get(group, {})


def test_no_package_shipped_to_browsers_has_a_binding_licence() -> None:
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text())
    shipped = {key: package for key, package in lock["packages"].items() if key and not package.get("dev")}
    binding = {
        key for key, package in shipped.items() if re.search("GPL|SSPL|BUSL", str(package.get("license")))
    }

    assert shipped
    assert binding == set()


@pytest.mark.parametrize("what", FOREIGN_WORDS)
def test_project_speaks_only_of_itself(what: str) -> None:
    pattern = re.compile(FOREIGN_WORDS[what], re.IGNORECASE if "host" in what else 0)
    texts = [path for path in tracked() if Path(path).suffix in PROSE | CODE and "/fixtures/" not in path]
    found = []
    for path in set(texts) - {"frontend/package-lock.json"}:
        lines = (ROOT / path).read_text(errors="replace").splitlines()
        found += [f"{path}:{number}" for number, line in enumerate(lines, 1) if pattern.search(line)]

    assert found == []


def test_every_module_opens_with_a_docstring() -> None:
    bare = []
    for path in sources():
        tree = ast.parse((ROOT / path).read_text())
        if tree.body and "/migrations/" not in path and ast.get_docstring(tree) is None:
            bare.append(path)

    assert bare == []


def test_every_type_ignore_gives_its_reason() -> None:
    bare = [
        f"{path}:{number}"
        for path in sources()
        for number, line in enumerate((ROOT / path).read_text().splitlines(), 1)
        if "# type: ignore" in line and not re.search(r"# type: ignore\[[a-z, -]+\]  # \w", line)
    ]

    assert bare == []


def test_readme_documents_every_setting_and_no_other() -> None:
    named = set(re.findall(r"POSTROOM_[A-Z0-9_]+", (ROOT / "README.md").read_text()))

    assert named == {f"POSTROOM_{name.upper()}" for name in Settings.model_fields}


def test_readme_names_only_modules_that_exist() -> None:
    name_of_ours = r"`((?:backend|protocol_service|schema)(?:\.[a-z0-9_]+)+)`"
    named = {name.replace(".", "/") for name in re.findall(name_of_ours, (ROOT / "README.md").read_text())}
    missing = {name for name in named if not (ROOT / name).is_dir() and not (ROOT / f"{name}.py").is_file()}

    assert named
    assert missing == set()


def commands_of_the_readme() -> dict[str, set[str]]:
    """Command -> its own options, from table rows such as "`postroom domain add NAME` · `list` · `show`"."""
    found: dict[str, set[str]] = {}
    for row in re.findall(r"^\| (`postroom .+?) \|", (ROOT / "README.md").read_text(), re.MULTILINE):
        group: list[str] = []
        for span in re.findall(r"`([^`]+)`", row):
            words = [word for word in re.split(r"[\s\[\]]+", span) if re.fullmatch(r"[a-z][a-z-]*", word)]
            if words[0] == "postroom":
                words = words[1:]
                group = words[:-1]
            else:
                words = [*group, *words]
            found[" ".join(words)] = set(re.findall(r"--[a-z-]+", span)) - {"--data", "--config"}
    return found


def commands_of_the_command_line() -> dict[str, set[str]]:
    root = typer.main.get_command(build(None))
    found: dict[str, set[str]] = {}
    waiting: list[tuple[tuple[str, ...], Any]] = [
        ((name,), command) for name, command in getattr(root, "commands", {}).items()
    ]
    for path, command in waiting:
        below = getattr(command, "commands", {})
        waiting += [((*path, name), child) for name, child in below.items()]
        if not below:
            found[" ".join(path)] = {option for param in command.params for option in param.opts}
    return found


def test_readme_documents_every_command_and_no_other() -> None:
    told, real = commands_of_the_readme(), commands_of_the_command_line()

    assert told.keys() == real.keys()
    assert {name: missing for name in told if (missing := told[name] - real[name])} == {}


def test_readme_names_only_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)`", (ROOT / "README.md").read_text()))

    assert {"run", "test", "setup", "lint", "format", "schema", "bench", "demo"} <= named <= targets


def test_what_ships_imports_only_what_is_installed_with_it() -> None:
    """A package of the development group would be missing on every machine but ours."""
    locked = {
        match[1].lower().replace("_", "-")
        for match in re.finditer(
            r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE
        )
    }
    owners = packages_distributions()
    strays = []
    for path in sources():
        if path.startswith("tests/"):
            continue
        for node in ast.walk(ast.parse((ROOT / path).read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in {name.partition(".")[0] for name in names} - OURS - sys.stdlib_module_names:
                if not {owner.lower().replace("_", "-") for owner in owners.get(name, ())} & locked:
                    strays.append(f"{path}: {name}")

    assert strays == []


def _recorded(source: str) -> set[str]:
    """Names of actions in calls that write the audit log."""
    calls = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in {"record", "perform", "_note", "_record", "_changed"}
    ]
    return {
        part.value
        for call in calls
        for argument in call.args[1:3]
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_]+", part.value)
    }


def test_every_action_of_the_audit_log_has_words_on_the_page() -> None:
    words = (ROOT / "frontend/src/admin/auditActions.ts").read_text()
    recorded: set[str] = set()
    for folder in ("backend", "protocol_service"):
        for path in (ROOT / folder).rglob("*.py"):
            recorded |= _recorded(path.read_text())

    assert len(recorded) > 60
    assert [action for action in sorted(recorded) if f'"{action}": msg`' not in words] == []
