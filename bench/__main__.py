"""Runs the measurements that are named, or all, and prints the table; the exit code says if the budgets are kept."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import footprint, latency, lists, pages, screening, tones
from bench.efficacy import run as efficacy
from bench.efficacy.__main__ import main as efficacy_with_options
from bench.figures import Figure, table
from bench.homes import Homes

MEASUREMENTS: dict[str, Callable[[Homes], Iterator[Figure]]] = {
    "import": lists.importing,
    "reports": lists.importing_reports,
    "latency": latency.measure,
    "memory": footprint.memory,
    "idle": footprint.idle,
    "start": footprint.start,
    "pages": pages.measure,
    "screening": screening.measure,
    "tones": tones.measure,
    "efficacy": efficacy.measure,
}


def main(names: list[str]) -> int:
    if names[:1] == ["efficacy"] and len(names) > 1:
        return efficacy_with_options(names[1:])
    if unknown := set(names) - set(MEASUREMENTS):
        print(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start, Python {sys.version.split()[0]}")
    with TemporaryDirectory(prefix="quietline-bench-") as folder:
        _keep_bytecode_in(folder)
        homes = Homes(Path(folder))
        for name in names or MEASUREMENTS:
            begun = time.monotonic()
            print(f"measuring {name} ...", flush=True)
            found = list(MEASUREMENTS[name](homes))
            print(f"{table(found)}\nmeasuring {name} took {time.monotonic() - begun:.0f} s\n", flush=True)
            figures += found
    print(f"load {os.getloadavg()[0]:.1f} at the end")
    missed = [figure for figure in figures if not figure.kept]
    print(f"{len(missed)} budgets missed:\n{table(missed)}" if missed else "All budgets are kept.")
    return 1 if missed else 0


def _keep_bytecode_in(folder: str) -> None:
    """An installed Quietline starts from bytecode, so what is measured does too; none goes into the repository."""
    os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
