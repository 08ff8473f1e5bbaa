import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.capabilities import (
    BEST_FIRST,
    best_sound,
    country_code,
    country_codes,
    first_number,
    lacks_line,
    line_devices,
    modes,
    service_classes,
    sound_offers,
    value,
)
from hardware.sound.formats import Encoding, SoundFormat

# Reply of a real CX93001 (transcript cx93001-start-up-replies).
CONEXANT = (
    '0,"SIGNED PCM",8,0,8000,0,0',
    '1,"UNSIGNED PCM",8,0,8000,0,0',
    '129,"IMA ADPCM",4,0,8000,0,0',
    '130,"UNSIGNED PCM",8,0,8000,0,0',
    '131,"Mu-Law",8,0,8000,0,0',
    '132,"A-Law",8,0,8000,0,0',
    '133,"14 bit PCM",14,0,8000,0,0',
)
# Reply of a Lucent modem, as posted with mgetty's driver; a USR5637 and a MultiTech 5634 list the same.
USR = (
    '128,"8-BIT LINEAR",(7200,8000,11025)',
    '129,"16-BIT LINEAR",(7200,8000,11025)',
    '130,"8-BIT ALAW",(8000)',
    '131,"8-BIT ULAW",(8000)',
    '132,"IMA ADPCM",(7200,8000,11025)',
)
# Example of the US Robotics command reference for softmodems, page 142.
USR_SOFT = (
    '1,"UNSIGNED PCM",8,0,(7200,8000),(0),(0)',
    '128,"8-BIT LINEAR",8,0,(7200,8000),(0),(0)',
    '129,"ADPCM",4,0,(7200,8000),(0),(0)',
    '132,"ALAW",8,0,(7200,8000),(0),(0)',
    '133,"LINEAR",16,0,(7200,8000),(0),(0)',
)


def encodings(lines: tuple[str, ...]) -> dict[int, Encoding | None]:
    return {offer.code: offer.encoding for offer in sound_offers(lines)}


def test_the_same_number_is_another_format_on_another_modem() -> None:
    assert encodings(CONEXANT)[130] is Encoding.UNSIGNED_8
    assert encodings(USR)[130] is Encoding.A_LAW
    assert encodings(CONEXANT)[129] is Encoding.IMA_ADPCM
    assert encodings(USR)[129] is Encoding.LINEAR_16


@pytest.mark.parametrize(
    ("lines", "code"), [(CONEXANT, 1), (USR, 128), (USR_SOFT, 1)], ids=["Conexant", "USR", "USR softmodem manual"]
)
def test_eight_bits_unsigned_are_chosen_wherever_they_are_offered(lines: tuple[str, ...], code: int) -> None:
    assert best_sound(sound_offers(lines)) == SoundFormat(code, Encoding.UNSIGNED_8, 8000)


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ('1,"UNSIGNED PCM",8,0,8000,0,0', Encoding.UNSIGNED_8),
        ('128,"8-BIT LINEAR",(8000)', Encoding.UNSIGNED_8),
        ('4,"u-law",8,0,8000', Encoding.MU_LAW),
        ('4,"\u00b5-law",8,0,8000', Encoding.MU_LAW),
        ('131,"Mu-Law",8,0,8000,0,0', Encoding.MU_LAW),
        ('131,"ULAW",8,0,(7200,8000),(0),(0)', Encoding.MU_LAW),
        ('132,"A-Law",8,0,8000,0,0', Encoding.A_LAW),
        ('0,"SIGNED PCM",8,0,8000,0,0', Encoding.SIGNED_8),
        ('0,"SIGNED PCM",16,0,8000,0,0', Encoding.LINEAR_16),
        ('133,"LINEAR",16,0,(7200,8000),(0),(0)', Encoding.LINEAR_16),
        ('129,"16-BIT LINEAR",(8000)', Encoding.LINEAR_16),
        ('132,"IMA ADPCM",4,0,8000', Encoding.IMA_ADPCM),
        ('129,"ADPCM",4,0,(7200,8000)', None),  # of several kinds; a wrong guess is noise in a caller's ear
        ('133,"14 bit PCM",14,0,8000,0,0', None),
        ('133,"G.729A",1,0,8000', None),
        ('1,"UNSIGNED PCM",16,0,8000,0,0', None),
        ('0,"SIGNED PCM",(8000)', None),  # eight bits or sixteen?
        ("2;ADPCM;2;0;(9600)", None),  # ZyXEL
        ("128,8-BIT LINEAR,(7200,8000,11025)", Encoding.UNSIGNED_8),
        ('1,"UNSIGNED LINEAR PCM",8,0,8000', Encoding.UNSIGNED_8),
        ("1,'UNSIGNED PCM',8,0,8000,0,0", Encoding.UNSIGNED_8),
        ('0,"8-BIT SIGNED",8,0,8000', Encoding.SIGNED_8),
        ('0,"8-BIT SIGNED",16,0,8000', None),
        ('4,"G.711U",8,0,8000', Encoding.MU_LAW),
        ('5,"G.711A",8,0,8000', Encoding.A_LAW),
        ('9,"",16,0,8000', None),
    ],
)
def test_a_label_means_one_encoding_or_none(line: str, encoding: Encoding | None) -> None:
    (offer,) = sound_offers((line,))
    assert offer.encoding is encoding


