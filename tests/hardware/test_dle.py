"""Shielding of samples and codes, in both directions and cut anywhere."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.dle import DLE, ETX, Token, Unshielder, shield

# Bytes among which pairs, ends and codes are frequent.
near_codes = st.lists(st.sampled_from([0x10, 0x10, 0x10, 0x03, 0x1A, 0x0A, 0x0D, 0x80, ord("b"), ord("X")])).map(bytes)
any_bytes = st.one_of(st.binary(max_size=200), near_codes)


def tokens_of(pieces: list[bytes]) -> list[Token]:
    """Tokens of bytes read in pieces; plain runs that touch across pieces are joined."""
    unshielder = Unshielder()
    tokens: list[Token] = []
    for piece in pieces:
        for token in unshielder.feed(piece):
            if tokens and isinstance(token, bytes) and isinstance(last := tokens[-1], bytes):
                tokens[-1] = last + token
            else:
                tokens.append(token)
    return tokens


def cut(data: bytes, chance: random.Random) -> list[bytes]:
    pieces, at = [], 0
    while at < len(data):
        end = chance.randint(at, min(len(data), at + 5))  # empty reads too
        pieces.append(data[at:end])
        at = end
    return pieces


@pytest.mark.parametrize(
    ("wire", "tokens"),
    [
        (b"\x80\x10\x10\x81", [b"\x80\x10\x81"]),
        (b"\x80\x10\x1a\x81", [b"\x80\x10\x10\x81"]),  # SUB: a pair of DLEs
        (b"\x10\x10b", [b"\x10b"]),  # not busy: CallAttendantNext read it so
        (b"\x10\x10\x10b", [b"\x10", ord("b")]),
        (b"\x10\x10\x10\x03", [b"\x10", ETX]),  # the last sample is a DLE
        (b"\x10\x10\n\x10\x10\r", [b"\x10\n\x10\r"]),  # pycallblock lost the line feed
        (b"\x80\x10z\x81", [b"\x80", ord("z"), b"\x81"]),
        (b"\x10\xb2\x81", [0xB2, b"\x81"]),
        (b"\x10XNMBR=1\r\n\x10.", [ord("X"), b"NMBR=1\r\n", ord(".")]),
        (b"\x81\x10", [b"\x81"]),  # cut off right behind a DLE: that one is no sample
        (b"", []),
    ],
)
def test_samples_and_codes_are_told_apart_at_every_cut(wire: bytes, tokens: list[Token]) -> None:
    assert tokens_of([wire]) == tokens
    assert tokens_of([wire[n : n + 1] for n in range(len(wire))]) == tokens
    for at in range(len(wire)):
        assert tokens_of([wire[:at], b"", wire[at:]]) == tokens


def test_each_dle_among_samples_is_written_twice() -> None:
    assert shield(b"\x80\x10\x10\x81") == b"\x80\x10\x10\x10\x10\x81"


def test_a_dle_forgotten_makes_no_code_of_what_follows() -> None:
    unshielder = Unshielder()
    assert unshielder.feed(b"\x10") == []
    assert unshielder.pending
    unshielder.forget()
    assert unshielder.feed(b"RING") == [b"RING"]


def test_a_hundred_kilobytes_of_dle_are_read_in_one_go() -> None:
    assert tokens_of([bytes([DLE]) * 100_000]) == [bytes([DLE]) * 50_000]


@given(st.binary(max_size=400), st.randoms(use_true_random=False))
def test_what_is_shielded_comes_back_under_any_cut(samples: bytes, chance: random.Random) -> None:
    assert b"".join(t for t in tokens_of(cut(shield(samples), chance)) if isinstance(t, bytes)) == samples


@given(st.lists(st.tuples(st.binary(max_size=20), st.sampled_from([*b"bsd/~59*\x03XR.!"]))))
def test_samples_and_the_codes_between_them_are_kept_apart(steps: list[tuple[bytes, int]]) -> None:
    wire = b"".join(shield(samples) + bytes((DLE, code)) for samples, code in steps)
    tokens = tokens_of([wire])
    assert b"".join(t for t in tokens if isinstance(t, bytes)) == b"".join(samples for samples, _ in steps)
    assert [t for t in tokens if isinstance(t, int)] == [code for _, code in steps]


@given(any_bytes, st.randoms(use_true_random=False))
def test_a_cut_changes_no_token_of_any_bytes(data: bytes, chance: random.Random) -> None:
    assert tokens_of(cut(data, chance)) == tokens_of([data])


@given(any_bytes)
def test_nothing_is_made_up(data: bytes) -> None:
    tokens = tokens_of([data])
    assert sum(len(t) if isinstance(t, bytes) else 2 for t in tokens) <= len(data)
    assert DLE not in tokens
