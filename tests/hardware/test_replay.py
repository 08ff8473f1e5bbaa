"""Reading a captured log, and its events with their times."""

import json
from pathlib import Path

import pytest

from hardware.errors import HardwareError
from hardware.events import CallerIdReported, CallerNumberReceived, RingDetected
from hardware.replay import CaptureError, read_log, replay_events, semantic_events

LOG = b"\r\nRING\r\n\r\nNMBR=2025550117\r\n"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "call.log"
    path.write_bytes(LOG)
    return path


def test_a_log_alone_is_one_burst_at_second_zero(log: Path) -> None:
    assert read_log(log) == [(0.0, LOG)]


def test_the_timing_beside_a_log_cuts_it_into_bursts(log: Path) -> None:
    log.with_suffix(".json").write_text(json.dumps({"timing": [[0, 0], [1.5, 8]]}))
    assert read_log(log) == [(0.0, LOG[:8]), (1.5, LOG[8:])]


def test_a_description_without_timing_gives_one_burst(log: Path) -> None:
    log.with_suffix(".json").write_text("{}")
    assert read_log(log) == [(0.0, LOG)]


@pytest.mark.parametrize(
    "description",
    [
        "",
        "[]",
        "\xff",
        '{"timing": []}',
        '{"timing": 5}',
        '{"timing": [[0, 1]]}',
        '{"timing": [["x", 0]]}',
        '{"timing": [[0, 0], [1, 999]]}',
        '{"timing": [[0, 0], [1, 8], [0.5, 9]]}',
        '{"timing": [[0, 0], [NaN, 8]]}',
    ],
)
def test_timing_that_does_not_fit_is_named_as_such(log: Path, description: str) -> None:
    log.with_suffix(".json").write_text(description, encoding="latin-1")
    with pytest.raises(CaptureError, match=r"call\.json") as caught:
        read_log(log)
    assert isinstance(caught.value, HardwareError)
    assert isinstance(caught.value, ValueError)


def test_a_log_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_log(tmp_path / "none.log")


def test_events_carry_the_second_at_which_a_listener_would_have_them() -> None:
    chunks = [(0.0, LOG[:8]), (1.5, LOG[8:]), (6.0, LOG[:8])]
    assert replay_events(chunks) == [
        (0.0, RingDetected()),
        (1.5, CallerNumberReceived("2025550117", None)),
        (2.0, CallerIdReported("2025550117")),
        (6.0, RingDetected()),
    ]


def test_a_sound_stream_is_not_read_as_text() -> None:
    assert semantic_events([(0.0, b"\r\nCONNECT\r\n\r\nRING\r\n")], mode="voice-receive") == [
        {"event": "result", "code": "CONNECT"},
        {"event": "audio", "bytes": 8, "data": b"\r\nRING\r\n"},
        {"event": "end_of_stream"},
    ]


def test_what_was_said_to_a_recording_in_shielded_codes_has_the_names_of_the_catalogue() -> None:
    data = b"\r\nCONNECT\r\n\x10P\x10p\x10H\x10h\x10/\x105\x10~\x10u\x10\x03\r\nVCON\r\n"
    assert semantic_events([(0.0, data)], mode="voice-receive") == [
        {"event": "result", "code": "CONNECT"},
        {"event": "handset_off_hook"},
        {"event": "handset_on_hook"},
        {"event": "handset_off_hook"},
        {"event": "handset_on_hook"},
        {"event": "dtmf", "digit": "5"},
        {"event": "underrun"},
        {"event": "end_of_stream"},
        {"event": "result", "code": "VCON"},
    ]


def test_message_waiting_is_described_with_its_lamp() -> None:
    assert semantic_events([(0.0, b"MESG = 060342424231\r\n")]) == [{"event": "message_waiting", "on": True}]


def test_echoes_of_the_commands_given_are_no_information() -> None:
    data = b"ATI3\r\r\nV1\r\nOK\r\n"
    assert semantic_events([(0.0, data)], commands=["ATI3"]) == [
        {"event": "info", "text": "V1"},
        {"event": "result", "code": "OK"},
    ]
