from dataclasses import replace

import pytest

from hardware.events import Concern
from hardware.profiles import CONEXANT, LUCENT, MULTITECH, SILABS, USR, V253, ModemOptions
from hardware.setup import SetupFailed
from hardware.sound.formats import Encoding, SoundFormat
from tests.hardware.scripted_modem import Reply, ScriptedModem, recorded

BASIC: dict[str, Reply] = dict.fromkeys(
    ["ATH0", "ATE0V1Q0", "ATZ", "ATE0", "ATV1Q0", "ATX4", "ATS0=0", "AT&C1&D2", "AT"], ()
)
VCID: dict[str, Reply] = {"AT+VCID=?": ("(0,1,2)",), "AT+VCID=1": (), "AT+VCID=2": (), "AT+VCID?": ("1",)}
VOICE: dict[str, Reply] = {"AT+FCLASS=8": (), "AT+FCLASS=0": ()}
START_UP = recorded("cx93001-start-up-replies", ("ATI3", "AT+GCI?", "AT+GMI", "AT+VSM=?"))
USR_FORMATS = (
    '128,"8-BIT LINEAR",(7200,8000,11025)',
    '129,"16-BIT LINEAR",(7200,8000,11025)',
    '130,"8-BIT ALAW",(8000)',
)
LINEAR_128 = SoundFormat(128, Encoding.UNSIGNED_8, 8000)
LINEAR_1 = SoundFormat(1, Encoding.UNSIGNED_8, 8000)


def usr(changes: dict[str, Reply] | None = None, *, version: str = "1.2.23") -> ScriptedModem:
    replies = BASIC | VCID | VOICE | {"ATI0": ("5601",), "ATI3": (f"U.S. Robotics 56K FAX USB V{version}",)}
    replies |= {"AT+FCLASS=?": ("0,1,1.0,2,8",), "AT+VSM=?": USR_FORMATS, "AT+VLS=?": ('1,"T",0,0,0',), "ATS41=1": ()}
    return ScriptedModem(replies | (changes or {}), country="F6", countries=("B5", "B4", "3D", "42", "F6"))


def conexant(country: str = "B5", countries: tuple[str, ...] = ("B5", "B4", "42", "7B", "F6")) -> ScriptedModem:
    replies = BASIC | VCID | VOICE | {name: START_UP[name] for name in ("ATI3", "AT+GMI", "AT+VSM=?")}
    replies |= recorded("zoom3095-profile-listing", ("AT", "ATI0")) | {"AT+FCLASS=?": ("0,1,1.0,2,8",), "AT-STE=3": ()}
    replies |= {f"AT!4886=0{number}": () for number in (0, 1, 2, 3, 5)}
    return ScriptedModem(replies, country=country, countries=countries)


def silabs() -> ScriptedModem:
    replies = BASIC | VCID | VOICE | {"ATI0": ("C",), "ATI3": ("18F",), "ATI6": ("2457",)}
    replies |= {"AT+FCLASS=?": ("0,1,8",), "AT+VSM=?": ('1,"UNSIGNED PCM",8,0,8000,0,0',)}
    return ScriptedModem(replies | {f"AT+VCDT={n}": () for n in range(8)}, country="B5", countries=("B5", "B4", "16"))


def lucent(name: str) -> ScriptedModem:
    replies = BASIC | VCID | VOICE | {"ATI0": (name,), "ATI3": (name,), "AT+FCLASS=?": ("0,1,8",)}
    replies |= {"AT+VSM=?": USR_FORMATS, "AT+VDR=1,5": ()}
    return ScriptedModem(replies, country="B5", countries=("00", "09", "B5"))


def plain() -> ScriptedModem:
    replies = BASIC | VCID | {"ATI0": ("56K",), "ATI3": ("V.92 modem",), "AT+FCLASS=?": ("0,1",)}
    return ScriptedModem(replies)


def rockwell() -> ScriptedModem:
    replies = BASIC | {"ATI0": ("33600",), "ATI3": ("V1.410-V34_DS",), "AT+FCLASS=?": ("0,1,2,8",)}
    replies |= {"AT#CID=?": ("0,1,2",), "AT#CID=1": (), "AT#CID=2": (), "AT#CID?": ("1",), "AT#CLS=?": ("0,1,2,8",)}
    return ScriptedModem(replies)


