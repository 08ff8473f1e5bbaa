"""Unwanted callers, by what they do. Each behaviour is one function: a scene in, its calls out."""

from bench.efficacy import names
from bench.efficacy.households import BLOCK_DIGITS
from bench.efficacy.plans import NEIGHBOUR_DIGITS, made_up
from bench.efficacy.scene import Behaviour, Hours, Scene
from bench.efficacy.traces import Attempt

HOUR = 3600.0


def _sold(scene: Scene, national: str, **more: float | int | None) -> list[Attempt]:
    name = names.of_seller(scene.rng, scene.plan, scene.names_shown)
    return [Attempt(scene.at_home(national), name, **more)]  # type: ignore[arg-type]  # after_s and rings only


def rotation_block(scene: Scene) -> list[Attempt]:
    block = scene.rng.choice(scene.home.blocks)
    return _sold(scene, scene.plan.beside(scene.rng, block, BLOCK_DIGITS))


def rotation_area(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.plan.elsewhere(scene.rng, scene.home.area))


def steady(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.rng.choice(scene.home.steady))


def same_area(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.plan.fixed(scene.rng, scene.home.area))


def neighbour(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.plan.beside(scene.rng, scene.home.number, NEIGHBOUR_DIGITS))


def ping_then_call(scene: Scene) -> list[Attempt]:
    """Two short tries at different times of the day, then the call; from one number, or from one block."""
    rng, plan = scene.rng, scene.plan
    first = plan.elsewhere(rng, scene.home.area)
    one_block = rng.random() < 0.5
    found = []
    for step, rings in enumerate((rng.randint(1, 2), rng.randint(1, 2), None)):
        national = plan.beside(rng, first, BLOCK_DIGITS) if one_block and step else first
        after = step * rng.uniform(1.5, 3.5) * HOUR
        kind = "" if rings is None else "ping"
        found.append(Attempt(plan.at_home(national), None, after, rings=rings, kind=kind))
    return found


def withheld(_scene: Scene) -> list[Attempt]:
    return [Attempt(None, absence="private")]


def unavailable(_scene: Scene) -> list[Attempt]:
    return [Attempt(None, absence="unavailable")]


def no_caller_id(_scene: Scene) -> list[Attempt]:
    return [Attempt(None, absence="none")]


def mandated(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.plan.sales(scene.rng)) if scene.plan.mandated else []


def wangiri(scene: Scene) -> list[Attempt]:
    """One ring from a country that is dear to call; every other time again within the night, from the next number."""
    shown = scene.foreign(list(scene.plan.lures))
    found = [Attempt(shown, rings=1)]
    if scene.rng.random() < 0.5:
        other = f"{shown[:-2]}{scene.rng.randrange(100):02d}"
        found.append(Attempt(other, after_s=scene.rng.uniform(0.2, 3) * HOUR, rings=1))
    return found


def own_number(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.home.number)


def impossible(scene: Scene) -> list[Attempt]:
    return [Attempt(made_up(scene.rng, scene.plan), names.of_seller(scene.rng, scene.plan, scene.names_shown))]


def unassigned(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.plan.unassigned(scene.rng))


def labelled(scene: Scene) -> list[Attempt]:
    return [Attempt(scene.plan.at_home(scene.plan.fixed(scene.rng)), names.label(scene.rng))]


def name_is_number(scene: Scene) -> list[Attempt]:
    shown = scene.plan.at_home(scene.plan.fixed(scene.rng))
    return [Attempt(shown, shown)]


def name_is_place(scene: Scene) -> list[Attempt]:
    return [Attempt(scene.plan.at_home(scene.plan.fixed(scene.rng)), names.place(scene.rng))]


def local_mobile(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.plan.mobile_number(scene.rng))


def foreign(scene: Scene) -> list[Attempt]:
    return [Attempt(scene.foreign(list(scene.plan.abroad)))]


def toll_free(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.plan.free(scene.rng))


def premium(scene: Scene) -> list[Attempt]:
    return _sold(scene, scene.plan.dear(scene.rng))


def contact_spoof(scene: Scene) -> list[Attempt]:
    contact = scene.rng.choice(scene.home.contacts)
    return [Attempt(contact.number, contact.name if scene.plan.names else None)]


def blocked_before(scene: Scene) -> list[Attempt]:
    number = scene.rng.choice(scene.home.blocked).number
    return _sold(scene, number.removeprefix(f"+{scene.plan.code}"))


UNWANTED = (
    Behaviour("rotation_block", "a dialler that rotates through a block of numbers", rotation_block, Hours.OFFICE),
    Behaviour("rotation_area", "a dialler that shows another area code each time", rotation_area, Hours.OFFICE),
    Behaviour("steady", "a call centre that keeps its number", steady, Hours.OFFICE),
    Behaviour("same_area", "a seller who shows a number of the own area", same_area, Hours.OFFICE),
    Behaviour("neighbour", "a seller who shows a number of the own exchange", neighbour, Hours.OFFICE),
    Behaviour("ping_then_call", "a dialler that tests the number twice and then calls", ping_then_call, Hours.OFFICE),
    Behaviour("withheld", "a seller who withholds the number", withheld, Hours.OFFICE),
    Behaviour("unavailable", "a seller without a usable number", unavailable, Hours.OFFICE),
    Behaviour("no_caller_id", "a seller while Caller ID is out of order", no_caller_id, Hours.OFFICE),
    Behaviour("mandated", "a seller with the prefix that law prescribes", mandated, Hours.OFFICE),
    Behaviour("wangiri", "one ring from a dear country, so that one calls back", wangiri, Hours.ANY, redialled=False),
    Behaviour("own_number", "a caller who shows the household's own number", own_number, Hours.OFFICE),
    Behaviour("impossible", "a caller who shows a number nobody can have", impossible, Hours.OFFICE),
    Behaviour("unassigned", "a caller who shows a number nobody has", unassigned, Hours.OFFICE),
    Behaviour("labelled", "a seller whom the carrier names as one", labelled, Hours.OFFICE),
    Behaviour("name_is_number", "a seller whose name is the number", name_is_number, Hours.OFFICE),
    Behaviour("name_is_place", "a seller whose name is a place", name_is_place, Hours.OFFICE),
    Behaviour("local_mobile", "a seller or fraudster who shows a mobile of the country", local_mobile),
    Behaviour("foreign", "a call centre abroad that shows its country", foreign, Hours.OFFICE),
    Behaviour("toll_free", "a seller who shows a free number", toll_free, Hours.OFFICE),
    Behaviour("premium", "a caller who shows a dear number", premium, Hours.OFFICE),
    Behaviour("contact_spoof", "a fraudster who shows the number of a contact", contact_spoof, redialled=False),
    Behaviour("blocked_before", "a seller whom the household has blocked", blocked_before, Hours.OFFICE),
)
REDIALS = {
    "ping": "the short tries of a dialler before it calls",
    "redial_minute": "the same dialler again within a minute",
    "redial_later": "the same dialler again after 5 to 20 minutes",
}
"""Kinds that stand for a part of other behaviours."""
