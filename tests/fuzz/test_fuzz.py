"""A minute of coverage-guided fuzzing in every run of the tests; `make fuzz` takes ten."""

import os
import platform
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.run import CORPUS, TRANSCRIPTS, fuzz, sow, unpack

SECONDS = 60  # of running; libFuzzer ends by itself
MISSING = find_spec("atheris") is None

pytestmark = pytest.mark.skipif(
    MISSING and ("CI" not in os.environ or platform.machine() != "x86_64"),
    reason="needs atheris (the dev extra), which has no build for other machines than x86_64",
)


def test_every_short_transcript_is_a_seed(tmp_path: Path) -> None:
    assert sow(tmp_path) > 0.9 * len(list(TRANSCRIPTS.glob("*.log")))


def test_what_earlier_runs_found_is_a_seed_too(tmp_path: Path) -> None:
    unpack(tmp_path)
    inputs = {path.read_bytes() for path in tmp_path.iterdir()}
    assert len(inputs) == len(CORPUS.read_text("ascii").split()) > 100


def test_a_minute_of_fuzzing_breaks_nothing() -> None:
    result = fuzz(SECONDS, workers=1)
    assert result.found == ()
    assert result.executions > result.inputs > len(list(TRANSCRIPTS.glob("*.log"))) // 4
