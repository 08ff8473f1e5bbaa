from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.simulator.answers import HookMoved, StreamBegun
from hardware.simulator.interpreter import Echo, Effect, Interpreter, Reply
from hardware.simulator.models import MODELS


def said(model: str, *commands: bytes) -> Sequence[Effect]:
    """What the last of these commands comes to, on a modem of that name without echo."""
    interpreter = Interpreter(MODELS[model], "US")
    effects: list[Effect] = []
    for command in (b"ATE0", *commands):
        effects = list(interpreter.receive(command + b"\r"))
    return [effect for effect in effects if not isinstance(effect, Echo)]


def answer(model: str, *commands: bytes) -> bytes:
    """The bytes that answer the last of these commands."""
    return b"".join(effect.data for effect in said(model, *commands) if isinstance(effect, Reply))


OK, ERROR, VCON, CONNECT = b"\r\nOK\r\n", b"\r\nERROR\r\n", b"\r\nVCON\r\n", b"\r\nCONNECT\r\n"


def lines(*texts: bytes) -> bytes:
    return b"\r\n" + b"\r\n".join(texts) + b"\r\n" + OK


@pytest.mark.parametrize(
    ("model", "command", "expected"),
    [
        ("usr", b"AT+FCLASS?", lines(b"8")),
        ("usr", b"AT+VSM?", lines(b"129,8000,0,0")),
        ("usr", b"AT+VSM=128,8000", OK),
        ("usr", b"AT+VSM=128,8000,0,0", OK),
        ("usr", b"AT+VSM=128", OK),
        ("usr", b"AT+VSM=128,", OK),
        ("usr", b"AT+VSM=128,44100", ERROR),
        ("usr", b"AT+VSM=1,8000,0,0", ERROR),
        ("usr", b"AT+VSM=128,x", ERROR),
        ("usr", b"AT+VSM=", ERROR),
        ("usr", b"AT+VSM=128,8000,0,0,0", ERROR),
        ("cx93001", b"AT+VSM=1,8000,0,0", OK),
        ("cx93001", b"AT+VSM=128,8000", ERROR),
        ("usr", b"AT+VLS=1", b"\x10H" + OK),
        ("cx93001", b"AT+VLS=1", OK),
        ("usr", b"AT+VLS=0", OK),
        ("usr", b"AT+VLS=99", ERROR),
        ("usr", b"AT+VLS=x", ERROR),
        ("usr", b"AT+VLS=5;+VLS?", lines(b"5")),
        ("usr", b"AT+VTX", CONNECT),
        ("usr", b"AT+VRX", CONNECT),
        ("usr", b"AT+VTR", CONNECT),
        ("usr", b"AT+VTX=1", ERROR),
        ("usr", b"AT+VTS=[933,933,120]", OK),
        ("usr", b"AT+VTS=[933,0,120]", ERROR),
        ("cx93001", b"AT+VTS=[933,0,120]", OK),
        ("usr", b"AT+VTS=[933,933,256]", ERROR),
        ("usr", b"AT+VTS=[100,933,10]", ERROR),
        ("usr", b"AT+VTS=[933", ERROR),
        ("usr", b"AT+VTS=9", ERROR),
        ("cx93001", b"AT+VTS=9,1,#,{5,30},[,,50],[800]", OK),
        ("usr", b"AT+VGT=300", ERROR),
        ("usr", b"AT+VGT=127;+VGT?", lines(b"127")),
        ("usr", b"AT+VGR=128", OK),
        ("usr", b"AT+VSD=128,50;+VSD?", lines(b"128,50")),
        ("usr", b"AT+VSD=,70;+VSD?", lines(b"128,70")),
        ("usr", b"AT+VSD=1,2,3", ERROR),
        ("usr", b"AT+VIT=0", OK),
        ("usr", b"AT+VIT=256", ERROR),
        ("usr", b"AT+VIT=?", lines(b"(0-255)")),
        ("usr", b"AT+VRA=70;+VRN=10", OK),
        ("usr", b"AT+VNH=3", ERROR),
        ("usr", b"AT+VDR=1,15;+VDR?", lines(b"1,15")),
        ("usr", b'AT+VEM="C",BB860980,BFE63883,BB863EE0', OK),
        ("usr", b"AT+VEM=rubbish", ERROR),
        ("usr", b"AT+VGT=121;+VIP;+VGT?", lines(b"128")),
        ("usr", b"AT+VPR=0", OK),
        ("usr", b"AT+VTD=9", OK),
        ("usr", b"AT+VGS=128", OK),
        ("usr", b"AT+IFC=2,2", OK),
        ("usr", b"AT+IFC=7,2", ERROR),
        ("usr", b"AT#CLS?", ERROR),
        ("usr", b"AT#VLS=0", ERROR),
        ("usr", b"ATA", VCON),
        ("rockwell", b"AT#CLS?", lines(b"8")),
        ("rockwell", b"AT#VSP=70", OK),
        ("rockwell", b"AT#VTD=3F,3F,3F", OK),
        ("rockwell", b"AT#TL=7FFF", OK),
        ("rockwell", b"AT#TL=GG", ERROR),
        ("rockwell", b"AT#VBS=4;#VBS?", lines(b"4")),
        ("rockwell", b"AT#VBS=5", ERROR),
        ("rockwell", b"AT#VBS=?", lines(b"2,4,8")),
        ("rockwell", b"AT#VSR=7200", OK),
        ("rockwell", b"AT#VSR=8000", ERROR),
        ("rockwell", b"AT#VLS=2", VCON),
        ("rockwell", b"AT#VLS=0", OK),
        ("rockwell", b"AT#VLS=0A", VCON),
        ("rockwell", b"AT#VLS=7", ERROR),
        ("rockwell", b"AT#VTX", CONNECT),
        ("rockwell", b"AT#VTS=[933,0,10]", OK),
        ("rockwell", b"AT#VRA=70#VRN=10#BDR=16", OK),
        ("rockwell", b"AT+VLS=1", ERROR),
        ("rockwell", b"ATA", VCON),
    ],
)
def test_a_command_of_voice_class_is_answered_as_its_modem_does(model: str, command: bytes, expected: bytes) -> None:
    enter = b"AT#CLS=8" if model == "rockwell" else b"AT+FCLASS=8"
    assert answer(model, enter, command) == expected


