"""The lamps of the box in words, and the rhythms that the style sheet draws. The meanings are those of the panel."""

from collections.abc import Mapping
from dataclasses import dataclass

TITLES = {"health": "Health", "ring": "Ring", "blocked": "Blocked", "message": "Message"}

# Pattern names as the panel reports them; each has a class of the same name in quietline.css.
RHYTHMS = {
    "off": "Dark",
    "steady": "Lit",
    "blink": "Blinking",
    "fast_blink": "Blinking fast",
    "slow_blink": "Blinking slowly",
    "slow_pulse": "A short light now and then",
    "double_flash": "Flashing twice, again and again",
    "glow": "Lit for ten seconds",
    "three_short": "Three short flashes",
    "flicker": "Flickering",
    "long_flash": "One long flash",
    "two_long": "Two long flashes",
    "long_and_short": "Long and short, twice",
    "long_flash_then_off": "One long flash, then dark",
}

MEANINGS = {
    ("health", "steady"): "all is well",
    ("health", "double_flash"): "the modem is missing",
    ("health", "fast_blink"): "something is wrong",
    ("health", "slow_pulse"): "blocking is off",
    ("health", "slow_blink"): "rehearsal",
    ("health", "off"): "Quietline is not running",
    ("ring", "blink"): "it rings",
    ("ring", "steady"): "let through",
    ("ring", "off"): "nothing rings",
    ("ring", "three_short"): "permitted",
    ("ring", "slow_pulse"): "the next call is let through",
    ("ring", "double_flash"): "you are waiting for a call, so unknown callers are let through",
    ("ring", "long_flash_then_off"): "the next call is as any other again",
    ("blocked", "off"): "nothing was dropped just now",
    ("blocked", "glow"): "a call is dropped",
    ("blocked", "three_short"): "blocked",
    ("blocked", "long_flash"): "taken back",
    ("blocked", "flicker"): "nobody to block",
    ("blocked", "two_long"): "hidden numbers cannot be blocked",
    ("blocked", "long_and_short"): "stays permitted",
    ("message", "off"): "no message",
    ("message", "slow_blink"): "your telephone company holds a message",
}


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp, ready to draw."""

    name: str
    css: str
    title: str
    text: str


def drawn(showing: Mapping[str, str], *, dark: bool = False) -> list[Lamp]:
    """The lamps in the order of the box. `dark` draws them all off: what is not running lights nothing."""
    found = []
    for name, title in TITLES.items():
        pattern = "off" if dark else showing.get(name, "off")
        rhythm = RHYTHMS.get(pattern, pattern.replace("_", " "))
        meaning = MEANINGS.get((name, pattern), "")
        css = pattern if pattern in RHYTHMS else "other"
        found.append(Lamp(name, css, title, f"{rhythm}: {meaning}" if meaning else rhythm))
    return found
