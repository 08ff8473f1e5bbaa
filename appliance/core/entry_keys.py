"""The normal form of what a person types for a list, by kind of entry. No list, no file and no page may enter."""

from appliance.core.called import ring_key
from appliance.core.caller import list_key, name_key, pattern_key, prefix_key
from appliance.core.household import EntryKind


def entry_key(kind: EntryKind, text: str, country: str, area_code: str = "") -> str:
    """The value of an entry. Raises ValueError with a sentence that says what to write instead."""
    match kind:
        case EntryKind.EXACT | EntryKind.DIALLED:
            return list_key(text, country, area_code)
        case EntryKind.PREFIX:
            return prefix_key(text, country, area_code)
        case EntryKind.PATTERN:
            return pattern_key(text)
        case EntryKind.NAME:
            return name_key(text)
        case EntryKind.RING:
            return ring_key(text)
