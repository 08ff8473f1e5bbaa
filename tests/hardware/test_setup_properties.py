from collections.abc import Generator

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.country import T35
from hardware.events import Concern, ReplyReceived
from hardware.profiles import PROFILES, InitCommand, ModemOptions
from hardware.setup import MAX_NAME, Answer, Outcome, SetupFailed, set_up
from hardware.sound.formats import Encoding, SoundFormat
from tests.hardware.scripted_modem import LIMIT

words = st.sampled_from(
    [
        "56000", "5601", "CX93001-EIS_V0.2013-V92", "U.S. Robotics 56K FAX USB V1.2.23", "+GMI: CONEXANT", "2457",
        "MT9234ZBA-USB", "Lucent", "Rockwell", "0,1,1.0,2,8", "(0,1,2)", "+VCID: 0", "+GCI: B5", "(B4,42,F6)",
        '1,"UNSIGNED PCM",8,0,8000,0,0', '128,"8-BIT LINEAR",(7200,8000,11025)', '0,"",0', "8", "128,8000", "0",
    ]
)  # fmt: skip
lines = words | st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
replies = st.none() | st.tuples(
    st.sampled_from(["OK", "OK", "OK", "ERROR", "CONNECT", "NO CARRIER", "VCON", "LINE-IN-USE"]),
    st.lists(lines, max_size=6).map(tuple),
)
options = st.builds(
    ModemOptions,
    country=st.sampled_from([*T35, "XX"]),
    profile=st.none() | st.sampled_from(PROFILES),
    raw_caller_id=st.booleans(),
    distinctive_ring=st.booleans(),
    extra=st.lists(st.just("AT-STE=0"), max_size=10).map(tuple),
)
# Most commands of the basic set have to be obeyed for set-up to get anywhere.
BASIC = ("ATH0", "ATE0", "ATZ", "ATV1", "ATX4", "ATS0", "AT&C1")


Said = list[tuple[str, Answer]]


def play(
    setting_up: Generator[InitCommand, Answer, Outcome], data: st.DataObject, *, obedient: bool
) -> tuple[Outcome | None, Said]:
    """Answer at random: what came of it, None for a failure, and what was said with its answers."""
    said: Said = []
    answer: Answer = None
    try:
        step = next(setting_up)
        while True:
            assert len(said) < LIMIT
            assert 0 < step.timeout <= 5
            if obedient and step.command.startswith(BASIC):
                answer = ReplyReceived(step.command, "OK")
            else:
                drawn = data.draw(replies)
                answer = None if drawn is None else ReplyReceived(step.command, *drawn)
            said.append((step.command, answer))
            step = setting_up.send(answer)
    except StopIteration as done:
        outcome: Outcome = done.value
        return outcome, said
    except SetupFailed:
        return None, said


@settings(max_examples=150)
@given(st.data(), options, st.booleans())
def test_no_answers_raise_or_keep_set_up_from_ending_in_a_known_state(
    data: st.DataObject,
    asked: ModemOptions,
    obedient: bool,
) -> None:
    outcome, said = play(set_up(asked), data, obedient=obedient)
    if outcome is None:
        return
    modem = outcome.modem
    assert modem.voice is (modem.sound is not None)
    assert modem.caller_id is (outcome.caller_id is not None)
    assert modem.sound is None or modem.sound == SoundFormat(modem.sound.code, Encoding(modem.sound.encoding), 8000)
    assert len(modem.name) <= MAX_NAME
    assert len(modem.firmware) <= MAX_NAME
    assert (Concern.NO_VOICE in modem.concerns) is not modem.voice
    assert len(set(modem.concerns)) == len(modem.concerns)
    voice = outcome.profile.voice
    may_be_in_voice_class = False
    for command, answer in said:
        if command == voice.enter:
            may_be_in_voice_class = answer is None or answer.result == "OK"
        elif (command == voice.leave and answer is not None and answer.result == "OK") or command == "ATZ":
            may_be_in_voice_class = False
    assert not may_be_in_voice_class


@settings(max_examples=100)
@given(st.data(), options)
def test_nothing_answered_makes_it_dial_answer_or_go_off_hook(data: st.DataObject, asked: ModemOptions) -> None:
    _, said = play(set_up(asked), data, obedient=True)
    for command, _answer in said:
        assert not command.startswith(("ATA", "ATD", "ATH1", "AT+VLS=1", "AT+VTX", "AT+VRX", "AT#VLS", "AT-SCID"))
