"""The modem itself: which one, its firmware, voice, Caller ID and country. From its line process, or by asking it."""

from collections.abc import Iterator

from appliance.caller_id_facts import facts_of
from appliance.concerns import CONCERNS, words_for
from appliance.doctor.patient import Finding, Level, Modem, Patient
from appliance.modem_options import modem_options
from appliance.store import LineStatus
from hardware.errors import HardwareError, PortBusy
from hardware.sound.formats import Encoding, SoundFormat

# The concerns that have a check of their own; whatever else there is belongs to the modem as such.
_ELSEWHERE = frozenset({"no_voice", "no_caller_id", "country_refused"})
_ENCODINGS = {
    Encoding.UNSIGNED_8: "8-bit unsigned",
    Encoding.SIGNED_8: "8-bit signed",
    Encoding.LINEAR_16: "16-bit",
    Encoding.MU_LAW: "mu-law",
    Encoding.A_LAW: "A-law",
    Encoding.IMA_ADPCM: "IMA ADPCM",
}


def meet(patient: Patient) -> tuple[tuple[Modem, ...], tuple[Finding, ...]]:
    """The modems there are, and why others could not be met. Takes seconds when they must be asked."""
    if patient.lines:
        known = tuple(_of_row(line) for line in patient.lines if line.modem_name)
        return known, tuple(_missing(line) for line in patient.lines if line.modem != "ready" or not line.modem_name)
    met = [_asked(path, patient) for path in patient.paths]
    return tuple(m for m in met if isinstance(m, Modem)), tuple(m for m in met if isinstance(m, Finding))


def identity(patient: Patient) -> Iterator[Finding]:
    """Which modem it is, and what is known to be wrong with it."""
    yield from patient.unmet
    for modem in patient.modems:
        firmware = f", firmware {modem.firmware}" if modem.firmware else ""
        profile = f", treated as {modem.profile}" if modem.profile else ""
        yield Finding("modem", Level.OK, f"{modem.name}{firmware}, on {modem.port}{profile}.")
        for concern in modem.concerns:
            if concern not in _ELSEWHERE:
                yield _of_concern("modem", modem, concern)


def voice(patient: Patient) -> Iterator[Finding]:
    """Whether it can speak and listen. One that cannot is no worse at dropping calls."""
    for modem in patient.modems:
        if modem.voice is None:
            continue
        sound = f" ({modem.sound})" if modem.sound else ""
        can = f"It can speak and listen{sound}."
        cannot = "It can neither speak to callers nor listen to them. For dropping unwanted calls that is not needed."
        yield Finding("voice", Level.OK, can if modem.voice else cannot)


def caller_id(patient: Patient) -> Iterator[Finding]:
    """Whether it is told to report who calls, and does as told."""
    for modem in patient.modems:
        if modem.caller_id:
            yield Finding("caller ID", Level.OK, "The modem reports Caller ID.")
        elif "no_caller_id" in modem.concerns:
            yield _of_concern("caller ID", modem, "no_caller_id")
        else:
            advice = "Unplug the modem, wait ten seconds, plug it in again. If that does not help, use another modem."
            yield Finding("caller ID", Level.PROBLEM, "The modem does not report Caller ID.", advice)


def country(patient: Patient) -> Iterator[Finding]:
    """Which country the line is in, and whether the modem knows."""
    ours = patient.config.country
    where = f"Your line is in {ours}, says {patient.config.file or 'the default'}"
    for modem in patient.modems:
        if "country_refused" in modem.concerns:
            yield _of_concern("country", modem, "country_refused")
        elif not modem.country_code:
            yield Finding("country", Level.OK, f"{where}; the modem does not tell for which country it is set.")
        elif _fits(modem, patient):
            yield Finding("country", Level.OK, f"{where}; the modem is set for that (code {modem.country_code}).")
        else:
            saw = f"{where}; the modem is set for another one (code {modem.country_code})."
            advice = "Correct country in quietline.toml if it is wrong, then: sudo systemctl restart quietline.target"
            yield Finding("country", Level.WARNING, saw, advice)


def _fits(modem: Modem, patient: Patient) -> bool:
    row = LineStatus("", 0, patient.now, patient.now, "", "", profile=modem.profile, country_code=modem.country_code)
    return facts_of(row, patient.config.country).country_fits


def _of_concern(check: str, modem: Modem, concern: str) -> Finding:
    words = words_for(concern, modem.name, modem.firmware, modem.country_code)
    level = Level.PROBLEM if concern in CONCERNS and words.urgent else Level.WARNING
    return Finding(check, level, words.title, words.text)


def _of_row(line: LineStatus) -> Modem:
    return Modem(
        line=line.line,
        port=line.port,
        name=line.modem_name,
        firmware=line.firmware,
        profile=line.profile,
        country_code=line.country_code,
        caller_id=line.caller_id,
        voice=line.voice,
        sound="",
        concerns=line.concerns,
    )


def _missing(line: LineStatus) -> Finding:
    saw = f"Line {line.line} has no modem that answers ({line.modem or 'none found'})."
    return Finding("modem", Level.PROBLEM, saw, "Look what is said above about the line and about what is plugged in.")


def _asked(path: str, patient: Patient) -> Modem | Finding:
    from hardware.modem import identify_port  # not for every command: it brings pyserial

    try:
        found = identify_port(path, options=modem_options(patient.config))
    except PortBusy:
        advice = "Stop the other program; sudo fuser -v says which one it is."
        return Finding("modem", Level.PROBLEM, f"Another program holds {path}.", advice)
    except (HardwareError, OSError) as error:
        advice = (
            "Pull it out of the USB socket, wait ten seconds, plug it in again. If that does not help, it may be no "
            "telephone modem."
        )
        return Finding("modem", Level.PROBLEM, f"{path}: {error}", advice)
    return Modem(
        line="",
        port=path,
        name=found.name,
        firmware=found.firmware,
        profile=found.profile,
        country_code=found.country_code,
        caller_id=found.caller_id,
        voice=found.voice,
        sound=_in_words(found.sound),
        concerns=tuple(concern.value for concern in found.concerns),
    )


def _in_words(sound: SoundFormat | None) -> str:
    return f"{_ENCODINGS[sound.encoding]}, {sound.rate:,} samples a second" if sound else ""
