import threading

from hypothesis import given
from hypothesis import strategies as st

from hardware.tape import Direction, Tape, TapeEntry

READ, WRITTEN = Direction.READ, Direction.WRITTEN


def test_what_passed_is_kept_in_order_with_its_time_and_direction() -> None:
    tape = Tape()
    tape.add(WRITTEN, b"AT\r", 1.0)
    tape.add(READ, b"\r\nOK\r\n", 1.25)
    assert tape.entries() == (TapeEntry(1.0, WRITTEN, b"AT\r"), TapeEntry(1.25, READ, b"\r\nOK\r\n"))


def test_the_oldest_fall_off_when_there_are_too_many_bytes() -> None:
    tape = Tape(max_bytes=10)
    for second in range(5):
        tape.add(READ, b"four", float(second))
    assert [entry.at for entry in tape.entries()] == [3.0, 4.0]


def test_the_oldest_fall_off_when_there_are_too_many_entries() -> None:
    tape = Tape(max_entries=3)
    for second in range(5):
        tape.add(READ, b"x", float(second))
    assert [entry.at for entry in tape.entries()] == [2.0, 3.0, 4.0]


def test_a_piece_larger_than_the_tape_leaves_its_end() -> None:
    tape = Tape(max_bytes=4)
    tape.add(READ, b"123456", 0.0)
    assert tape.entries() == (TapeEntry(0.0, READ, b"3456"),)


def test_sound_is_counted_and_never_kept() -> None:
    tape = Tape()
    tape.add(READ, b"\r\nCONNECT\r\n", 1.0)
    for second in range(2, 5):
        tape.add_sound(READ, 8000, float(second))
    tape.add_sound(WRITTEN, 2, 5.0)
    tape.add(READ, b"\r\nOK\r\n", 6.0)
    assert [(entry.at, entry.data, entry.sound) for entry in tape.entries()] == [
        (1.0, b"\r\nCONNECT\r\n", 0),
        (2.0, b"", 24000),
        (5.0, b"", 2),
        (6.0, b"\r\nOK\r\n", 0),
    ]


PIECES = st.lists(
    st.tuples(st.sampled_from([READ, WRITTEN]), st.one_of(st.binary(max_size=40), st.integers(0, 9000))), max_size=200
)


@given(PIECES)
def test_it_is_never_larger_than_it_may_be_and_always_ends_with_the_newest(
    pieces: list[tuple[Direction, bytes | int]],
) -> None:
    tape = Tape(max_bytes=64, max_entries=8)
    newest = b""
    for number, (direction, piece) in enumerate(pieces):
        if isinstance(piece, int):
            tape.add_sound(direction, piece, float(number))
        else:
            tape.add(direction, piece, float(number))
            newest = piece or newest
    entries = tape.entries()
    assert sum(len(entry.data) for entry in entries) <= 64
    assert len(entries) <= 8
    kept = [entry.data for entry in entries if entry.data]
    assert not kept or kept[-1] == newest


def test_it_is_read_while_it_is_written() -> None:
    tape = Tape(max_bytes=500, max_entries=50)
    over = threading.Event()
    sizes: list[int] = []

    def read() -> None:
        while not over.is_set():
            sizes.append(sum(len(entry.data) for entry in tape.entries()))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(5000):
        tape.add(READ, b"0123456789", float(number))
    over.set()
    reader.join(5)
    assert max(sizes) <= 500
