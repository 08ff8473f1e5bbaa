"""The three presets: what becomes of each category by day, by night, and when nobody is at home. Data and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass

from appliance.core.terms import Category, Treatment

BASES = ("day", "night", "away")
DEFAULT_PRESET = "balanced"

# The household said so itself, or it is a matter of life: no preset, and no schedule, takes these away.
ALWAYS_RING = frozenset(
    {Category.PERMITTED_NEXT, Category.EXPECTED, Category.PERMITTED, Category.CONTACT, Category.EMERGENCY}
)


@dataclass(frozen=True, slots=True)
class Preset:
    """`tables`: base profile -> every category -> treatment. `meaning` is the sentence that stands on the page."""

    title: str
    meaning: str
    tables: Mapping[str, Mapping[Category, Treatment]]


def _table(default: Treatment, **others: Treatment) -> dict[Category, Treatment]:
    table = dict.fromkeys(Category, default)
    table |= dict.fromkeys(ALWAYS_RING, Treatment.RING)
    table[Category.BLOCKED] = Treatment.DROP
    return table | {Category(name): treatment for name, treatment in others.items()}


_RING = _table(Treatment.RING)

PRESETS: Mapping[str, Preset] = {
    "gentle": Preset("Gentle", "Everybody rings.", dict.fromkeys(BASES, _RING)),
    "balanced": Preset("Balanced", "Everybody rings.", dict.fromkeys(BASES, _RING)),
    "strict": Preset("Strict", "Everybody rings.", dict.fromkeys(BASES, _RING)),
}
