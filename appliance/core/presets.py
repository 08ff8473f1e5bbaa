"""The three presets: what becomes of each category by day, by night, and when nobody is at home. Data and reasons.

Each table says what is wanted. What this version cannot do yet is stood in for elsewhere (treatment.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from appliance.core.terms import Category, Treatment

BASES = ("day", "night", "away")
DEFAULT_PRESET = "balanced"

# The household asked for this very call, or it is a matter of life: no preset, choice or schedule takes these away.
ALWAYS_RING = frozenset({Category.PERMITTED_NEXT, Category.EXPECTED, Category.EMERGENCY})

KNOWN = frozenset({Category.PERMITTED, Category.CONTACT})
"""Whom the household named itself. They ring at all hours unless it chooses otherwise, and are never turned away."""

PROMISING = frozenset({Category.NEAR_CONTACT, Category.REPEAT})
"""Strangers with something to say for them: a desk of an office that is known, a person who does not give up."""

UNTOLD = frozenset({Category.WITHHELD, Category.NO_CALLER_ID})
"""Who calls is not told, and may be anybody. Hospitals and police withhold their number. No Caller ID at all may be our
own fault: a modem that lost its setting, or a line that never had the service, makes every call look so, the daughter's
at three in the morning too. So by day and by night a key is always enough, in every preset."""

PLAIN = frozenset({Category.UNAVAILABLE, Category.UNKNOWN})
"""Nothing speaks against them but that nobody knows them."""

ELSEWHERE = frozenset(
    {
        Category.SPOOFED,  # also what the real neighbour across the road looks like
        Category.NAMELESS,  # also what small firms look like that never had a name entered
        Category.SHARED_COST,  # also what banks and delivery services show
        Category.FOREIGN_PLUS_ONE,
        Category.FOREIGN_LURE,
        Category.FOREIGN_NEAR,
        Category.FOREIGN,
    }
)
"""Likely unwanted, and yet what a wanted caller shows now and then."""

SUSPECT = frozenset(
    {
        Category.MASS_CALLS,  # charities and opinion polls call from there too
        Category.IMPOSSIBLE,  # also what some office exchanges make of an extension
        Category.RESERVED,
        Category.OWN_NUMBER,
        Category.CARRIER_FLAGGED,  # pharmacies and schools are labelled wrongly too
        Category.REPORTED,  # the number may have been borrowed by others, or changed hands
        Category.PING,
        Category.PREMIUM,
    }
)
"""Clear signs of junk, but no proof: only who wants it strict turns these away."""

BY_WISH = frozenset({Category.BURST, Category.TOLL_FREE})
"""Of rules that are off until the household switches them on: then something is to come of it, in every preset."""


@dataclass(frozen=True, slots=True)
class Preset:
    """`tables`: base profile -> every category -> treatment. `meaning` is the sentence that stands on the page, and
    `meanings` those for each base profile.
    """

    title: str
    meaning: str
    meanings: Mapping[str, str]
    tables: Mapping[str, Mapping[Category, Treatment]]


def _table(*rows: tuple[Iterable[Category], Treatment]) -> Mapping[Category, Treatment]:
    """A table of the rows; what is the same in every one is here.

    Where the law in force keeps a range for sales calls alone, nobody else has a number there: it is dropped like the
    household's own blocks. Ranges that others use too, or that are only planned, are MASS_CALLS.
    """
    table = dict.fromkeys(ALWAYS_RING | KNOWN, Treatment.RING)
    table |= dict.fromkeys((Category.BLOCKED, Category.TELEMARKETING), Treatment.DROP)
    for categories, treatment in rows:
        table |= dict.fromkeys(categories, treatment)
    return {category: table[category] for category in Category}


_RING, _CHALLENGE, _VOICEMAIL = Treatment.RING, Treatment.CHALLENGE, Treatment.VOICEMAIL
_DISCONNECTED = Treatment.DISCONNECTED  # a dialler that hears it may strike the number from its list

GENTLE = Preset(
    "Gentle",
    "Everybody rings who could be somebody you want to hear; callers with clear signs of junk must press a key first.",
    {
        "day": "Everybody rings, except that clear junk must press a key, and sales numbers are dropped.",
        "night": "As by day, but clear junk can only leave a message.",
        "away": "As by night.",
    },
    {
        "day": _table((PROMISING | UNTOLD | PLAIN | ELSEWHERE, _RING), (SUSPECT | BY_WISH, _CHALLENGE)),
        "night": _table((PROMISING | UNTOLD | PLAIN | ELSEWHERE, _RING), (SUSPECT | BY_WISH, _VOICEMAIL)),
        "away": _table((PROMISING | UNTOLD | PLAIN | ELSEWHERE, _RING), (SUSPECT | BY_WISH, _VOICEMAIL)),
    },
)

# At night those whose number says nothing press a key: whoever calls then and is a person has a reason, and a machine
# cannot press. What is doubtful leaves a message, which is not lost. An empty house is not rung for strangers at all.
BALANCED = Preset(
    "Balanced",
    "People you know ring; everybody else presses a key first or leaves a message, and only sales numbers and callers"
    " you blocked are dropped.",
    {
        "day": "People you know ring, and whoever does not give up; everybody else must press a key first.",
        "night": "As by day, but doubtful callers can only leave a message.",
        "away": "People you know ring; everybody else can leave a message.",
    },
    {
        "day": _table((PROMISING, _RING), (UNTOLD | PLAIN | ELSEWHERE | SUSPECT | BY_WISH, _CHALLENGE)),
        "night": _table((PROMISING, _RING), (UNTOLD | PLAIN, _CHALLENGE), (ELSEWHERE | SUSPECT | BY_WISH, _VOICEMAIL)),
        "away": _table(
            ({Category.NEAR_CONTACT}, _RING),
            ({Category.REPEAT} | UNTOLD | PLAIN | ELSEWHERE | SUSPECT | BY_WISH, _VOICEMAIL),
        ),
    },
)

# An insistent caller must press a key like others: some diallers insist too, and to a person a key is no hurdle.
STRICT = Preset(
    "Strict",
    "Only people you know ring; strangers must press a key or leave a message, and callers with clear signs of junk are"
    " turned away, now and then perhaps one you wanted.",
    {
        "day": "People you know ring; strangers must press a key; clear junk hears that the number is not in service.",
        "night": "People you know ring; insistent and unnamed callers must press a key; the rest can leave a message.",
        "away": "People you know ring; strangers can leave a message; clear junk is turned away.",
    },
    {
        "day": _table(
            ({Category.NEAR_CONTACT}, _RING),
            ({Category.REPEAT} | UNTOLD | PLAIN | ELSEWHERE | BY_WISH, _CHALLENGE),
            (SUSPECT, _DISCONNECTED),
        ),
        "night": _table(
            (PROMISING | UNTOLD, _CHALLENGE),
            (PLAIN | ELSEWHERE | BY_WISH, _VOICEMAIL),
            (SUSPECT, _DISCONNECTED),
        ),
        "away": _table(
            (PROMISING | UNTOLD | PLAIN | ELSEWHERE | BY_WISH, _VOICEMAIL),
            (SUSPECT, _DISCONNECTED),
        ),
    },
)

PRESETS: Mapping[str, Preset] = {"gentle": GENTLE, "balanced": BALANCED, "strict": STRICT}
