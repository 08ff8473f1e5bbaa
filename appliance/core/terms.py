"""The closed lists of the decision: kinds of call, what can be done with one, the main switch. Values only."""

from enum import Enum


class Category(Enum):
    """What kind of call it is."""

    PERMITTED_NEXT = "permitted_next"
    EXPECTED = "expected"  # "I am waiting for a call"
    PERMITTED = "permitted"
    CONTACT = "contact"
    NEAR_CONTACT = "near_contact"  # of the same block of numbers as a contact
    BLOCKED = "blocked"
    EMERGENCY = "emergency"  # a service that must always get through
    BURST = "burst"  # within a minute after a blocked call
    WITHHELD = "withheld"
    UNAVAILABLE = "unavailable"
    NO_CALLER_ID = "no_caller_id"
    IMPOSSIBLE = "impossible"
    OWN_NUMBER = "own_number"
    TELEMARKETING = "telemarketing"  # a range that law reserves for such calls
    MASS_CALLS = "mass_calls"  # a range for sales, polls and the like, from which wanted calls come too
    RESERVED = "reserved"  # a range that nobody has: reserved, fictitious
    CARRIER_FLAGGED = "carrier_flagged"  # the telephone company warns in the name
    REPORTED = "reported"
    REPEAT = "repeat"  # an insistent caller
    SPOOFED = "spoofed"  # looks like a neighbour's number, and is nobody's we know
    NAMELESS = "nameless"  # the name is the number again, or a place
    PING = "ping"
    PREMIUM = "premium"
    SHARED_COST = "shared_cost"
    TOLL_FREE = "toll_free"
    FOREIGN_PLUS_ONE = "foreign_plus_one"  # begins with +1 and is abroad
    FOREIGN_LURE = "foreign_lure"  # countries whose dear numbers are used as a lure to call back
    FOREIGN_NEAR = "foreign_near"  # the same part of the world
    FOREIGN = "foreign"  # any other country
    UNKNOWN = "unknown"


class Treatment(Enum):
    """What happens to a call."""

    RING = "ring"
    CHALLENGE = "challenge"  # press a digit, and the house rings
    VOICEMAIL = "voicemail"
    ANNOUNCE = "announce"  # a sentence is said, and the call ends
    DISCONNECTED = "disconnected"  # the tones of a number that is not in service
    DROP = "drop"
    ANSWER_BOT = "answer_bot"


class Mode(Enum):
    """The household's main switch."""

    ON = "on"
    REHEARSAL = "rehearsal"  # decide and record, never touch the line
    OFF = "off"
