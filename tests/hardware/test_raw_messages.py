"""Pieces, copies and damage of raw messages: one good copy is told, damage once, and no number is ever made up."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.events import CallerNumberReceived
from hardware.fields import Field, Kind
from hardware.mdmf import Damaged
from hardware.raw_messages import COPY_WAIT, SAME_CALL, RawMessages, messages_in

from . import caller_id_sender as sender
from .caller_id_sender import PLAIN, SINGLE

NOTICE = sender.message(0x06, b"BBB")
OTHER = sender.mdmf((sender.MOMENT, b"01171453"), (sender.CALLER, b"2025550171"))


def number_of(fields: tuple[Field, ...]) -> str | None:
    value = dict(fields).get(Kind.NUMBER)
    return value.number if isinstance(value, CallerNumberReceived) else None


def heard(*pieces: bytes) -> tuple[list[str | None], Damaged | None]:
    """The numbers of the good messages, and the damage told once nothing more comes."""
    raw = RawMessages()
    numbers = [number_of(fields) for piece in pieces for fields in raw.take(piece, 0.0)]
    if numbers:
        raw.reported(0.0)
    due = raw.due()
    damage = None if due is None else raw.advance(due)
    assert not raw.open
    assert raw.missing == 0
    return numbers, damage


def test_a_whole_message_is_told_at_once_and_nothing_is_waited_for() -> None:
    for piece in (PLAIN, PLAIN + PLAIN[:20]):
        raw = RawMessages()
        assert len(raw.take(piece, 0.0)) == 1
        assert raw.missing == 0
        assert raw.due() is None


@pytest.mark.parametrize("count", [1, 2, 7, 8, 16, 30])
def test_a_wrapped_message_is_told_when_it_is_whole(count: int) -> None:
    for data in (PLAIN, sender.RICH, sender.with_even_parity(PLAIN)):
        pieces = [data[n : n + count] for n in range(0, len(data), count)]
        raw = RawMessages()
        for piece in pieces[:-1]:
            assert raw.take(piece, 0.0) == []
            assert raw.missing
        assert len(raw.take(pieces[-1], 0.0)) == 1


def test_copies_on_lines_of_their_own_and_on_one_line_are_each_told() -> None:
    assert heard(PLAIN, PLAIN) == (["2025550117"] * 2, None)
    assert heard(PLAIN + PLAIN + PLAIN) == (["2025550117"] * 3, None)
    assert heard(b"\x55" * 30 + PLAIN) == (["2025550117"], None)


def test_a_good_copy_makes_up_for_any_bad_one() -> None:
    for bad in (*sender.flips(PLAIN)[::5], *(PLAIN[:length] for length in range(4, len(PLAIN)))):
        assert heard(bad, PLAIN) == (["2025550117"], None), bad
        assert heard(PLAIN, bad) == (["2025550117"], None), bad
        assert heard(bad, bad, PLAIN) == (["2025550117"], None), bad


def test_a_bad_copy_that_kept_its_length_and_a_good_one_may_share_a_line() -> None:
    bad = PLAIN[:9] + b"9" + PLAIN[10:]
    assert heard(bad + PLAIN) == (["2025550117"], None)
    assert heard(PLAIN + bad) == (["2025550117"], None)
    assert heard(PLAIN + PLAIN[:20]) == (["2025550117"], None)


def test_a_wrapped_copy_behind_one_cut_short_is_read() -> None:
    lines = [PLAIN[n : n + 16] for n in range(0, len(PLAIN), 16)]
    assert heard(lines[0], *lines) == (["2025550117"], None)


def test_a_message_of_another_call_is_not_taken_for_the_rest_of_one() -> None:
    assert heard(PLAIN[:14], OTHER) == (["2025550171"], None)
    assert heard(PLAIN[:14], SINGLE) == (["2125550140"], None)


@pytest.mark.parametrize("data", sender.CALLS)
def test_no_bit_lost_gives_a_report(data: bytes) -> None:
    for flipped in sender.flips(data):
        numbers, damage = heard(flipped)
        assert numbers == []
        # Seen as a notice of waiting messages (04 and 80 with one bit more) a short one would be of no call.
        assert damage is not None


@pytest.mark.parametrize("data", sender.CALLS)
def test_no_message_cut_short_gives_a_report(data: bytes) -> None:
    for length in range(1, len(data)):
        numbers, damage = heard(data[:length])
        assert numbers == []
        assert damage is not None
        assert "cut short" in damage.why


def test_other_whole_messages_behind_the_first_are_read() -> None:
    notice = bytes.fromhex("82030B01FF70")
    nameless = sender.mdmf((sender.MOMENT, b"01171452"), (sender.CALLER, b"2025550117"))
    assert heard(PLAIN + notice) == (["2025550117", None], None)
    assert heard(notice + PLAIN) == ([None, "2025550117"], None)
    assert heard(PLAIN + SINGLE) == (["2025550117", "2125550140"], None)
    assert heard(nameless + PLAIN) == (["2025550117"] * 2, None)
    assert heard(PLAIN + PLAIN + notice + b"\xff\xff") == (["2025550117"] * 2 + [None], None)
    assert heard(PLAIN[:-1] + b"\x00" + notice) == ([None], None)
    numbers, damage = heard(PLAIN + notice[:-1] + b"\x00")  # then the first may be none either
    assert numbers == []
    assert damage is not None


def test_a_byte_that_a_line_end_cut_in_two_is_read() -> None:
    raw = RawMessages()
    assert raw.take(PLAIN[:20], 0.0, "3") == []
    assert raw.half == "3"
    assert len(raw.take(PLAIN[20:], 0.0)) == 1
    assert raw.half == ""


def test_what_follows_a_message_tells_a_damaged_length() -> None:
    # A length that lost a bit, over a body whose beginning is right by itself.
    inner = sender.parameter(sender.CALLER, b"2025550117")
    checksum = -(0x80 + len(inner) + sum(inner)) % 256
    body = inner + bytes([checksum]) + b"ABC"
    data = bytes([0x80, len(inner)]) + body + b"\x99"
    numbers, damage = heard(data)
    assert numbers == []
    assert damage is not None
    assert heard(data[: len(inner) + 3] + b"\xff\xff") == (["2025550117"], None)  # the marks of an idle line


def test_damaged_notices_of_waiting_messages_are_of_no_call() -> None:
    assert heard(NOTICE[:-1] + b"\x32") == ([], None)
    assert heard(NOTICE[:4]) == ([], None)


def test_the_copy_of_which_most_could_be_read_is_told() -> None:
    _, damage = heard(PLAIN[:14], PLAIN[:-1] + b"\x00", PLAIN[:14])
    assert damage is not None
    assert number_of(damage.fields) == "2025550117"


def test_damage_is_told_once_a_call_and_again_in_the_next() -> None:
    raw = RawMessages()
    bad = PLAIN[:-1] + b"\x00"
    told = []
    for second in (0.0, 0.1, 5.0, 10.0, 15.0, 15.0 + SAME_CALL + 0.1):
        raw.take(bad, second)
        due = raw.due()
        assert due == second + COPY_WAIT
        told.append(raw.advance(due) is not None)
    assert told == [True, False, False, False, False, True]


def damage_told(*script: tuple[float, bytes | None]) -> list[str | None]:
    """The numbers of the damage told, of messages (None: a ring) each at its second. Good ones are reported."""
    raw, told = RawMessages(), []
    for second, piece in (*script, (1000.0, None)):
        due = raw.due()
        if due is not None and due < second and (damage := raw.advance(due)) is not None:
            told.append(number_of(damage.fields))
        if piece is None:
            raw.rang(second)
            continue
        for fields in raw.take(piece, second):
            raw.reported(second, number_of(fields))
    return told


def test_a_damaged_message_long_after_the_last_ring_of_a_reported_call_is_another_calls() -> None:
    bad = PLAIN[:-1] + b"\x00"
    # Britain: the message comes before the ring. The first call rang once, at 0.5 s.
    assert damage_told((0.0, PLAIN), (0.5, None), (7.9, bad), (8.4, None)) == ["2025550117"]
    assert damage_told((0.0, bad), (0.5, None), (7.9, bad), (8.4, None)) == ["2025550117"] * 2
    assert damage_told((0.0, PLAIN), (6.0, None), (9.5, bad), (12.0, None), (15.5, bad)) == []


def test_a_damaged_message_that_names_another_caller_than_was_told_is_another_calls() -> None:
    other = OTHER[:-1] + b"\x00"
    assert damage_told((0.0, None), (1.0, PLAIN), (8.0, None), (9.0, other)) == ["2025550171"]
    assert damage_told((0.0, None), (1.0, PLAIN), (8.0, None), (9.0, other), (9.1, other)) == ["2025550171"]
    assert damage_told((0.0, None), (1.0, PLAIN), (8.0, None), (9.0, PLAIN[:-1]), (9.1, other)) == []
    assert damage_told((0.0, None), (1.0, PLAIN), (1.3, other)) == []  # one burst
    one_bit = PLAIN[:22] + bytes([PLAIN[22] ^ 1]) + PLAIN[23:]
    assert damage_told((0.0, None), (1.0, PLAIN), (6.0, None), (7.0, one_bit)) == []


def test_rings_hold_a_call_together() -> None:
    raw = RawMessages()
    raw.spoil(Damaged("Lost."), 0.0)
    assert raw.advance(COPY_WAIT) == Damaged("Lost.")
    for second in (6.0, 12.0, 18.0):
        raw.rang(second)
    raw.spoil(Damaged("Lost."), 19.0)
    assert raw.advance(21.0) is None


def test_nothing_is_told_before_its_time() -> None:
    raw = RawMessages()
    raw.spoil(Damaged("Lost."), 3.0)
    assert raw.advance(3.0 + COPY_WAIT - 0.01) is None
    assert raw.open


@given(st.sampled_from(sender.CALLS), st.randoms(use_true_random=False))
def test_however_a_message_is_wrapped_it_says_the_same(data: bytes, chance: random.Random) -> None:
    ends = [*sorted(chance.sample(range(2, len(data)), chance.randint(1, 6))), len(data)]
    pieces = [data[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    assert heard(*pieces)[0] == heard(data)[0]


@given(
    st.lists(st.one_of(st.binary(min_size=1, max_size=300), st.sampled_from([PLAIN, PLAIN[:9], b"\x80", b"\x04\x12"])))
)
def test_any_pieces_are_read_without_raising_and_little_is_held(pieces: list[bytes]) -> None:
    raw = RawMessages()
    for piece in pieces:
        raw.take(piece, 0.0)
        assert raw.missing <= 258
        assert raw._begun is None or len(raw._begun.data) < 258
        messages_in(piece)


@given(st.sampled_from(sender.CALLS), st.integers(0, 400), st.binary(min_size=1, max_size=4))
def test_bytes_overwritten_never_give_another_number_unless_the_sum_is_right(
    data: bytes, place: int, over: bytes
) -> None:
    place %= len(data)
    spoiled = data[:place] + over + data[place + len(over) :]
    numbers, _ = heard(spoiled)
    assert spoiled == data or not numbers or sum(spoiled) % 256 == 0
