"""What the pages say of who gets through: kinds of call, treatments, profiles, days. No request, no SQL, no markup."""

from dataclasses import dataclass

from appliance.core.profiles import profile_title
from appliance.core.terms import Treatment
from appliance.core.treatment import EXISTING, STAND_INS
from appliance.policy_words import TREATMENTS as HAPPENS
from web.words import cut

NOT_YET = "Quietline cannot talk to callers in this version."
FOR_NOW = f"{NOT_YET} Until it can, the telephone rings where a caller is to press a key or leave a message."

# In the order in which they are offered.
TREATMENTS = {
    "ring": "Let it ring",
    "challenge": "Caller must press a key",
    "voicemail": "Take a message",
    "announce": "Say a sentence, then hang up",
    "disconnected": "Play the “not in service” tones",
    "drop": "Drop it",
    "answer_bot": "Let a machine talk to the caller",
}

# What stands in for a treatment that this version does not have.
UNTIL_THEN = {
    Treatment.RING: "For now it rings.",
    Treatment.DROP: "For now it is dropped.",
}

MEANINGS = {
    "telemarketing": "Kept for advertising by law",
    "service": "Kept for calls that are no advertising",
    "premium": "Expensive to call back",
    "shared_cost": "With shared cost",
    "toll_free": "Free to call",
    "reserved": "Given to nobody",
    "fictitious": "For films and books only",
    "emergency": "Emergency services",
    "helpline": "Help lines",
    "operator": "Telephone company and state",
}

# Monday first, as the schedule counts them.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of call under one heading of the table: (category, title, meaning)."""

    title: str
    kinds: tuple[tuple[str, str, str], ...]


GROUPS = (
    Group(
        "People you know",
        (
            ("permitted", "On your permit list", "Whoever you permitted."),
            ("contact", "In your contacts", "The people of your address book."),
            ("near_contact", "Close to a contact", "Another telephone of the same office, such as your doctor’s."),
            ("expected", "While you wait for a call", "You said on the status page that you wait for one."),
            ("permitted_next", "The one call you let through", "You pressed Allow while nobody was calling."),
            ("emergency", "Emergency services", "Ambulance, fire and police calling you back."),
            ("repeat", "Somebody who calls again soon", "Whoever tries again after some minutes means it."),
        ),
    ),
    Group(
        "Hidden or missing number",
        (
            ("withheld", "The caller hides the number", "“Private”. Some doctors and hospitals call this way."),
            ("unavailable", "The number is not available", "“Out of area”. Often from abroad or the internet."),
            ("no_caller_id", "No Caller ID at all", "Nothing came with the ring. If all calls look so, see Status."),
        ),
    ),
    Group(
        "Suspicious numbers",
        (
            ("blocked", "On your block list", "Whoever you blocked. To let somebody ring, take them off that list."),
            ("telemarketing", "Advertising by law", "Number ranges that the law keeps for advertising calls."),
            ("mass_calls", "Sales, polls and charities", "Number ranges for calls to many people, wanted ones too."),
            ("carrier_flagged", "Your telephone company warns", "It writes “SPAM?” or the like in place of the name."),
            ("reported", "Reported by others", "Many people complained about this number lately."),
            ("spoofed", "Looks like a neighbour", "Begins like your own number, but is nobody you know."),
            ("own_number", "Shows your own number", "Nobody can call you from your own telephone."),
            ("impossible", "A number that cannot exist", "Nobody has such a number; somebody made it up."),
            ("reserved", "A number that nobody has", "From a range that is given to nobody."),
            ("nameless", "A name that is none", "The name is the number again, or only a town."),
            ("ping", "Rings once and hangs up", "Called before, gave up after a ring or two, and calls again."),
            ("burst", "Right after a blocked call", "Diallers try again at once with another number."),
        ),
    ),
    Group(
        "From far away, or expensive",
        (
            ("premium", "Expensive service numbers", "Calling back costs a lot."),
            ("shared_cost", "Service numbers with shared cost", "Calling back costs more than usual."),
            ("toll_free", "Free service numbers", "Companies, hospitals and help lines, also advertisers."),
            ("foreign_plus_one", "Abroad, though it begins with +1", "It looks like a number of the United States."),
            ("foreign_lure", "Countries used as a lure", "They ring once, so that you call back, at a price."),
            ("foreign_near", "Countries nearby", "In the same part of the world as you."),
            ("foreign", "All other countries", "Except those where your family lives (see Rules)."),
        ),
    ),
    Group(
        "Everybody else",
        (("unknown", "Unknown callers", "On no list, and nothing is suspicious about them."),),
    ),
)

CATEGORIES = {category: title for group in GROUPS for category, title, _ in group.kinds}


def category(value: str | None) -> str:
    """A kind of call in words."""
    return CATEGORIES.get(value or "", (value or "").replace("_", " ").capitalize())


def treatment(value: str) -> str:
    """A treatment in words."""
    return TREATMENTS.get(value, value.replace("_", " ").capitalize())


def profile(name: str) -> str:
    """A profile's name as a heading, also of one that is gone."""
    return cut(profile_title(name), 40)


def until_then(wanted: Treatment) -> str:
    """What is done in place of a treatment that this version does not have; "" when it has it."""
    return "" if wanted in EXISTING else UNTIL_THEN[STAND_INS[wanted]]


def what_is_done(wanted: Treatment) -> str:
    """What becomes of such a caller, as one or two sentences."""
    return f"Such a call {HAPPENS[wanted]}. {until_then(wanted)}".rstrip()


def days(chosen: frozenset[int]) -> str:
    """Days of the week in words: "Monday to Friday", "every day", "Saturday and Sunday"."""
    if len(chosen) == len(DAYS):
        return "every day"
    order = sorted(chosen)
    names = [DAYS[day] for day in order]
    if len(order) > 2 and order[-1] - order[0] == len(order) - 1:
        return f"{names[0]} to {names[-1]}"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
