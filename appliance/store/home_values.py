"""Where the household is and whom it knows, as texts that are kept: country, own numbers, known countries. No SQL."""

import re

from appliance.core.caller import known_countries, list_key

# A household with a telephone number for each of its members, and some to spare.
NUMBERS = 10
# Every country there is has two letters; a list of all of them fits.
COUNTRIES_LIMIT = 2_000

E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
# Whole in some country, if not in the one that is set so far: whoever moves in may enter the number before the country.
ELSEWHERE = re.compile(r"[0-9]{8,15}", re.ASCII)


def country_key(text: str) -> str | None:
    """Two letters, upper case; "" stays empty, None for what is no country."""
    letters = text.strip().upper()
    return letters if not letters or letters in known_countries() else None


def countries_key(text: str) -> str:
    """Countries in their order of letters: "DE,MA". Raises ValueError with a sentence."""
    found = [part for part in re.split(r"[,;\s]+", text[:COUNTRIES_LIMIT].upper()) if part]
    for letters in found:
        if not country_key(letters):
            raise ValueError(f'"{letters[:40]}" is no country: write two letters for each, such as MA, DE.')
    return ",".join(sorted(set(found)))


def numbers_key(text: str, country: str, area_code: str) -> str:
    """The household's own numbers: "+12125550142,+12125550143", E.164 where this country has such a number.

    Else its digits as typed; `own_numbers` reads them once the country fits. Raises ValueError with a sentence.
    """
    parts = [part.strip() for part in re.split("[,;\n]", text) if part.strip()]
    if len(parts) > NUMBERS:
        raise ValueError(f"At most {NUMBERS} numbers of your own are possible.")
    return ",".join(dict.fromkeys(_number(part, country, area_code) for part in parts))


def _number(text: str, country: str, area_code: str) -> str:
    number = list_key(text[:100], country or "ZZ", area_code)  # ZZ is no country: only what begins with "+" is whole
    if not E164.fullmatch(number) and not ELSEWHERE.fullmatch(number):
        raise ValueError(
            f'"{text[:40]}" is not a whole telephone number: write it with its area code, '
            "or as from abroad, such as +44 20 7946 0123."
        )
    return number


def own_numbers(kept: str, country: str, area_code: str) -> tuple[str, ...]:
    """Of the numbers that are kept, those that are whole in this country, as E.164."""
    read = (list_key(number, country, area_code) for number in kept.split(",") if number)
    return tuple(dict.fromkeys(number for number in read if E164.fullmatch(number)))
