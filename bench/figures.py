"""A measured figure beside its budget, and the table of them. Nothing is measured here."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `budget` in `unit`; without a budget it is only told.

    `plain` is the same measured in the same run for something plain, so that a slow machine does not look like a slow
    program; `beside` says what that was.
    """

    what: str
    value: float
    unit: str
    budget: float | None = None
    plain: float | None = None
    beside: str = ""

    @property
    def kept(self) -> bool:
        """Whether it is within its budget."""
        return self.budget is None or self.value <= self.budget

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        budget = "" if self.budget is None else f"<= {self.budget:g} {self.unit}"
        ratio = "" if not self.plain else f"{self.value / self.plain:.2f} x {self.beside} ({_short(self.plain)})"
        verdict = "" if self.budget is None else "kept" if self.kept else "MISSED"
        return self.what, f"{_short(self.value)} {self.unit}", budget, verdict, ratio


def table(figures: Sequence[Figure]) -> str:
    """All figures, one line each."""
    rows = [("what", "figure", "budget", "verdict", "beside"), *(figure.cells() for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def share(values: Sequence[float], part: float) -> float:
    """The value below which `part` of all lie (nearest rank): share(v, 0.99) of 100 values is the second largest."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * part))]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return share(values, 0.5)


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"
