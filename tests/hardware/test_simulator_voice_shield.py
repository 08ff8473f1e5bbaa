from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.simulator.voice_shield import Part, Unshielder, shield


def taken(*pieces: bytes) -> tuple[bytes, list[bytes]]:
    """The samples and the codes in bytes that came in these pieces."""
    unshielder = Unshielder()
    parts = [part for piece in pieces for part in unshielder.parts(piece)]
    return b"".join(part.samples for part in parts), [part.code for part in parts if part.code]


@given(st.binary(), st.lists(st.integers(min_value=0, max_value=600), max_size=6), st.booleans())
def test_shielded_samples_come_back_however_they_are_cut(samples: bytes, cuts: list[int], as_sub: bool) -> None:
    wire = shield(samples, pairs_as_sub=as_sub)
    edges = [0, *sorted(min(cut, len(wire)) for cut in cuts), len(wire)]
    assert taken(*(wire[a:b] for a, b in pairwise(edges))) == (samples, [])


@given(st.lists(st.one_of(st.binary(max_size=5), st.sampled_from([b"\x10!", b"\x10\x03", b"\x10\x18", b"\x10"]))))
def test_any_bytes_are_taken_apart_the_same_byte_by_byte(pieces: list[bytes]) -> None:
    wire = b"".join(pieces)
    assert taken(wire) == taken(*(bytes([octet]) for octet in wire))


@pytest.mark.parametrize(
    ("samples", "as_sub", "wire"),
    [
        (b"a\x10b", False, b"a\x10\x10b"),
        (b"\x10\x10", False, b"\x10\x10\x10\x10"),
        (b"\x10\x10", True, b"\x10\x1a"),
        (b"\x10\x10\x10", True, b"\x10\x1a\x10\x10"),
        (b"\x10b", True, b"\x10\x10b"),
    ],
)
def test_a_sample_of_the_value_of_dle_is_shielded(samples: bytes, as_sub: bool, wire: bytes) -> None:
    assert shield(samples, pairs_as_sub=as_sub) == wire


def test_a_part_says_where_it_ended_so_that_commands_behind_a_stream_are_not_lost() -> None:
    assert list(Unshielder().parts(b"ab\x10\x03AT")) == [
        Part(b"ab", b"", 3),
        Part(b"", b"\x03", 4),
        Part(b"AT", b"", 6),
    ]
