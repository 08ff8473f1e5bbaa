"""Runs the fuzz target: `python -m tests.fuzz.run [--seconds N] [--workers N] [--keep]`; `make fuzz` for ten minutes.

Seeds are every transcript and the inputs of corpus.txt: one of each path through the code that earlier runs found, a
line of hexadecimal each.
An input that breaks the invariant is left in `found/` beside this file, and the command that shows it again is printed.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TOP = HERE.parent.parent
TRANSCRIPTS = HERE.parent / "transcripts"
CORPUS = HERE / "corpus.txt"
FOUND = HERE / "found"
WORDS = HERE / "words.dict"

LONGEST = 2048
"""Bytes of an input; the longest honest message is 1.5 KB of hex, and long inputs are slow ones."""

# First bytes of an input: two of target.COMMANDS, and three of target.TARGETS.
RECORDING, PLAYING = 4, 5
SESSION, ANSWERS, REPORT = 5 << 5, 6 << 5, 7 << 5


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did. `found`: inputs that break the invariant. `coverage`: branches reached, as libFuzzer counts."""

    executions: int
    coverage: int
    inputs: int
    found: tuple[Path, ...]


def sow(folder: Path) -> int:
    """Write every transcript that is short enough as a seed for each target; how many transcripts."""
    logs = [log for log in sorted(TRANSCRIPTS.glob("*.log")) if log.stat().st_size < LONGEST]
    for log in logs:
        command = RECORDING if log.stem.startswith("vrx-") else PLAYING if log.stem.startswith("vtx-") else 0
        for first in (command, SESSION, ANSWERS, REPORT):
            (folder / f"{first}-{log.stem}").write_bytes(bytes([first]) + log.read_bytes())
    return len(logs)


def unpack(folder: Path) -> None:
    """Write the inputs of CORPUS as files, as libFuzzer wants them."""
    for number, line in enumerate(CORPUS.read_text("ascii").split()):
        (folder / f"known-{number}").write_bytes(bytes.fromhex(line))


def pack(folder: Path) -> None:
    """Write the files of a folder as CORPUS, shortest first."""
    inputs = sorted({path.read_bytes() for path in folder.iterdir()}, key=lambda data: (len(data), data))
    CORPUS.write_text("".join(data.hex() + "\n" for data in inputs), "ascii")


def fuzz(seconds: int, workers: int, *, keep: bool = False) -> Result:
    """Run so long; a crash of one worker leaves its input in FOUND. With `keep`, CORPUS learns."""
    FOUND.mkdir(exist_ok=True)
    before = set(FOUND.iterdir())
    with tempfile.TemporaryDirectory(prefix="quietline-fuzz-") as name:
        grown, known, seeds = Path(name, "grown"), Path(name, "known"), Path(name, "seeds")
        for folder in (grown, known, seeds):
            folder.mkdir()
        sow(seeds)
        unpack(known)
        arguments = [f"-max_total_time={seconds}", f"-dict={WORDS}", f"-max_len={LONGEST}", "-timeout=20", "-reload=1"]
        arguments += [f"-artifact_prefix={FOUND}/", "-print_final_stats=1", str(grown), str(known), str(seeds)]
        children = [_start(arguments) for _ in range(workers)]
        told = [child.communicate()[0] for child in children]
        if keep:
            _start(["-merge=1", f"-max_len={LONGEST}", str(known), str(grown)]).communicate()
            pack(known)
        broken = [text for child, text in zip(children, told, strict=True) if child.returncode != 0]
    for text in broken:
        print(text[-4000:], file=sys.stderr)
    found = tuple(sorted(set(FOUND.iterdir()) - before))
    if broken and not found:
        raise RuntimeError("the fuzzer itself failed; see above")
    if not any(FOUND.iterdir()):
        FOUND.rmdir()
    return Result(
        sum(_last(r"stat::number_of_executed_units:\s*(\d+)", text) for text in told),
        max(_last(r"cov: (\d+)", text) for text in told),
        max(_last(r"corp: (\d+)/", text) for text in told),
        found,
    )


def _start(arguments: list[str]) -> subprocess.Popen[str]:
    # Warnings of our own log lines would be most of the output.
    return subprocess.Popen(
        [sys.executable, "-m", "tests.fuzz.target", *arguments],
        cwd=TOP,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def _last(pattern: str, text: str) -> int:
    return int((re.findall(pattern, text) or ["0"])[-1])


def main() -> int:
    """The command; 1 when an input broke the invariant."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="add inputs that reach new code to the corpus")
    wanted = parser.parse_args()
    result = fuzz(wanted.seconds, wanted.workers, keep=wanted.keep)
    print(
        f"{result.executions:,} executions in {wanted.seconds} s with {wanted.workers} workers, "
        f"{result.coverage:,} branches reached, {result.inputs:,} inputs kept in the run"
    )
    for path in result.found:
        print(f"broken by {path.relative_to(TOP)}; to see it: python -m tests.fuzz.target {path.relative_to(TOP)}")
    return 1 if result.found else 0


if __name__ == "__main__":
    sys.exit(main())