EUROPE = [
    (usr(), "DE", USR, LINEAR_128, ["AT+GCI=42"], "42"),
    (usr(), "IT", USR, LINEAR_128, [], "F6"),  # its firmware has no Italy, but the European line
    (conexant(), "US", CONEXANT, LINEAR_1, ["AT!4886=00"], "B5"),
    (conexant(), "GB", CONEXANT, LINEAR_1, ["AT+GCI=B4", "AT!4886=03"], "B4"),
    (conexant(), "NL", CONEXANT, LINEAR_1, ["AT+GCI=7B", "AT!4886=05"], "7B"),
    (silabs(), "GB", SILABS, LINEAR_1, ["AT+GCI=B4", "AT+VCDT=2"], "B4"),
    (silabs(), "BR", SILABS, LINEAR_1, ["AT+GCI=16", "AT+VCDT=6"], "16"),
    (lucent("ZOOM V.90 kfav163 Serial s73198V -L Z207"), "AU", LUCENT, LINEAR_128, ["AT+GCI=09"], "09"),
    (lucent("LT V.90 1.0 MT5634ZBAV Serial"), "FR", MULTITECH, LINEAR_128, [], "B5"),  # "Euro/NAM"
]


@pytest.mark.parametrize(
    ("modem", "country", "row", "sound", "told", "code"), EUROPE, ids=lambda value: getattr(value, "name", None)
)
def test_each_family_is_recognised_given_its_format_and_told_the_country(
    modem: ScriptedModem, country: str, row: object, sound: SoundFormat, told: list[str], code: str
) -> None:
    modem = replace(modem, sent=[])
    outcome = modem.set_up(ModemOptions(country=country))
    assert outcome.profile is row
    assert outcome.modem.profile == outcome.profile.name
    assert (outcome.modem.voice, outcome.modem.sound) == (True, sound)
    assert [c for c in modem.sent if c.startswith(("AT!", "AT+VCDT", "AT+GCI=")) and not c.endswith("?")] == told
    assert (outcome.modem.country_code, outcome.modem.concerns) == (code, ())
    assert modem.service_class == "0"
    assert modem.caller_id == "1"


def test_a_conexant_is_set_up_from_what_a_real_one_answered() -> None:
    modem = conexant()
    outcome = modem.set_up()
    assert (outcome.modem.name, outcome.modem.firmware) == ("CX93001-EIS", "V0.2013-V92")
    assert modem.sent[9:] == [
        "ATI0", "ATI3", "AT+GMI", "AT+GMM", "AT+FCLASS=?", "AT+FCLASS=8", "AT+VSM=?", "AT+VLS=?", "AT+FCLASS=0",
        "AT+GCI?", "AT!4886=00", "AT-STE=3", "AT+VCID=?", "AT+VCID=1", "AT+VCID?",
    ]  # fmt: skip


def test_both_reply_styles_of_a_trendnet_are_understood() -> None:
    commands = ("ATZ", "AT+FCLASS?", "ATI3", "AT+GMI")
    modem = ScriptedModem(BASIC | VCID | recorded("tfm561u-two-reply-styles", commands))
    outcome = modem.set_up(ModemOptions(country="ES"))
    assert outcome.profile is CONEXANT
    assert outcome.modem.firmware == "V0.2002-V92"


def test_the_refusal_that_line_in_use_detection_brings_ends_a_command() -> None:
    assert recorded("line-in-use", ("ATDT", "ATH")) == {"ATDT": "LINE-IN-USE", "ATH": ()}
    assert "AT-STE=3" in CONEXANT.extras


def test_the_number_130_is_unsigned_on_one_modem_and_a_law_on_another() -> None:
    alone: dict[str, Reply] = {"AT+VSM=?": ('130,"UNSIGNED PCM",8,0,8000,0,0',)}
    of_conexant = replace(conexant(), replies=conexant().replies | alone).set_up().modem.sound
    of_usr = usr({"AT+VSM=?": ('130,"8-BIT ALAW",(8000)',)}).set_up().modem.sound
    assert of_conexant == SoundFormat(130, Encoding.UNSIGNED_8, 8000)
    assert of_usr == SoundFormat(130, Encoding.A_LAW, 8000)


@pytest.mark.parametrize(
    ("modem", "name", "firmware"),
    [
        (silabs(), "Si24xx", "C"),  # ATI3 is a revision letter and two digits
        (lucent("LT V.92 Data+Fax Modem Version 8.31"), "LT V.92 Data+Fax Modem", "Version 8.31"),
        (lucent("Venus V.90 USB U052099a"), "Venus V.90 USB U052099a", ""),
        (rockwell(), "V1.410-V34_DS", "33600"),
    ],
)
def test_a_modem_is_named_by_what_it_says_and_else_by_its_family(
    modem: ScriptedModem, name: str, firmware: str
) -> None:
    identified = modem.set_up().modem
    assert (identified.name, identified.firmware) == (name, firmware)


