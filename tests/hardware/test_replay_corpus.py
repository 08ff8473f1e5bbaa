"""Every captured, documented and constructed case of tests/transcripts, fed whole, in bursts, by byte and ragged."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hardware.replay import semantic_events

CORPUS = Path(__file__).parent.parent / "transcripts"


def _runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("replay_check", CORPUS / "replay_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RUNNER = _runner()
CASES: dict[str, dict[str, Any]] = {path.stem: RUNNER.load_case(str(path)) for path in sorted(CORPUS.glob("*.json"))}


def problems(name: str) -> dict[str, str]:
    """What is wrong with the case, by way of feeding."""
    case = CASES[name]
    wanted = {"mode", "commands"}
    found = {}
    for feed, chunks in RUNNER.feedings(case, ("whole", "bursts", "bytes", "ragged"), seeds=3):
        problem = RUNNER.call(semantic_events, wanted, case, chunks, limit=30.0)
        if problem:
            found[feed] = problem
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_case_is_read_in_every_feeding(name: str) -> None:
    assert problems(name) == {}


def test_the_corpus_is_whole() -> None:
    logs = {path.stem for path in CORPUS.glob("*.log")}
    assert logs == set(CASES)
    assert f"{len(CASES)} cases in" in (CORPUS / "CATALOGUE.md").read_text(encoding="utf-8")
