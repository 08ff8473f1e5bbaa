"""What each rule is called and what it does, in words for the household: for the page and the commands. Data only."""

RULES = {
    "permit_next": ("Permit the next call", "After you press Allow while nobody calls, the next call rings."),
    "expected_call": ("Waiting for a call", "While you wait for a call, unknown callers ring. Blocked ones do not."),
    "permit_list": ("Permit list", "Whoever is on your permit list rings."),
    "contacts": ("Contacts", "The people of your address book ring."),
    "near_contact": (
        "Close to a contact",
        "A number that differs from a contact’s only in its last digits rings: another desk of the same office.",
    ),
    "block_list": ("Block list", "Whoever is on your block list is stopped."),
    "emergency": ("Emergency services", "Emergency and operator numbers ring, unless you blocked exactly that number."),
    "burst": (
        "Right after a blocked call",
        "An unknown caller right after a blocked one is suspicious: diallers change their number and try again.",
    ),
    "withheld": ("Withheld number", "Finds callers who hide their number."),
    "unavailable": ("Number not available", "Finds callers whose number the network does not know."),
    "no_caller_id": ("No Caller ID", "Finds calls that come without any Caller ID."),
    "damaged_caller_id": ("Damaged Caller ID", "Finds a Caller ID that arrives damaged. Nothing in it is believed."),
    "impossible": ("Impossible number", "Finds numbers that no telephone in the world can have."),
    "own_number": ("Your own number", "Finds callers who show your own number, as told in the settings."),
    "telemarketing": (
        "Numbers for sales and polls",
        "Finds the number ranges that are kept for advertising, polls and the like.",
    ),
    "reserved": ("A number that nobody has", "Finds number ranges that are given to nobody."),
    "carrier_label": ("Warning of the telephone company", "Finds “SPAM?” and the like in place of the caller’s name."),
    "reported": ("Reported by others", "Finds numbers that many people complained about lately."),
    "repeat_caller": (
        "Somebody who calls again soon",
        "Whoever calls again after some minutes, but not at once, rings: a person insists, a dialler does not.",
    ),
    "neighbour_spoofing": (
        "Looks like a neighbour",
        "Finds numbers that begin like your own without being known to you: call centres pretend to be near.",
    ),
    "name_is_number": ("The name is the number", "Finds callers whose name is only their number again."),
    "name_is_place": ("The name is a place", "Finds callers whose name is only a town, such as “NEW YORK NY”."),
    "ping_caller": (
        "Rings once and hangs up",
        "Finds numbers, and ranges of numbers, that gave up after a ring or two and call again.",
    ),
    "premium": ("Expensive numbers", "Finds numbers that cost a lot to call back."),
    "toll_free": ("Free service numbers", "Finds numbers that are free to call: companies and help lines."),
    "foreign": ("From abroad", "Finds numbers of other countries, except those where your family lives."),
    "unknown": ("Everybody else", "Whoever no rule above knows is an unknown caller."),
    "block_pressed": ("Block was pressed", "Somebody pressed Block while it rang."),
}


def rule_title(name: str) -> str:
    """A rule's name in words, also of one that a newer or an older version wrote down."""
    return RULES[name][0] if name in RULES else name.replace("_", " ").capitalize()