# -- voice


def test_old_usr_firmware_refuses_voice_and_is_named() -> None:
    replies = recorded("usr-old-firmware-refuses-voice", ("ATE0", "ATI3", "AT+FCLASS=8"))
    assert replies["AT+FCLASS=8"] == "ERROR"
    modem = usr(replies)
    outcome = modem.set_up()
    assert outcome.modem.firmware == "V1.2.10"
    assert outcome.modem.concerns == (Concern.OLD_FIRMWARE, Concern.NO_VOICE)
    assert "AT+VSM=?" not in modem.sent
    assert outcome.caller_id is not None


@pytest.mark.parametrize(
    ("version", "old"), [("1.2.22", True), ("1.2.23", False), ("1.3", False), ("1.2", True), ("10.0.1", False)]
)
def test_firmware_is_old_below_1_2_23(version: str, *, old: bool) -> None:
    assert (Concern.OLD_FIRMWARE in usr(version=version).set_up().modem.concerns) is old


@pytest.mark.parametrize(
    ("said", "firmware", "old"),
    [
        ("U.S. Robotics 56K FAX USB v1.2.21", "v1.2.21", True),
        ("U.S. Robotics 56K FAX USB 1.2.10", "1.2.10", True),
        ("U.S. Robotics 56K FAX USB 1.2.23", "1.2.23", False),
        ("U.S. ROBOTICS 56K FAX USB version 1.2.22", "version 1.2.22", True),
    ],
)
def test_a_version_is_read_with_a_small_v_or_none(said: str, firmware: str, *, old: bool) -> None:
    modem = usr({"ATI3": (said,)}).set_up().modem
    assert modem.firmware == firmware
    assert (Concern.OLD_FIRMWARE in modem.concerns) is old


def test_firmware_without_a_version_is_not_called_old() -> None:
    assert usr({"ATI3": ("U.S. Robotics 56K FAX USB NPA1F01",)}).set_up().modem.concerns == ()


def test_a_modem_for_caller_id_alone_is_asked_nothing_about_voice_and_lacks_nothing_else() -> None:
    modem = plain()
    outcome = modem.set_up()
    assert (outcome.modem.voice, outcome.modem.caller_id) == (False, True)
    assert outcome.modem.concerns == (Concern.NO_VOICE,)
    assert not [command for command in modem.sent if command.startswith(("AT+FCLASS=8", "AT+VSM", "AT+VLS", "AT#CLS"))]
    assert (outcome.profile.off_hook, outcome.profile.on_hook) == ("ATH1", "ATH0")


def test_rockwell_voice_at_7200_samples_is_not_taken_for_ours() -> None:
    modem = rockwell()
    outcome = modem.set_up()
    assert (outcome.profile.name, outcome.modem.voice, outcome.modem.caller_id) == ("Rockwell", False, True)
    assert not [command for command in modem.sent if "CLS" in command or "FCLASS" in command]


def test_a_voice_modem_that_does_not_tell_its_formats_is_tried_and_believed_when_it_repeats_the_format() -> None:
    modem = usr({"AT+VSM=?": "ERROR", "AT+VSM=1,8000": "ERROR", "AT+VSM=128,8000": (), "AT+VSM?": ("128,8000",)})
    assert modem.set_up().modem.sound == LINEAR_128
    assert modem.service_class == "0"


def test_a_format_is_guessed_where_nothing_listed_fits_but_never_against_the_modems_own_word() -> None:
    taken: dict[str, Reply] = {"AT+VSM=1,8000": (), "AT+VSM?": ("1,8000,0,0",)}
    unreadable: dict[str, Reply] = {"AT+VSM=?": ('1,"STANDARD",8,0,8000,0,0', '7,"SX7300",8,0,8000,0,0')}
    assert usr(unreadable | taken).set_up().modem.sound == LINEAR_1
    # A MultiTech 5634 lists twelve bits a sample under 128, and takes AT+VSM=128,8000 (S000263C).
    twelve_bits: dict[str, Reply] = {"AT+VSM=?": ('128,"SIGNED PCM",12,0,(7200-8000,11025),(127-129),(0-50)',)}
    twelve_bits |= {"AT+VSM=128,8000": (), "AT+VSM?": ("128,8000",)}
    modem = usr(twelve_bits)
    assert modem.set_up().modem.sound is None
    assert "AT+VSM=128,8000" not in modem.sent


