"""Voice streams as real modems send them: shielded bytes that were taken for codes, and codes taken for sound."""

import io

import pytest

from hardware.events import KeyPressed, LineSignal, SignalHeard, SoundReceived, WireEvent
from hardware.profiles import PROFILES, ModemProfile
from hardware.protocol import ModemProtocol
from hardware.sound.audio import decode
from hardware.sound.formats import Encoding
from hardware.sound.wav import read_wav, write_wav
from hardware.sound_stream import Direction, words_to_leave
from tests.hardware.stream_desk import opened


def heard_at_every_cut(data: bytes, command: str = "AT+VRX") -> tuple[bytes, list[WireEvent]]:
    """The samples and the events of a stream, having made sure that no cut changes either."""

    def heard(pieces: list[bytes]) -> tuple[bytes, list[WireEvent]]:
        protocol, events = opened(command), list[WireEvent]()
        for number, piece in enumerate(pieces):
            events += protocol.receive_data(piece, number / 10_000)
        samples = b"".join(event.data for event in events if isinstance(event, SoundReceived))
        return samples, [event for event in events if not isinstance(event, SoundReceived)]

    whole = heard([data])
    assert heard([data[at : at + 1] for at in range(len(data))]) == whole
    for cut in range(1, len(data)):
        assert heard([data[:cut], data[cut:]]) == whole
    return whole


@pytest.mark.parametrize("letter", "bdsqKilPpHhRcamJuoXwe0123456789*#")
def test_a_letter_behind_a_doubled_dle_is_a_sample_and_no_code(letter: str) -> None:
    """`10 10 62` is the sample 10 and the sample 62; read as a busy tone, it ended the call of somebody who spoke."""
    data = b"\x80\x10\x10" + letter.encode() + b"\x80"
    assert heard_at_every_cut(data) == (b"\x80\x10" + letter.encode() + b"\x80", [])


@pytest.mark.parametrize("letter", "bds")
def test_a_code_behind_a_doubled_dle_is_a_code(letter: str) -> None:
    samples, events = heard_at_every_cut(b"\x10\x10\x10" + letter.encode())
    assert samples == b"\x10"
    assert [type(event) for event in events] == [SignalHeard]


def test_every_code_of_one_read_is_told_and_not_the_first_alone() -> None:
    samples, events = heard_at_every_cut(b"\x80\x10b\x81\x10\x10\x10d\x82\x10/\x105\x10~\x83\x10l\x84")
    assert samples == b"\x80\x81\x10\x82\x83\x84"
    assert events == [
        SignalHeard(LineSignal.BUSY),
        SignalHeard(LineSignal.DIAL_TONE),
        KeyPressed("5"),
        SignalHeard(LineSignal.LOOP_BREAK),
    ]


@pytest.mark.parametrize("sample", [b"\n", b"\r", b"\r\n", b"\x00", b"\x03", b"\xff", b"\x10\x10"])
def test_no_byte_behind_a_shielded_sample_is_lost(sample: bytes) -> None:
    """A pattern in which a dot meant any byte but 0A lost the line feed."""
    assert heard_at_every_cut(b"\x10\x10" + sample + b"\x80") == (
        b"\x10" + sample.replace(b"\x10\x10", b"\x10") + b"\x80",
        [],
    )


@pytest.mark.parametrize("code", [b"z", b"\x00", b"\xff", b"!", b"\x18", b"\x1b"])
def test_a_code_that_nobody_knows_is_dropped_whole(code: bytes) -> None:
    assert heard_at_every_cut(b"\x80\x10" + code + b"\x81") == (b"\x80\x81", [])


@pytest.mark.parametrize("key", "0123456789*#ABCD")
@pytest.mark.parametrize("command", ["AT+VRX", "AT+VTX", "AT+VTR"])
def test_every_key_is_told_once_while_it_records_and_while_it_plays(key: str, command: str) -> None:
    """0 and 1 went unheard while a message was recorded, and one 0 was told as 000."""
    held = b"\x10/" + (b"\x10" + key.encode()) * 3 + b"\x10~"
    protocol = opened(command)
    protocol.play(b"\x80" * 4000, 0.0)
    events = protocol.receive_data(held, 0.1) + protocol.receive_data(held, 0.5)
    assert events == [KeyPressed(key)] * 2


def test_a_recording_on_disk_is_the_samples_and_holds_no_code() -> None:
    wire = b"\x80\x90\x10\x10\x10b\x70\x10/\x105\x105\x10~\x80\x10s"
    samples, _ = heard_at_every_cut(wire)
    assert samples == b"\x80\x90\x10\x70\x80"
    decoded = decode(Encoding.UNSIGNED_8, samples)
    assert list(read_wav(io.BytesIO(write_wav(decoded)))) == list(decoded)
    assert len(decoded) == 5


def test_what_is_played_is_shielded_whatever_it_holds() -> None:
    """`10 03` among the samples of a greeting ended it, and `10 18` threw away what was still to be heard."""
    protocol = opened("AT+VTX")
    protocol.play(b"\x80\x10\x03\x10\x18\x10", 0.0)
    assert protocol.data_to_send() == b"\x80\x10\x10\x03\x10\x10\x18\x10\x10"


@pytest.mark.parametrize("row", PROFILES, ids=lambda row: row.name)
def test_the_first_word_that_ends_a_stream_holds_no_doubled_dle(row: ModemProfile) -> None:
    """`10 10 10 21` is a sample 10 and then the word; `10 10 21` is two samples, and the stream goes on."""
    for direction in (Direction.PLAYS, Direction.HEARS, Direction.PLAYS | Direction.HEARS):
        words = words_to_leave(direction, row.voice)
        assert words
        assert not [word for word in words if b"\x10\x10" in word]


def test_a_modem_that_leaves_its_stream_at_no_word_is_hung_up_in_three_seconds() -> None:
    """One dongle was said to want three DLEs. Whatever it wants, the line is not held for it."""
    protocol = opened("AT+VRX")
    protocol.send("ATH0", 0.0, urgent=True)
    now, written = 0.0, b""
    while not written.endswith(b"ATH0\r"):
        written += protocol.data_to_send(now)
        now += 0.05
        protocol.receive_data(b"\x80" * 400, now)  # it goes on and on
        assert now <= 3.2
    assert written == b"\x10!\x10\x1b\x10\x03\rATH0\r"


def test_a_usr_modem_is_told_to_listen_before_it_records_and_a_beep_names_both_frequencies() -> None:
    """After +VLS=1 alone it recorded silence; a second frequency of 0 was answered with ERROR."""
    rows = {row.name: row for row in PROFILES}
    usr = rows["USR5637"].voice
    assert usr.before_recording == "AT+VLS=5"
    assert usr.beep.format(hertz=933, duration=120) == "AT+VTS=[933,933,120]"
    assert rows["Conexant"].voice.before_recording == ""


def test_the_word_ok_in_the_sound_of_a_caller_ends_nothing() -> None:
    data = b"\x80\r\nOK\r\n\r\nNO CARRIER\r\n\r\nRING\r\n\x80"
    assert heard_at_every_cut(data) == (data, [])


def test_codes_before_the_stream_and_behind_it_are_told_as_well() -> None:
    protocol = ModemProtocol()
    protocol.send("AT+VLS=1", 0.0)
    protocol.data_to_send()
    assert protocol.receive_data(b"\x10H\r\nOK\r\n", 0.1)[0] == SignalHeard(LineSignal.HANDSET_OFF_HOOK)
    assert protocol.receive_data(b"\x10b", 0.2) == [SignalHeard(LineSignal.BUSY)]