@pytest.mark.parametrize("removed", range(len(BEST_FIRST) - 1))
def test_the_next_best_is_chosen_where_the_better_ones_are_missing(removed: int) -> None:
    lines = (
        '1,"UNSIGNED PCM",8,0,8000',
        '4,"ULAW",8,0,8000',
        '5,"ALAW",8,0,8000',
        '0,"SIGNED PCM",8,0,8000',
        '9,"LINEAR",16,0,8000',
        '7,"IMA ADPCM",4,0,8000',
    )
    for order in (lines[removed:], (*lines[:removed:-1], lines[removed])):
        chosen = best_sound(sound_offers(order))
        assert chosen is not None
        assert chosen.encoding is BEST_FIRST[removed]


@pytest.mark.parametrize("rates", ["(7200)", "7200", "(9600,11025)", "", "(16000-48000)"])
def test_a_format_without_eight_thousand_samples_a_second_is_not_chosen(rates: str) -> None:
    assert best_sound(sound_offers((f'1,"UNSIGNED PCM",8,0,{rates},0,0',))) is None


@pytest.mark.parametrize(
    "line", ['4,"ULAW",8,0,8k', '4,"ULAW",8,0,8kHz', '4,"ULAW",8,0,"8000",0,0', "4,'ULAW',8,0,'8k'"]
)
def test_a_rate_may_stand_in_quotes_or_be_told_in_thousands(line: str) -> None:
    assert best_sound(sound_offers((line,))) == SoundFormat(4, Encoding.MU_LAW, 8000)


def test_a_number_that_no_modem_can_mean_is_no_format() -> None:
    assert sound_offers(('999,"UNSIGNED PCM",8,0,8000', '256,"UNSIGNED PCM",8,0,8000')) == ()
    assert best_sound(sound_offers(('255,"UNSIGNED PCM",8,0,8000',))) == SoundFormat(255, Encoding.UNSIGNED_8, 8000)


def test_a_range_of_rates_counts_as_all_in_it() -> None:
    chosen = best_sound(sound_offers(('128,"8-BIT LINEAR",(7200-11025)',)))
    assert chosen == SoundFormat(128, Encoding.UNSIGNED_8, 8000)


@pytest.mark.parametrize(
    "line",
    [
        '+VSM: (1,"UNSIGNED PCM",8,0,8000,0,0),(129,"IMA ADPCM",4,0,8000,0,0)',
        '+VSM:129,"IMA ADPCM",4,0,8000,0,0;1,"UNSIGNED PCM",8,0,8000,0,0',
    ],
)
def test_several_formats_on_one_line_behind_the_commands_name_are_told_apart(line: str) -> None:
    assert encodings((line,)) == {1: Encoding.UNSIGNED_8, 129: Encoding.IMA_ADPCM}


def test_the_law_of_one_entry_is_never_given_the_rates_of_the_next() -> None:
    assert best_sound(sound_offers(('1,"UNSIGNED PCM",8,0,7200,0,0,5,"A-LAW",8,0,8000,0,0',))) == SoundFormat(
        5, Encoding.A_LAW, 8000
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("0,1,1.0,2,8", {"0", "1", "1.0", "2", "8"}),
        ("+FCLASS: (0,1,1.0,2,8)", {"0", "1", "1.0", "2", "8"}),
        ("0,1,2.0", {"0", "1", "2.0"}),
        ("0,1,18", {"0", "1", "18"}),
        ("0,1,1.8", {"0", "1", "1.8"}),
        ("", set()),
    ],
)
def test_service_classes_are_whole_numbers_of_a_list(line: str, found: set[str]) -> None:
    assert service_classes((line,)) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("(0,1,2)", {0, 1, 2}),
        ("+VCID: (0-2)", {0, 1, 2}),
        ("0-2", {0, 1, 2}),
        ("0,1", {0, 1}),
        ("(0,1),(0-6)", {0, 1}),
        ("off", set()),
        ("9-1", set()),
        ("0-999", set(range(256))),
    ],
)
def test_caller_id_modes_are_read_from_lists_and_ranges(line: str, found: set[int]) -> None:
    assert modes((line,)) == found