@pytest.mark.parametrize("name", ["usr", "cx93001", "zoom3095", "si24xx", "lucent", "mt9234zba", "mt5634zba"])
def test_the_formats_are_listed_in_the_words_of_the_chip(name: str) -> None:
    voice = MODELS[name].voice
    assert voice is not None
    listed = answer(name, b"AT+FCLASS=8", b"AT+VSM=?")
    for form in voice.formats:
        assert form.printed.encode() + b"\r\n" in listed
        assert answer(name, b"AT+FCLASS=8", f"AT+VSM={form.code},{form.rates[0]}".encode()) == OK


@pytest.mark.parametrize("command", [b"AT+VLS=1", b"AT+VTX", b"AT+VRX", b"AT+VTR", b"AT+VTS=[933,933,10]"])
@pytest.mark.parametrize("leave", [b"AT", b"AT+FCLASS=8;+FCLASS=0", b"AT+FCLASS=8;H0", b"ATZ"])
def test_the_line_is_not_touched_outside_voice_class(command: bytes, leave: bytes) -> None:
    assert said("usr", leave, command) == [Reply(ERROR, command.decode(), "ERROR")]


def test_the_hook_follows_the_device_of_the_line() -> None:
    for device, off_hook in ((0, False), (1, True), (2, False), (4, False), (5, True), (7, True)):
        moves = [e for e in said("usr", b"AT+FCLASS=8", f"AT+VLS={device}".encode()) if isinstance(e, HookMoved)]
        assert moves == [HookMoved(off_hook)]


def test_a_tone_takes_its_time_before_the_answer() -> None:
    (reply,) = said("usr", b"AT+FCLASS=8", b"AT+VTS=[933,933,120],[500,500,30]")
    assert isinstance(reply, Reply)
    assert reply.seconds == pytest.approx(1.5)


def test_what_follows_the_command_that_begins_a_stream_is_the_streams() -> None:
    interpreter = Interpreter(MODELS["usr"], "US")
    list(interpreter.receive(b"ATE0\rAT+FCLASS=8\r"))
    effects = list(interpreter.receive(b"AT+VTX\r\x01\x02AT\r"))
    assert effects == [Reply(CONNECT, "AT+VTX", "CONNECT"), StreamBegun(plays=True, records=False)]
    assert interpreter.rest == b"\x01\x02AT\r"


@given(
    st.sampled_from(["usr", "cx93001", "rockwell", "si24xx", "lucent"]),
    st.lists(
        st.one_of(
            st.binary(max_size=20),
            st.sampled_from([b"AT+VSM=", b"AT+VTS=[", b"AT#VTS={", b"AT+VLS=", b"AT+VSD=", b"AT+FCLASS=8", b"\r"]),
            st.from_regex(rb"AT[+#]V[A-Z]{2}=[0-9,\[\]{}A-D#*]{0,12}\r", fullmatch=True),
        ),
        max_size=12,
    ),
)
def test_no_bytes_of_the_host_trouble_the_interpreter(model: str, pieces: list[bytes]) -> None:
    interpreter = Interpreter(MODELS[model], "US")
    rest = b"".join(pieces)
    while rest:
        for effect in interpreter.receive(rest):
            assert not isinstance(effect, Reply) or effect.seconds >= 0
        rest = interpreter.rest
