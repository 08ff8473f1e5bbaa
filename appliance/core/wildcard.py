"""Patterns with "*" (any run) and "?" (one character): their normal form and their matching. No regular expression.

A household types these and a caller supplies the text, so matching must not blow up whatever both write: the cost is
bounded by length of pattern times length of text, with both cut short.
"""

import unicodedata
from functools import lru_cache

PATTERN_LIMIT = 60  # characters; no number is longer than 40, no caller name on a wire longer than 50
_NUMBER_CHARACTERS = frozenset("0123456789+#*?")
_SEPARATORS = frozenset(" -().,/\u00a0\u2010\u2011\u2012\u2013\u202f")


def pattern_key(text: str) -> str:
    """The normal form of a number pattern: digits, "+", "#", "*", "?". Raises ValueError with a sentence."""
    kept: list[str] = []
    for character in text.strip():
        plain = ascii_digit(character)
        if plain in _NUMBER_CHARACTERS:
            if not (plain == "*" and kept[-1:] == ["*"]):
                kept.append(plain)
        elif plain not in _SEPARATORS:
            raise ValueError(f'A number pattern holds digits, "+", "*" and "?" only, not {character!r}.')
    return _bounded("".join(kept))


def name_key(text: str) -> str:
    """The normal form of a name or a name pattern: upper case, runs of blanks as one. Raises ValueError."""
    return _bounded(plain_name(text))


def plain_name(text: str) -> str:
    """A name as it is compared: letters in one case and one composition, blanks single."""
    if text.isascii():
        return " ".join(text.upper().split())  # nearly every name there is
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).upper())
    return " ".join(composed.split())


def ascii_digit(character: str) -> str:
    """The ASCII digit or plus for one of another script; other characters unchanged."""
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "+" if character == "\uff0b" else character


def _bounded(pattern: str) -> str:
    if not pattern.strip("*? "):
        raise ValueError("A pattern of wildcards only would match every call; write at least one other character.")
    if len(pattern) > PATTERN_LIMIT:
        raise ValueError(f"A pattern holds at most {PATTERN_LIMIT} characters.")
    return pattern


@lru_cache(maxsize=4096)  # more patterns than any household keeps; beyond it splitting anew costs a microsecond each
def _pieces(pattern: str) -> tuple[str, tuple[str, ...]]:
    """The plain characters it begins with, and the pieces between its stars."""
    pieces = tuple(pattern.split("*"))
    return pieces[0].split("?")[0], pieces


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text fits: each piece between stars is taken at its leftmost place and never revisited."""
    begins, (first, *rest) = _pieces(pattern)
    if not text.startswith(begins):
        return False  # the fate of most: a household's patterns differ in how they begin
    if not rest:
        return len(text) == len(first) and _fits(first, text, 0)
    last = rest.pop()
    end = len(text) - len(last)
    if len(first) > end or not _fits(first, text, 0) or not _fits(last, text, end):
        return False
    start = len(first)
    for piece in rest:
        found = _find(piece, text, start, end)
        if found < 0:
            return False
        start = found + len(piece)
    return True


def _fits(piece: str, text: str, start: int) -> bool:
    if "?" not in piece:
        return text.startswith(piece, start)
    window = text[start : start + len(piece)]
    return len(window) == len(piece) and all(p in ("?", c) for p, c in zip(piece, window, strict=True))


def _find(piece: str, text: str, start: int, end: int) -> int:
    if "?" not in piece:
        return text.find(piece, start, end)
    return next((at for at in range(start, end - len(piece) + 1) if _fits(piece, text, at)), -1)