@pytest.mark.parametrize(
    ("line", "code"), [("+GCI: B5", "B5"), ("B5", "B5"), ("+GCI:b4", "B4"), ("3D", "3D"), ("USA", ""), ("123", "")]
)
def test_a_country_code_is_two_hexadecimal_digits(line: str, code: str) -> None:
    assert country_code((line,)) == code


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("+GCI: (00,B4,B5)",), {"00", "B4", "B5"}),  # Conexant 102184B, page 3-9
        (("(B4,3D,42)",), {"B4", "3D", "42"}),
        (("+GCI: 20,73,", "B5"), {"20", "73", "B5"}),
        (("(B4-B6)",), {"B4", "B5", "B6"}),
        (("none",), set()),
    ],
)
def test_country_codes_are_read_from_lists(lines: tuple[str, ...], codes: set[str]) -> None:
    assert country_codes(lines) == codes


def test_the_devices_on_the_line_are_those_with_a_t() -> None:
    listed = (
        '0,"",B0000000,B0000000,B0000000',
        '1,"T",0BC01800,0BC01800,0BC01800',
        '4,"S",00000000,00000000,B0000000',
        '5,"ST",0BC01800,0BC01800,0BC01800',
    )
    assert line_devices(listed) == {1, 5}


@pytest.mark.parametrize(
    ("listed", "devices", "lacks"),
    [
        (('4,"INT SPKR",0,0,0',), set(), False),  # no letters of V.253, so it tells neither way
        (('0,"",0,0,0', '4,"S",0,0,0'), set(), True),
        (('1,"t1",0,0,0', "11,'MST',0,0,0"), {1, 11}, False),
        (("0,1,2,3",), set(), False),
    ],
)
def test_only_v253s_letters_name_a_device(listed: tuple[str, ...], devices: set[int], *, lacks: bool) -> None:
    assert line_devices(listed) == devices
    assert lacks_line(listed) is lacks


def test_an_answer_without_a_line_says_nothing() -> None:
    assert best_sound(sound_offers(())) is None
    for read in (service_classes, modes, country_codes, line_devices):
        assert read(()) == frozenset()
    assert country_code(()) == ""
    assert first_number(()) is None


@pytest.mark.parametrize(("line", "number"), [("+VCID: 1", 1), ("0", 0), ("1,8000,0,0", 1), ("on", None)])
def test_a_setting_is_the_first_number(line: str, number: int | None) -> None:
    assert first_number((line,)) == number


def test_only_the_name_of_the_question_is_taken_off_an_answer() -> None:
    assert value("+GMI: CONEXANT") == "CONEXANT"
    assert value("U.S. Robotics: 56K") == "U.S. Robotics: 56K"


lines = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.from_regex(
    r'\+?[A-Z]{0,5}:? ?\(?[0-9]{0,4}[,;]"?[A-Z0-9 -]{0,20}"?[,;(][0-9,()-]{0,40}', fullmatch=True
), max_size=8).map(tuple)  # fmt: skip


@given(lines)
def test_no_answer_raises_and_what_is_chosen_was_offered(answer: tuple[str, ...]) -> None:
    offers = sound_offers(answer)
    chosen = best_sound(offers)
    if chosen is not None:
        assert (chosen.code, chosen.encoding) in {(offer.code, offer.encoding) for offer in offers}
        assert chosen.rate == 8000
    assert all(len(code) == 2 for code in country_codes(answer) | ({country_code(answer)} - {""}))
    assert all(0 <= mode <= 255 for mode in modes(answer))
    assert all(0 <= device <= 255 for device in line_devices(answer))
    assert all(0 <= offer.code <= 255 for offer in offers)
    lacks_line(answer)
    service_classes(answer)
    first_number(answer)


@pytest.mark.parametrize("piece", ['1,"', "1", "1,A", "1-", "A ", "1.", "(", ","])
def test_the_longest_reply_the_protocol_keeps_is_read_in_time_that_does_not_grow_with_its_square(piece: str) -> None:
    # 64 lines of 1,024 characters; what the patterns cost was measured at 0.13 s here. Quadratic, it would be minutes.
    reply = (piece * (1024 // len(piece)),) * 64
    assert len(sound_offers(reply)) <= 64 * 512
    for read in (service_classes, modes, country_codes, line_devices):
        assert isinstance(read(reply), frozenset)