def test_ok_to_a_format_that_is_not_repeated_is_not_believed() -> None:
    modem = usr({"AT+VSM=?": (), "AT+VSM=1,8000": (), "AT+VSM=128,8000": (), "AT+VSM?": ()})
    assert modem.set_up().modem.concerns == (Concern.NO_VOICE,)


def test_a_voice_modem_without_a_way_to_the_line_has_no_voice() -> None:
    assert not usr({"AT+VLS=?": ('0,"",0,0,0', '4,"S",0,0,0')}).set_up().modem.voice


@pytest.mark.parametrize("answer", ["ERROR", None])
def test_a_voice_class_that_cannot_be_left_is_left_by_a_reset_and_not_used(answer: Reply) -> None:
    modem = usr({"AT+FCLASS=0": answer})
    outcome = modem.set_up()
    assert not outcome.modem.voice
    assert modem.service_class == "0"
    assert modem.sent.count("ATZ") == 2
    assert modem.sent.index("AT+VCID=1") > max(i for i, command in enumerate(modem.sent) if command == "ATZ")


# -- country


def test_the_right_country_is_left_alone() -> None:
    modem = conexant(country="B4")
    assert modem.set_up(ModemOptions(country="GB")).modem.country_code == "B4"
    assert not [command for command in modem.sent if command.startswith("AT+GCI=")]


def test_a_country_that_the_modem_does_not_list_is_not_set_and_told() -> None:
    modem = conexant(countries=("B5", "00"))
    outcome = modem.set_up(ModemOptions(country="DE"))
    assert (outcome.modem.country_code, outcome.modem.concerns) == ("B5", (Concern.COUNTRY_REFUSED,))
    assert not [command for command in modem.sent if command.startswith("AT+GCI=") and command != "AT+GCI=?"]


def test_a_country_that_is_listed_but_not_taken_is_told() -> None:
    modem = conexant()
    modem.replies["AT+GCI=B4"] = "ERROR"
    outcome = modem.set_up(ModemOptions(country="GB"))
    assert (outcome.modem.country_code, outcome.modem.concerns) == ("B5", (Concern.COUNTRY_REFUSED,))


def test_a_modem_of_one_country_only_is_no_concern() -> None:
    outcome = plain().set_up(ModemOptions(country="GB"))
    assert (outcome.modem.country_code, Concern.COUNTRY_REFUSED in outcome.modem.concerns) == ("", False)


# -- Caller ID


def test_the_hash_command_is_asked_for_only_after_the_plus_command_was_refused() -> None:
    modem = plain()
    modem.set_up()
    assert not [command for command in modem.sent if "#CID" in command]
    modem = rockwell()
    assert modem.set_up().caller_id is not None
    assert modem.sent.index("AT+VCID=1") < modem.sent.index("AT#CID=?") < modem.sent.index("AT#CID=1")


def test_raw_messages_are_asked_for_where_the_modem_lists_them() -> None:
    modem = usr({"AT+VCID?": ("2",)})
    outcome = modem.set_up(ModemOptions(raw_caller_id=True))
    assert outcome.caller_id is not None
    assert outcome.caller_id.on == "AT+VCID=2"
    assert modem.caller_id == "2"


@pytest.mark.parametrize("listed", [("0,1",), (), "ERROR", None])
def test_raw_messages_are_not_asked_of_a_modem_that_does_not_list_them(listed: Reply) -> None:
    modem = usr({"AT+VCID=?": listed})
    outcome = modem.set_up(ModemOptions(raw_caller_id=True))
    assert outcome.caller_id is not None
    assert outcome.caller_id.on == "AT+VCID=1"
    assert not [command for command in modem.sent if command.startswith("AT#CID")]


def test_a_setting_lost_by_the_reset_is_made_after_it() -> None:
    # Transcript be-conexant-vcid-lost: AT+VCID? says 0 after ATZ.
    lost = recorded("be-conexant-vcid-lost", ("AT", "ATZ", "AT+VCID?"))
    assert lost["AT+VCID?"] == ("0",)
    modem = conexant()
    modem.set_up()
    assert modem.sent.index("ATZ") < modem.sent.index("AT+VCID=1") < modem.sent.index("AT+VCID?")
    never = replace(conexant(), replies=conexant().replies | lost)
    outcome = never.set_up()
    assert outcome.caller_id is None
    assert outcome.modem.concerns == (Concern.NO_CALLER_ID,)
    assert never.sent.count("AT+VCID=1") == 3


