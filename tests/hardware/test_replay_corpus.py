"""Every captured, documented and constructed case of tests/transcripts, fed whole, in bursts, by byte and ragged.

What is not read yet is listed by name. The list is held to: a case on it that begins to pass, or one that is not on
it and fails, both fail here.
"""

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

SOUND = "sound streams and their events are not decoded yet"
SHIELDED = "shielded codes outside a stream (class 8) are not decoded yet"
RAW = "raw Caller ID messages in hex are not decoded yet"
WAITING = "message-waiting notices are not told yet"
DTMF = "Caller ID as a string of DTMF digits is not decoded yet"

# For the next issue: case -> why it is left out.
LEFT_OUT: dict[str, str] = {
    **dict.fromkeys(
        [
            "vrx-doubled-dle",
            "vrx-all-byte-values",
            "vrx-false-silence",
            "vrx-ends-on-escaped-sample",
            "vrx-two-seconds-of-speech",
            "vrx-false-busy",
            "vrx-escaped-sample-before-line-feed",
            "vrx-busy-twice",
            "vrx-extension-picked-up",
            "vrx-dial-tone",
            "vrx-fax-calling",
            "vrx-overrun",
            "vrx-unknown-code",
            "vrx-loop-break",
            "vrx-handset-up-and-down",
            "vrx-busy-letter-k",
            "vrx-key-held",
            "vrx-key-with-sound-between",
            "vrx-digits-without-marks",
            "vrx-quiet-then-vcon",
            "vrx-recording-then-ring",
            "vrx-cut-off-without-end",
            "vrx-text-inside-sound",
        ],
        SOUND,
    ),
    **dict.fromkeys(
        [
            "dtmf-three-key-presses-of-zero",
            "dtmf-off-hook-before-stream",
            "vtx-underrun-twice",
            "vtx-key-during-greeting",
            "mac-motorola-two-complex-reports",
        ],
        SHIELDED,
    ),
    **dict.fromkeys(
        [
            "mesg-hex-with-blanks",
            "silabs-vcidr-wrapped-hex",
            "real-fsk-no-name-two-calls",
            "real-fsk-name-padded",
            "mdmf-private-both",
            "mdmf-number-without-name",
            "mdmf-name-before-number",
            "mdmf-uk-call-type-first",
            "mdmf-leading-plus",
            "mdmf-verified-label",
            "mdmf-quotes-comma-equals",
            "mdmf-impossible-date",
            "mdmf-dialable-number",
            "mdmf-both-numbers",
            "mdmf-out-of-area-both",
            "mdmf-number-only",
            "mdmf-fifteen-digits",
            "mdmf-empty-number-parameter",
            "mdmf-fifty-character-name",
            "mdmf-ring-in-the-name",
            "sdmf-number",
            "sdmf-private",
            "mdmf-two-copies",
            "mdmf-bad-copy-then-good",
            "mdmf-truncated-then-good",
        ],
        RAW,
    ),
    **dict.fromkeys(
        [
            "mwi-on-mesg-sdmf",
            "mwi-on-mdmf-hex",
            "mwi-off-mdmf-hex",
            "mwi-off-sdmf-hex",
            "mwi-on-mesg-parameter",
        ],
        WAITING,
    ),
    **dict.fromkeys(
        [
            "dtmf-a-number-c",
            "dtmf-b00",
            "dtmf-d1-hash",
            "dtmf-a-number-hash",
            "dtmf-d-number-c",
            "dtmf-b10",
            "dtmf-d2-hash",
        ],
        DTMF,
    ),
}

# A number that is not sent as formatted text; everything else of the corpus must be read.
KINDS_WITH_CASES_LEFT_OUT = {
    "voice-escape",
    "voice-event",
    "voice-dtmf",
    "voice-end",
    "voice-lookalike",
    "vtx",
    "class8-dle",
    "hex-mdmf",
    "hex-sdmf",
    "hex-damaged",
    "message-waiting",
    "dtmf-clip",
}


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


@pytest.mark.parametrize("name", [name for name in CASES if name not in LEFT_OUT])
def test_the_case_is_read_in_every_feeding(name: str) -> None:
    assert problems(name) == {}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_the_case_left_out_is_there_and_still_fails(name: str) -> None:
    assert problems(name), f"{name} passes now: take it off the list"


def test_only_kinds_that_are_not_formatted_text_are_left_out() -> None:
    assert {CASES[name]["kind"] for name in LEFT_OUT} == KINDS_WITH_CASES_LEFT_OUT


def test_the_corpus_is_whole() -> None:
    logs = {path.stem for path in CORPUS.glob("*.log")}
    assert logs == set(CASES)
    assert f"{len(CASES)} cases in" in (CORPUS / "CATALOGUE.md").read_text(encoding="utf-8")
