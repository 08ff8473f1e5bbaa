"""The simulator's own encoders of Caller ID, held to messages whose octets are known from elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.events import Absence
from hardware.simulator.signalling import DANISH, DUTCH, HASHED, NORDIC, DtmfVariant
from hardware.simulator.signalling_dtmf import digits
from hardware.simulator.signalling_fsk import Damage, Kind, Parameter, copies, message, multiple, single, sound, waiting

NUMBER = b"2125550123"
WHOLE = multiple([(Parameter.TIME, b"12241859"), (Parameter.NUMBER, NUMBER)])


@pytest.mark.parametrize(
    ("built", "known"),
    [
        # Transcripts of modems that print messages as they come.
        (WHOLE, "801601083132323431383539020A32313235353530313233BB"),
        (single(b"03211409", b"P"), "04093033323131343039500F"),
        (waiting(True, single_format=True), "060342424231"),
        (waiting(False, single_format=True), "06036F6F6FAA"),
        (waiting(True, single_format=False), "82030B01FF70"),
        (waiting(False, single_format=False), "82030B01006F"),
        (
            multiple([(0x01, b"09111621"), (0x02, b"5125550134"), (0x07, b"JANE_ROE")]),
            "8020010830393131313632310 20A35313235353530313334070 84A414E455F524F4545".replace(" ", ""),
        ),
    ],
)
def test_messages_are_those_that_networks_send(built: bytes, known: str) -> None:
    assert built.hex().upper() == known
    assert sound(built)


@given(st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=300)), max_size=20))
def test_whatever_is_put_into_a_message_it_stays_one_with_a_right_checksum(parameters: list[tuple[int, bytes]]) -> None:
    built = multiple(parameters)
    assert sound(built)
    assert built[0] == Kind.MULTIPLE
    assert len(built) <= 258


def test_a_body_too_long_for_its_length_octet_is_refused() -> None:
    with pytest.raises(ValueError, match="255"):
        message(Kind.SINGLE, bytes(256))


@given(st.binary(max_size=40).map(lambda body: message(Kind.MULTIPLE, body)), st.binary(max_size=4))
def test_damage_never_leaves_a_message_sound_unless_it_says_so(whole: bytes, number: bytes) -> None:
    for damage in (Damage.BIT_FLIPPED, Damage.CHECKSUM, Damage.TRUNCATED):
        assert [sound(copy) for copy in copies(whole, damage, number)] == [False]
    assert copies(whole, None, number) == (whole,)
    assert copies(whole, Damage.TWICE, number) == (whole, whole)
    assert [sound(copy) for copy in copies(whole, Damage.BAD_THEN_GOOD, number)] == [False, True]
    assert copies(whole, Damage.SEIZURE_ONLY, number) == ()


def test_a_flipped_bit_makes_another_number_that_looks_as_good() -> None:
    (copy,) = copies(WHOLE, Damage.BIT_FLIPPED, NUMBER)
    assert b"2125550122" in copy
    assert copy[-1] == WHOLE[-1]


@pytest.mark.parametrize(
    ("variant", "number", "absence", "string"),
    [
        (NORDIC, "0201234567", None, "A0201234567C"),
        (NORDIC, None, Absence.PRIVATE, "B10C"),
        (NORDIC, None, Absence.UNAVAILABLE, "B00C"),
        (HASHED, "20000142", None, "A20000142#"),
        (HASHED, None, Absence.PRIVATE, "D1#"),
        (HASHED, None, None, "D3#"),
        (DUTCH, "0201234568", None, "D0201234568C"),
        (DUTCH, None, Absence.PRIVATE, "D0000000000C"),
        (DANISH, "20000142", None, "20000142#"),
        (DANISH, None, Absence.PRIVATE, "D1#"),
        (NORDIC, "+46 20 000 01", None, "A462000001C"),
        (NORDIC, "1" * 30, None, "A" + "1" * 15 + "C"),
        (NORDIC, "no number", None, "B00C"),
    ],
)
def test_tones_spell_the_number_as_each_country_does(
    variant: DtmfVariant, number: str | None, absence: Absence | None, string: str
) -> None:
    assert digits(variant, number, absence, None) == string


def test_who_passed_a_call_on_is_told_where_there_is_a_place_for_it() -> None:
    assert digits(NORDIC, "0201234567", None, "0201234599") == "A0201234567D0201234599C"
    assert digits(DUTCH, "0201234567", None, "0201234599") == "D0201234567C"
