"""What a decision was worth: counts of wanted and unwanted calls by what became of them. No text, no table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.efficacy.playing import Decided
from bench.efficacy.weights import weights

LOSING = frozenset({"drop", "disconnected", "announce", "answer_bot"})
"""After these a wanted caller has reached neither a person nor a machine that keeps what is said."""

RING, CHALLENGE, VOICEMAIL = "ring", "challenge", "voicemail"
CAREFUL_SELLERS = (0.3, 1.0)
"""Other shares of live sellers who press the key, to see how much hangs on the one that is assumed."""


@dataclass(slots=True)
class Score:
    """Counts of calls. `live`: of the challenged, those behind whom a person is who can press a key."""

    became: Counter[str] = field(default_factory=Counter)
    live: int = 0

    @property
    def calls(self) -> int:
        """All of them."""
        return self.became.total()

    @property
    def stopped(self) -> int:
        """Kept from ringing on: whatever is done with them, it begins before a second ring."""
        return self.calls - self.became[RING]

    @property
    def lost(self) -> int:
        """Calls that ended with nothing."""
        return sum(self.became[treatment] for treatment in LOSING)

    @property
    def cannot_press(self) -> int:
        """Challenged, and nobody there to press."""
        return self.became[CHALLENGE] - self.live

    def reached(self, agent_presses: float | None = None) -> float:
        """How many unwanted callers rang on or passed the challenge, in the mean."""
        figures = weights()
        agent = figures.figure("agent_presses") if agent_presses is None else agent_presses
        machine = figures.figure("machine_presses")
        return self.became[RING] + self.live * agent + self.cannot_press * machine

    def add(self, treatment: str, *, presses: bool) -> None:
        """Count one call."""
        self.became[treatment] += 1
        self.live += treatment == CHALLENGE and presses


@dataclass(slots=True)
class KindScore:
    """One behaviour, and by which rules it was decided."""

    score: Score = field(default_factory=Score)
    rules: Counter[str] = field(default_factory=Counter)  # "rule: treatment"


@dataclass(slots=True)
class Result:
    """One preset, in one country or all; and the same by what this version does today."""

    preset: str
    region: str
    wanted: Score = field(default_factory=Score)
    unwanted: Score = field(default_factory=Score)
    wanted_today: Score = field(default_factory=Score)
    unwanted_today: Score = field(default_factory=Score)
    kinds: dict[tuple[bool, str], KindScore] = field(default_factory=dict)  # (wanted, kind)

    def add(self, decided: Decided) -> None:
        """Count one call."""
        call = decided.call
        by_preset, by_today = (self.wanted, self.wanted_today) if call.wanted else (self.unwanted, self.unwanted_today)
        by_preset.add(decided.wanted, presses=call.presses)
        by_today.add(decided.today, presses=call.presses)
        kind = self.kinds.setdefault((call.wanted, call.kind), KindScore())
        kind.score.add(decided.wanted, presses=call.presses)
        kind.rules[f"{decided.reason}: {decided.wanted}"] += 1


def scored(preset: str, region: str, decisions: Iterable[Decided]) -> Result:
    """The counts of these decisions."""
    result = Result(preset, region)
    for one in decisions:
        result.add(one)
    return result


def percent(part: float, whole: float) -> float:
    """0 of nothing."""
    return 100.0 * part / whole if whole else 0.0
