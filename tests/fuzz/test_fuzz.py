"""A minute of coverage-guided fuzzing in every run of the tests; `make fuzz` takes ten."""

from pathlib import Path

import pytest

pytest.importorskip("atheris", reason="the fuzzer has no build for this machine")

from tests.fuzz.run import TRANSCRIPTS, fuzz, sow  # what it needs comes first

SECONDS = 60  # of running; libFuzzer ends by itself


def test_every_short_transcript_is_a_seed(tmp_path: Path) -> None:
    assert sow(tmp_path) > 0.9 * len(list(TRANSCRIPTS.glob("*.log")))


def test_a_minute_of_fuzzing_breaks_nothing() -> None:
    result = fuzz(SECONDS, workers=1)
    assert result.found == ()
    assert result.executions > result.inputs > len(list(TRANSCRIPTS.glob("*.log"))) // 4
