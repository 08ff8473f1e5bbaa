"""Treatments and kinds of call in words for the household: for the commands and what they tell of a call. Data only."""

from appliance.core.terms import Category, Treatment

TREATMENTS = {
    Treatment.RING: "rings",
    Treatment.CHALLENGE: "is asked to press a key",
    Treatment.VOICEMAIL: "is asked to leave a message",
    Treatment.ANNOUNCE: "hears a sentence and is let go",
    Treatment.DISCONNECTED: "hears that the number is not in service",
    Treatment.DROP: "is dropped",
    Treatment.ANSWER_BOT: "is kept busy by a machine",
}
"""What becomes of a call, after "it" or "the call"."""

CANNOT_TALK = "Quietline cannot talk to callers in this version"

KINDS = {
    Category.PERMITTED_NEXT: "the one call you let through",
    Category.EXPECTED: "while you wait for a call",
    Category.PERMITTED: "on your permit list",
    Category.CONTACT: "in your contacts",
    Category.NEAR_CONTACT: "close to a contact's number",
    Category.BLOCKED: "on your block list",
    Category.EMERGENCY: "emergency and operator numbers",
    Category.BURST: "unknown, right after a blocked call",
    Category.WITHHELD: "the caller hides the number",
    Category.UNAVAILABLE: "the network does not know the number",
    Category.NO_CALLER_ID: "no Caller ID at all, or a damaged one",
    Category.IMPOSSIBLE: "a number that no telephone can have",
    Category.OWN_NUMBER: "your own number as the caller",
    Category.TELEMARKETING: "advertising, by law",
    Category.MASS_CALLS: "sales, polls and charities",
    Category.RESERVED: "a number that nobody has",
    Category.CARRIER_FLAGGED: "the telephone company warns",
    Category.REPORTED: "reported by others",
    Category.REPEAT: "somebody who calls again soon",
    Category.SPOOFED: "looks like a neighbour",
    Category.NAMELESS: "the name is a number or a place",
    Category.PING: "rings once and hangs up",
    Category.PREMIUM: "expensive numbers",
    Category.SHARED_COST: "service numbers with shared cost",
    Category.TOLL_FREE: "free service numbers",
    Category.FOREIGN_PLUS_ONE: "abroad, though it begins with +1",
    Category.FOREIGN_LURE: "countries used to lure you to call back",
    Category.FOREIGN_NEAR: "countries nearby",
    Category.FOREIGN: "all other countries",
    Category.UNKNOWN: "unknown callers",
}
"""What kind of call it is, in a few words."""