# -- what the installer asks for


@pytest.mark.parametrize(
    ("modem", "command"), [(usr(), "ATS41=1"), (lucent("Venus V.90 USB U052099a"), "AT+VDR=1,5")], ids=["USR", "Lucent"]
)
def test_distinctive_ring_is_asked_for_only_when_it_is_wanted(modem: ScriptedModem, command: str) -> None:
    without = replace(modem, sent=[])
    without.set_up()
    assert command not in without.sent
    wanted = replace(modem, sent=[])
    assert wanted.set_up(ModemOptions(distinctive_ring=True)).modem.concerns == ()
    assert wanted.sent[-1] == command


def test_the_installers_commands_come_last_and_are_followed_by_a_known_state() -> None:
    modem = conexant()
    modem.replies["AT-STE=0"] = ()
    outcome = modem.set_up(ModemOptions(extra=("AT-STE=0",)))
    assert outcome.modem.concerns == ()
    assert modem.sent[-4:] == ["AT-STE=0", "ATE0V1Q0", "ATS0=0", "ATH0"]


@pytest.mark.parametrize(("modem", "command"), [(rockwell(), "AT-SDR=7"), (plain(), "AT+VDR=1,5")])
def test_a_modem_that_cannot_tell_rings_apart_is_no_fault_of_the_installers_commands(
    modem: ScriptedModem, command: str
) -> None:
    concerns = modem.set_up(ModemOptions(distinctive_ring=True, extra=("ATE0",))).modem.concerns
    assert command in modem.sent
    assert Concern.RINGS_ALIKE in concerns
    assert Concern.SETTING_REFUSED not in concerns


def test_a_refused_command_of_the_installer_is_told_and_stops_nothing() -> None:
    outcome = plain().set_up(ModemOptions(extra=("AT-XYZ=1", "ATM0")))
    assert Concern.SETTING_REFUSED in outcome.modem.concerns
    assert outcome.caller_id is not None


def test_a_profile_that_the_installer_names_is_used_whatever_the_modem_says() -> None:
    outcome = usr().set_up(ModemOptions(profile=V253))
    assert (outcome.profile, outcome.modem.profile) == (V253, "V.253")


# -- modems that say too much or too little


def test_a_modem_that_says_ok_to_everything_is_not_believed_to_speak() -> None:
    modem = ScriptedModem({}, otherwise=())
    outcome = modem.set_up(ModemOptions(raw_caller_id=True, distinctive_ring=True))
    assert outcome.profile is V253
    assert outcome.modem.concerns == (Concern.NO_VOICE,)
    assert outcome.modem.name == "modem without a name"
    assert outcome.caller_id is not None
    assert outcome.caller_id.on == "AT+VCID=1"


def test_a_modem_that_refuses_everything_optional_is_ready_all_the_same() -> None:
    outcome = ScriptedModem(dict(BASIC)).set_up()
    assert outcome.modem.concerns == (Concern.NO_VOICE, Concern.NO_CALLER_ID)


def test_a_modem_that_is_silent_to_every_question_is_asked_three_and_ready_in_ten_seconds() -> None:
    modem = ScriptedModem(BASIC | {"AT+VCID=1": ()}, otherwise=None)
    outcome = modem.set_up()
    assert outcome.modem.caller_id
    assert modem.sent[9:] == ["ATI0", "ATI3", "AT+GMI", "AT+VCID=1", "AT+VCID?"]
    assert modem.waited <= 10


def test_a_modem_that_never_answers_fails_with_a_sentence() -> None:
    with pytest.raises(SetupFailed, match=r"does not answer \(to ATE0V1Q0\)"):
        ScriptedModem({}, otherwise=None).set_up()


@pytest.mark.parametrize("modem", [usr(), conexant(), silabs(), lucent("Lucent"), plain(), rockwell()])
def test_nothing_is_asked_twice_and_few_things_at_all(modem: ScriptedModem) -> None:
    modem = replace(modem, sent=[])
    modem.set_up(ModemOptions(country="GB"))
    questions = [command for command in modem.sent[9:] if command.endswith("?") or command.startswith("ATI")]
    assert sorted(set(questions) - {"AT+GCI?"}) == sorted(c for c in questions if c != "AT+GCI?")
    assert questions.count("AT+GCI?") <= 2, "before and after a change"
    assert len(modem.sent) <= 32
