"""`python -m tests.fuzz [--seconds 60] [target …]`: atheris (libFuzzer) on each target, one after the other.

What it learns is kept in `.build/fuzz/TARGET`, and what breaks a target in `.build/fuzz/TARGET-crash-…`; give
such a file to `python -m tests.fuzz --replay FILE TARGET`.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".build" / "fuzz"
MOST_BYTES = 8192
MOST_MB = 2048
TIMEOUT_S = 10


def corpus(name: str) -> Path:
    """The folder of a target's inputs, with its seeds in it."""
    from tests.fuzz.seeds import SEEDS

    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS[name]:
        (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    return folder


def _escaped(token: bytes) -> str:
    return "".join(rf"\x{byte:02x}" for byte in token)


def fuzz(name: str, options: list[str]) -> None:
    """Run one target in this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["backend.formats", "backend.mailstore", "protocol_service"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


def run(name: str, seconds: int) -> bool:
    """Run one target in a process of its own; whether nothing was found."""
    from tests.fuzz.seeds import TOKENS

    folder, words = corpus(name), FOLDER / "tokens.dict"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in TOKENS))
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={MOST_BYTES}",
        f"-timeout={TIMEOUT_S}",
        f"-rss_limit_mb={MOST_MB}",
        f"-dict={words}",
        f"-artifact_prefix={FOLDER / name}-",
        "-print_final_stats=1",
        str(folder),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--inside", name, *options],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = done.stdout.decode("utf-8", "replace").splitlines()
    units = next((line.split()[-1] for line in said if "number_of_executed_units" in line), "?")
    print(f"{name}: {units} inputs, {'nothing found' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print("\n".join(said[-60:]))
    return done.returncode == 0


def main() -> int:
    """Run what the arguments name; 1 where something was found."""
    if sys.argv[1:2] == ["--inside"]:
        fuzz(sys.argv[2], sys.argv[3:])
        return 0
    from tests.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TARGETS, []], metavar="target")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--replay", type=Path, help="give this file to the target and do nothing else")
    given = parser.parse_args()
    if given.replay is not None:
        for name in given.names:
            TARGETS[name](given.replay.read_bytes())
        return 0
    if find_spec("atheris") is None:
        print("atheris is not installed: it is made for Python 3.11 to 3.13 on Linux", file=sys.stderr)
        return 2
    outcomes = [run(name, given.seconds) for name in given.names or TARGETS]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
