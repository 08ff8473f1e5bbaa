"""Households made up by a seed: their numbers, address books, block lists, and the callers they will have."""

from datetime import date, timedelta
from random import Random

from bench.efficacy.names import person
from bench.efficacy.plans import NEIGHBOUR_DIGITS, Plan
from bench.efficacy.traces import Home, Listed, Reported
from bench.efficacy.weights import Weights

CONTACTS = (12, 30)  # how many people an older household has in its book: an assumption
OFFICES, PERMITTED, STEADY, BLOCKS, VICTIMS, BLOCKED = 4, 3, 6, 3, 2, 8
BLOCK_DIGITS = 3  # diallers rent and rotate through blocks of a thousand
NOISE = 300  # reported numbers that never call here: the file is for a whole country
STRONG = ((60, 100), (5, 400), (1, 150))  # score, count, days since: reports that should count
WEAK = ((10, 100), (1, 2), (200, 900))  # those that should not


def household(rng: Random, plan: Plan, weights: Weights, name: str, start: date) -> Home:
    """One household of a country; `start` is the first day of its calls."""
    area = rng.choice(list(plan.areas))
    number = plan.fixed(rng, area)
    family = rng.choice(list(plan.family)) if rng.random() < weights.figure("family_abroad") else None
    known = (family,) if family and rng.random() < weights.figure("family_country_known") else ()
    offices = tuple(plan.fixed(rng, area) for _ in range(OFFICES))
    steady = tuple(plan.elsewhere(rng, area) for _ in range(STEADY))
    blocks = tuple(plan.elsewhere(rng, area) for _ in range(BLOCKS))
    victims = tuple(plan.fixed(rng, area) for _ in range(VICTIMS))
    blocked = [plan.elsewhere(rng, area) for _ in range(BLOCKED)]
    return Home(
        name=name,
        region=plan.region,
        area=area,
        number=number,
        area_code=area if plan.area_code else "",
        contacts=(*_contacts(rng, plan, area, number, family), *(Listed(plan.e164(n), "OFFICE") for n in offices)),
        offices=offices,
        permitted=tuple(Listed(plan.e164(plan.fixed(rng, area)), "PRACTICE") for _ in range(PERMITTED)),
        blocked=tuple(Listed(plan.e164(n), "SELLER") for n in blocked),
        reports=_reports(rng, plan, weights, start, steady, blocks, victims),
        steady=steady,
        blocks=blocks,
        victims=victims,
        family=family,
        known_countries=known,
    )


def _contacts(rng: Random, plan: Plan, area: str, number: str, family: str | None) -> list[Listed]:
    found = []
    for _ in range(rng.randint(*CONTACTS)):
        kind = rng.random()
        if kind < 0.1:
            digits = plan.beside(rng, number, NEIGHBOUR_DIGITS)  # people next door share our exchange
        elif kind < 0.5:
            digits = plan.fixed(rng, area)
        elif kind < 0.8:
            digits = plan.mobile_number(rng)
        else:
            digits = plan.elsewhere(rng, area)
        found.append(Listed(plan.e164(digits), person(rng)))
    if family:
        found += [Listed(plan.abroad_number(rng, family), person(rng)) for _ in range(2)]
    return found


def _reports(
    rng: Random,
    plan: Plan,
    weights: Weights,
    start: date,
    steady: tuple[str, ...],
    blocks: tuple[str, ...],
    victims: tuple[str, ...],
) -> tuple[Reported, ...]:
    share, of_block = weights.figure("reported_steady"), weights.figure("reported_block")
    numbers = [number for number in steady if rng.random() < share]
    for block in blocks:
        numbers += [
            f"{block[:-BLOCK_DIGITS]}{last:0{BLOCK_DIGITS}d}" for last in range(1000) if rng.random() < of_block
        ]
    numbers += [plan.fixed(rng) for _ in range(NOISE)]
    rows = {number: _report(rng, weights, plan.e164(number), start) for number in numbers}
    # Whoever is a victim has been reported in earnest: this is meant to hurt.
    rows |= {number: _row(rng, STRONG, plan.e164(number), start) for number in victims}
    return tuple(rows.values())


def _report(rng: Random, weights: Weights, number: str, start: date) -> Reported:
    weak = rng.random() < weights.figure("reported_weak")
    return _row(rng, WEAK if weak else STRONG, number, start)


def _row(rng: Random, ranges: tuple[tuple[int, int], ...], number: str, start: date) -> Reported:
    score, count, days = (rng.randint(*bounds) for bounds in ranges)
    return Reported(number, score, count, start - timedelta(days=days))
