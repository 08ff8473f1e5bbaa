"""Caller names of North American networks, at most fifteen capitals; all invented. Elsewhere none are shown."""

from random import Random

from bench.efficacy.plans import Plan

LAST = ("MILL", "BAKER", "STONE", "FIELD", "BROOK", "HARPER", "FLINT", "MARSH", "WELLS", "THORN", "ALDER", "QUILL")
FIRST = ("ANN", "JOHN", "MARY", "PAUL", "RUTH", "CARL", "JOAN", "DEAN", "ROSE", "HUGH")
OFFICES = ("LAKESIDE CLINIC", "OAK HILL SCHOOL", "TOWN HALL", "MAIN ST PHARMCY", "RIVER DENTAL", "ELM GARAGE")
SELLERS = ("SOLAR SAVINGS", "CARD SERVICES", "WARRANTY DEPT", "HEALTH PLANS", "HOME SECURITY", "DEBT RELIEF")
PLACES = ("SPRINGVALE IL", "MARLOW NY", "EASTON FALLS OH", "PINE RIDGE TX", "NEWFIELD CA", "BROOKVIEW PA")
PLAIN = ("WIRELESS CALLER", "UNKNOWN NAME", "CELL PHONE")
LABELS = ("SPAM?", "Scam Likely", "Suspected Spam", "Spam Risk", "Telemarketer")


def person(rng: Random) -> str:
    """Last name first, as the name databases have it."""
    return f"{rng.choice(LAST)} {rng.choice(FIRST)}"[:15]


def of_person(rng: Random, plan: Plan, shown: float) -> str | None:
    """What the network shows for a wanted person: often only that it is a mobile, or where it is from."""
    if not plan.names or rng.random() > shown:
        return None
    kind = rng.random()
    name = person(rng) if kind < 0.7 else rng.choice(PLAIN) if kind < 0.85 else rng.choice(PLACES)
    return _verified(rng, name)


def of_office(rng: Random, plan: Plan, shown: float) -> str | None:
    """For a wanted office."""
    return _verified(rng, rng.choice(OFFICES)) if plan.names and rng.random() < shown else None


def of_seller(rng: Random, plan: Plan, shown: float) -> str | None:
    """For an unwanted caller whose number is not his own: the name of its owner, or of a company, or nothing much."""
    if not plan.names or rng.random() > shown:
        return None
    kind = rng.random()
    if kind < 0.35:
        return _verified(rng, rng.choice(SELLERS))
    if kind < 0.65:
        return person(rng)
    return f"V{rng.randrange(10**14):014d}" if kind < 0.7 else rng.choice(PLAIN)


def label(rng: Random) -> str:
    """What a carrier writes in front of a name, or in its place."""
    found = rng.choice(LABELS)
    return f"SPAM? {rng.choice(SELLERS)}"[:15] if found == "SPAM?" else found


def place(rng: Random) -> str:
    """Where the number is from, when the network knows no name."""
    return rng.choice(PLACES)


def _verified(rng: Random, name: str) -> str:
    """Some networks mark numbers that were proven, of sellers too."""
    return f"[V] {name}"[:15] if rng.random() < 0.1 else name
