"""The results as plain tables and as JSON. Nothing is counted here."""

import json
from collections.abc import Sequence
from typing import Any

from bench.efficacy.scoring import CAREFUL_SELLERS, CHALLENGE, RING, VOICEMAIL, KindScore, Result, Score, percent
from bench.efficacy.unwanted import REDIALS, UNWANTED
from bench.efficacy.wanted import AGAIN, WANTED

TEXTS = {b.kind: b.text for b in UNWANTED} | REDIALS
WANTED_TEXTS = {b.kind: b.text for b in WANTED} | AGAIN

UNWANTED_HEADER = ("unwanted", "stopped", "reached")
WANTED_HEADER = ("wanted", "rang", "challenged", "no key", "voicemail", "LOST")


def summary(results: Sequence[Result], *, today: bool = False) -> str:
    """A row for each preset and country; with `today`, by what this version does."""
    rows: list[tuple[str, ...]] = [("preset", "country", *UNWANTED_HEADER, *WANTED_HEADER)]
    for result in results:
        wanted = result.wanted_today if today else result.wanted
        unwanted = result.unwanted_today if today else result.unwanted
        rows.append((result.preset, result.region, *_unwanted(unwanted), *_wanted(wanted)))
    return _aligned(rows)


def by_kind(result: Result) -> str:
    """The behaviours of one preset, the worst first, with the rules that decided."""
    unwanted: list[tuple[str, ...]] = [("unwanted", "calls", "stopped", "reached", "decided by")]
    wanted: list[tuple[str, ...]] = [("wanted", "calls", "rang", "challenged", "voicemail", "LOST", "decided by")]
    for (is_wanted, kind), found in sorted(result.kinds.items(), key=_worst_first):
        score = found.score
        if is_wanted:
            cells = [_n(score.became[treatment], score) for treatment in (RING, CHALLENGE, VOICEMAIL)]
            wanted.append((WANTED_TEXTS[kind], str(score.calls), *cells, str(score.lost), _rules(found)))
        else:
            cells = [_n(score.stopped, score), _n(score.reached(), score)]
            unwanted.append((TEXTS[kind], str(score.calls), *cells, _rules(found)))
    return f"{_aligned(unwanted)}\n\n{_aligned(wanted)}"


def sensitivity(results: Sequence[Result]) -> str:
    """How many unwanted calls reach a person if more sellers press the key than assumed."""
    shares = (None, *CAREFUL_SELLERS)
    rows: list[tuple[str, ...]] = [
        ("preset", "country", *("as assumed" if s is None else f"{s * 100:.0f} % press" for s in shares))
    ]
    for result in results:
        score = result.unwanted
        rows.append((result.preset, result.region, *(_n(score.reached(share), score) for share in shares)))
    return _aligned(rows)


def as_json(results: Sequence[Result]) -> str:
    """Everything that was counted."""
    return json.dumps([_plain(result) for result in results], indent=1)


def _plain(result: Result) -> dict[str, Any]:
    return {
        "preset": result.preset,
        "country": result.region,
        "unwanted": _counts(result.unwanted),
        "wanted": _counts(result.wanted),
        "unwanted_today": _counts(result.unwanted_today),
        "wanted_today": _counts(result.wanted_today),
        "kinds": [
            {"kind": kind, "wanted": wanted, **_counts(found.score), "rules": dict(found.rules)}
            for (wanted, kind), found in sorted(result.kinds.items())
        ],
    }


def _counts(score: Score) -> dict[str, Any]:
    return {
        "calls": score.calls,
        "stopped": score.stopped,
        "reached": round(score.reached(), 2),
        "lost": score.lost,
        "challenged_without_a_person": score.cannot_press,
        "treatments": dict(score.became),
    }


def _unwanted(score: Score) -> tuple[str, ...]:
    return str(score.calls), _n(score.stopped, score), _n(score.reached(), score)


def _wanted(score: Score) -> tuple[str, ...]:
    became = score.became
    shares = (_n(became[RING], score), _n(became[CHALLENGE], score), _n(score.cannot_press, score))
    return (str(score.calls), *shares, _n(became[VOICEMAIL], score), str(score.lost))


def _worst_first(item: tuple[tuple[bool, str], KindScore]) -> tuple[bool, float, str]:
    (wanted, kind), found = item
    score = found.score
    return wanted, -(score.lost if wanted else percent(score.reached(), score.calls)), kind


def _rules(found: KindScore) -> str:
    return ", ".join(f"{rule} {count}" for rule, count in found.rules.most_common(4))


def _n(part: float, score: Score) -> str:
    return f"{percent(part, score.calls):.1f} %"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
