"""What the pages say: outcomes, reasons, categories, kinds and faults in plain words. No request, no SQL, no markup.

Every table here has a row for each value the rooms below may hand us, and says something sensible for one it does not
know, so that a newer store never breaks a page.
"""

from dataclasses import dataclass

from appliance.rule_words import rule_title

# Names and notes longer than this are cut on the page: Caller ID names have 15 characters (Bellcore GR-31) to 50
# (ETSI), and a hostile one must not push the buttons off the screen. The whole text stays in the store.
LONGEST_SHOWN = 80

ABSENT = {
    "restricted": "Number withheld",
    "unavailable": "Number not available",
    "none": "No Caller ID",
}

DAMAGED = "Caller ID arrived damaged"

LISTED = {"permit": "On the permit list", "block": "On the block list", "contact": "In your contacts"}

# How the source of an entry begins that no person made; behind it stands the rule.
AUTOMATIC = "auto:"

# Who wrote an entry or pressed a button.
SOURCES = {"page": "added on this page", "button": "added with the button", "command": "added by command"}

# Who did something, in the list of events.
WHO = {
    "page": "on this page",
    "button": "the button on the box",
    "command": "by command",
    "line": "Quietline",
    "jobs": "Quietline",
    "expiry": "Quietline",
}

MODEMS = {"ready": "answers", "lost": "lost", "looking": "being looked for"}

SETTINGS = {
    "mode": "Blocking",
    "country": "Country",
    "area_code": "Your area code",
    "home_number": "Your own number",
    "time_zone": "Time zone",
}

MODES = {
    "on": ("On", "Unwanted calls are dropped after their first ring."),
    "rehearsal": ("Rehearsal", "Every call rings. The log shows which ones would have been dropped."),
    "off": ("Off", "Every call rings. Calls are still written down."),
}

KINDS = {
    "exact": ("One number", "Exactly this number."),
    "prefix": ("Numbers that begin with", "Every number that starts this way."),
    "pattern": ("Numbers that look like", "* stands for any digits, ? for one digit."),
    "name": ("Caller name", "The name the caller shows. * stands for any letters, ? for one. Capitals do not matter."),
    "dialled": (
        "Calls to one of your numbers",
        "When you have several: whoever calls this one. Only where your telephone company tells which was called.",
    ),
    "ring": (
        "Calls that ring in one way",
        "When each of your numbers rings in its own way: the letter or digit your modem gives it.",
    ),
}

CALL_TYPES = {
    "ring_back": "The network rang back: the number you had called is free now.",
    "name_delivery": "The network sent this call to tell a name.",
    "call_return": "The network called you back, as you had asked.",
    "alarm": "An alarm call.",
    "reverse_charge": "The caller asks you to pay for this call.",
    "external": "A call from outside.",
    "internal": "A call from inside your own telephone system.",
    "monitoring": "A monitoring call.",
    "message_waiting": "The network called about a message that it holds for you.",
}

NO_NAME = {"private": "The caller withheld the name.", "unavailable": "The network did not know the name."}


EXAMPLES = {
    "exact": "212 555 0123",
    "prefix": "+44 900",
    "pattern": "+1212555????",
    "name": "*INSURANCE*",
    "dialled": "212 555 0142",
    "ring": "B",
}


@dataclass(frozen=True, slots=True)
class ListWords:
    """How a list speaks of itself."""

    title: str
    meaning: str
    empty: str
    add: str  # the button of the form
    into: str  # the heading of the form, and the link to it
    question: str  # above the choice of kinds
    where: str  # somebody is ...
    off: str


LISTS = {
    "permit": ListWords(
        "Permit list",
        "These callers always ring, whatever else is set.",
        "Add family, friends, doctors: whoever must always get through.",
        "Permit",
        "Add to the permit list",
        "What do you want to permit?",
        "on the permit list",
        "off the permit list",
    ),
    "block": ListWords(
        "Block list",
        "These callers are dropped after their first ring.",
        "Block a caller from the call log, with the button on the box, or add a number here.",
        "Block",
        "Add to the block list",
        "What do you want to block?",
        "on the block list",
        "off the block list",
    ),
    "contact": ListWords(
        "Contacts",
        "The people of your address book. They ring, and so do other numbers of their offices.",
        "Add the people you know, or import your address book with “quietline contact import”.",
        "Add",
        "Add to your contacts",
        "Who is it?",
        "in your contacts",
        "out of your contacts",
    ),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call: a mark to draw, a word for the style sheet, and the text."""

    mark: str  # "ringing", "rang", "dropped", "rehearsed", "trouble"
    text: str


def outcome(result: str | None, treatment: str | None, rings: int, *, ended: bool, mode: str) -> Outcome:
    """What became of a call, for its row in the log."""
    if result is None and ended:
        result = "interrupted"
    if result is None:
        if rings == 0:
            return Outcome("ringing", "A caller is announced")
        if treatment == "drop" and mode == "on":
            return Outcome("ringing", "Dropping it now")
        return Outcome("ringing", "Ringing now")
    would = treatment == "drop" and mode != "on"
    match result:
        case "dropped":
            return Outcome("dropped", f"Dropped after {times(rings, 'ring')}")
        case "drop_failed":
            return Outcome("trouble", "Could not be dropped; it rang on")
        case "would_drop" | "rang_out" if would or result == "would_drop":
            why = "switched off" if mode == "off" else "rehearsal"
            return Outcome("rehearsed", f"Would have been dropped ({why})")
        case "rang_out" if treatment == "drop":
            return Outcome("rang", "It had stopped ringing before it could be dropped")
        case "rang_out":
            return Outcome("rang", f"Rang {'once' if rings == 1 else times(rings, 'time')}")
        case "waiting_call":
            return Outcome("rang", "Somebody called while you were on the telephone")
        case "line_in_use":
            return Outcome("rang", "Left alone: another telephone in the house was in use")
        case "interrupted":
            return Outcome("trouble", "Quietline was interrupted during this call")
    return Outcome("rang", result.replace("_", " ").capitalize())


def setting(name: str) -> str:
    """A setting's name in words."""
    return SETTINGS.get(name, name.replace("_", " ").capitalize())


def source(value: str) -> str:
    """Where an entry came from, in words."""
    if value.startswith(AUTOMATIC):
        return f"added by Quietline by itself ({rule_title(value.removeprefix(AUTOMATIC))})"
    if value.startswith("import:"):
        return f"imported from {cut(value.removeprefix('import:'))}"
    return SOURCES.get(value, cut(value))


def doer(who: str) -> str:
    """Who did something, in words."""
    if who.startswith(AUTOMATIC):
        return WHO["line"]
    return f"import of {cut(who.removeprefix('import:'))}" if who.startswith("import:") else WHO.get(who, cut(who))


def times(count: int, word: str) -> str:
    """A count with its noun: "1 ring", "4 rings"."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def cut(text: str | None, longest: int = LONGEST_SHOWN) -> str:
    """At most `longest` characters of somebody else's text, without control characters."""
    if not text:
        return ""
    if len(text) <= longest and text.isprintable():
        return text
    plain = "".join(c if c.isprintable() else " " for c in text[: longest + 1])
    return plain if len(text) <= longest else plain[:longest].rstrip() + "…"


def isolated(text: str | None, longest: int = 60) -> str:
    """Somebody else's text inside a sentence of ours: cut, and its direction kept to itself (U+2068, U+2069)."""
    return f"\u2068{cut(text, longest)}\u2069"
