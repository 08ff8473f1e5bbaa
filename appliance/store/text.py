"""Text on its way into and out of SQL: made storable, and made a search. No statement stands here."""

import re

# Code points SQLite cannot take (lone halves of a pair) or would end a string at (NUL).
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
# What a person may write between the digits of a number.
NUMBER_LIKE = re.compile(r"\+?[\d\s().\-/]*\d[\d\s().\-/]*")
NOT_DIAL = re.compile(r"[^\d+]")
# From so many digits on it is taken for a whole number, whose zeros in front are a way of dialling; else for a part.
WHOLE_NUMBER = 7
# Trigrams know nothing shorter; shorter searches read the newest rows instead.
TRIGRAM = 3
# Numbers differ at their end; half the calls of a household begin alike, and the index would count them all (20 ms).
DIGITS_LOOKED_UP = 5
# Longer searches than any number or name are cut, so a hostile one costs no more than a kind one.
SEARCH_LIMIT = 100


def storable(text: str) -> str:
    """The text with what cannot be stored replaced by the replacement character."""
    return UNSTORABLE.sub("\ufffd", text)


def needle(search: str) -> str:
    """What to look for: blanks trimmed, and of a number, in whatever spelling, the digits.

    (020) 7946-0123 must find +442079460123: a stored number holds neither punctuation nor the zero of dialling. Part
    of a number, like 0123, is looked for as it stands.
    """
    text = storable(search).strip()[:SEARCH_LIMIT]
    if NUMBER_LIKE.fullmatch(text):
        digits = NOT_DIAL.sub("", text)
        return digits.lstrip("0") or digits if len(digits) >= WHOLE_NUMBER else digits
    return text


def trigrams(text: str) -> str:
    """A needle as an FTS5 query: rows that hold each of its trigrams. Nothing in it is an operator."""
    sharp = text[-DIGITS_LOOKED_UP:] if text.removeprefix("+").isdigit() else text
    pieces = dict.fromkeys(sharp[start : start + TRIGRAM] for start in range(len(sharp) - TRIGRAM + 1))
    return " AND ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def holds(text: str, *fields: str | None) -> bool:
    """Whether one of the fields holds the needle, upper and lower case alike in every script."""
    wanted = text.casefold()
    return any(field is not None and wanted in field.casefold() for field in fields)
