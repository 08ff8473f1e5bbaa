import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.cadence import CADENCES
from hardware.events import CallerIdReported, RingDetected, WireEvent
from hardware.protocol import ModemProtocol
from hardware.ring_pattern import FRESH, LONGEST_PAUSE, RingCadence, pattern_of

Chunk = tuple[float, bytes]


def told(*chunks: Chunk) -> list[tuple[float, WireEvent]]:
    """The events of these reads, each with its time, and what comes when the modem then is silent."""
    protocol = ModemProtocol()
    events: list[tuple[float, WireEvent]] = []
    for at, data in (*chunks, (chunks[-1][0] + 20.0, b"")):
        while (due := protocol.deadline()) is not None and due < at:
            events += [(due, event) for event in protocol.advance(due)]
        events += [(at, event) for event in protocol.receive_data(data, at)]
    return events


def rings(*chunks: Chunk) -> list[tuple[float, str | None]]:
    return [(round(at, 1), event.pattern) for at, event in told(*chunks) if isinstance(event, RingDetected)]


@pytest.mark.parametrize(
    ("bursts", "name"),
    [([20], "1"), ([8, 8], "2"), ([4, 4, 8], "3"), ([3, 10, 3], "SLS"), ([3, 3, 4], "3"), ([5] * 9, "9"), ([], None)],
)
def test_a_ring_is_named_by_its_bursts_and_short_long_short_by_its_shape(bursts: list[int], name: str | None) -> None:
    assert pattern_of(bursts) == name


def test_ring_behind_the_last_burst_is_given_the_pattern() -> None:
    # MultiTech S000263C, page 116: AT+VDR=1,5, half a second behind the last DRON.
    first = [(0.8, b"DROF=40\r\nDRON=8\r\n"), (1.2, b"DROF=4\r\n"), (2.0, b"DRON=8\r\n"), (2.5, b"RING\r\n")]
    again = [(at + 6.0, data) for at, data in first]
    assert rings(*first, *again) == [(2.5, "2"), (8.5, "2")]


def test_what_users_of_a_usr_5637_saw_for_their_door_and_for_a_call_is_told_apart() -> None:
    assert rings((0.0, b"DROF=38\r\nDRON=3\r\nDROF=2\r\nDRON=3\r\nDROF=2\r\nDRON=4\r\nRING\r\n")) == [(0.0, "3")]
    assert rings((0.0, b"DROF=38\r\nDRON=14\r\nRING\r\n")) == [(0.0, "1")]


def test_shielded_reports_and_rings_of_voice_class_are_told_alike() -> None:
    assert rings((0.0, b"\x10XDROF=40\r\nDRON=8\r\nDROF=4\r\nDRON=8\r\n\x10.\x10R")) == [(0.0, "2")]


def test_the_first_ring_of_a_lucent_that_prints_ring_with_the_second_is_not_lost() -> None:
    chunks = [(2.0, b"DRON=20\r\n"), (6.0, b"DROF=40\r\n\r\nRING\r\n"), (8.0, b"DRON=20\r\n")]
    assert rings(*chunks) == [(2.0 + LONGEST_PAUSE, "1"), (6.0, "1")]
    chunks += [(12.0, b"DROF=40\r\n\r\nRING\r\n"), (14.0, b"DRON=20\r\n")]
    assert [pattern for _, pattern in rings(*chunks)] == ["1", "1", "1"]


def test_a_call_of_one_ring_without_any_ring_line_is_seen() -> None:
    assert rings((2.0, b"DRON=20\r\n")) == [(3.3, "1")]


def test_rings_are_counted_by_their_cadence_where_the_modem_never_says_ring() -> None:
    chunks = [(0.8, b"DRON=8\r\n"), (1.2, b"DROF=4\r\n"), (2.0, b"DRON=8\r\n"), (6.0, b"DROF=40\r\n"),
              (6.8, b"DRON=8\r\n"), (7.2, b"DROF=4\r\n"), (8.0, b"DRON=8\r\n")]  # fmt: skip
    assert rings(*chunks) == [(3.3, "2"), (9.3, "2")]
    # The same, read at once by a machine that was busy.
    assert [pattern for _, pattern in rings((9.0, b"".join(data for _, data in chunks)))] == ["2", "2"]


def test_two_bursts_a_second_apart_are_one_ring() -> None:
    # NCID's notes on Lucent: DRON=5 DROF=11 DRON=5 DROF=34.
    assert rings((0.5, b"DRON=5\r\n"), (1.6, b"DROF=11\r\n"), (2.1, b"DRON=5\r\n")) == [(3.4, "2")]
    assert rings((0.0, b"DRON=5 DROF=11 DRON=5 DROF=34\r\nRING\r\n")) == [(0.0, "2")]


def test_a_modem_that_rings_first_and_measures_then_tells_the_pattern_with_the_next_ring() -> None:
    chunks = [(0.0, b"RING\r\n"), (2.0, b"DRON=20\r\n"), (6.0, b"DROF=40\r\nRING\r\n"), (8.0, b"DRON=20\r\n")]
    assert rings(*chunks) == [(0.0, None), (6.0, "1")]


def test_the_pattern_of_one_call_is_never_that_of_the_next() -> None:
    first = [(0.8, b"DRON=8\r\n"), (1.2, b"DROF=4\r\n"), (2.0, b"DRON=8\r\n"), (2.5, b"RING\r\n")]
    assert rings(*first, (2.5 + FRESH + 1.0, b"RING\r\n"))[-1] == (11.0, None)


def test_a_letter_behind_ring_counts_more_than_the_cadence() -> None:
    assert rings((0.0, b"DRON=8\r\nRING B\r\n")) == [(0.0, "B")]


def test_a_cadence_line_in_a_report_neither_ends_nor_spoils_it() -> None:
    events = [event for _, event in told((0.0, b"\r\nNMBR=2025550143\r\nDRON=20\r\nNAME=OAKES\r\n"))]
    assert CallerIdReported(number="2025550143", name="OAKES") in events
    assert events.count(RingDetected("1")) == 1


def test_the_pause_within_a_ring_is_shorter_than_any_pause_between_two() -> None:
    for cadence in CADENCES.values():
        assert cadence.pattern[-1] > LONGEST_PAUSE + 0.5
        assert all(pause < LONGEST_PAUSE for pause in cadence.pattern[1:-1:2])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["DRON=20", "DRON=8", "DROF=4", "DROF=40", "RING", "DRON=9999", "DROF=0 DRON=0", "DRON="]),
            st.floats(0.0, 9.0),
        ),
        max_size=40,
    )
)
def test_no_ring_that_is_printed_is_lost_and_nothing_stays_due(lines: list[tuple[str, float]]) -> None:
    cadence, now, printed, found = RingCadence(), 0.0, 0, 0
    for text, pause in lines:
        now += pause
        found += len(cadence.advance(now))
        if text == "RING":
            pattern = cadence.rang(now)
            assert pattern is None or pattern.isalnum()
            printed += 1
            found += 1
        found += len(cadence.take(text, now))
    due = cadence.due()
    if due is not None:
        found += len(cadence.advance(due))
    assert cadence.due() is None
    assert printed <= found <= printed + sum(text.count("DRON=") for text, _ in lines)


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    cadence = RingCadence()
    assert cadence.take(text, 0.0) == []
    cadence.rang(0.0)
