"""Wanted callers, by what they do. Each behaviour is one function: a scene in, its calls out."""

from bench.efficacy import names
from bench.efficacy.plans import NEIGHBOUR_DIGITS
from bench.efficacy.scene import Behaviour, Hours, Scene
from bench.efficacy.traces import Attempt

MINUTE = 60.0
DESK_DIGITS = 2  # extensions of one small office


def _person(scene: Scene, national: str) -> Attempt:
    return Attempt(scene.at_home(national), names.of_person(scene.rng, scene.plan, scene.names_shown))


def _office(scene: Scene, national: str) -> Attempt:
    return Attempt(scene.at_home(national), names.of_office(scene.rng, scene.plan, scene.names_shown))


def _stranger(scene: Scene) -> str:
    """A wanted caller whom nobody here knows: half of them with a mobile."""
    return scene.plan.mobile_number(scene.rng) if scene.rng.random() < 0.5 else scene.plan.fixed(scene.rng)


def _home_contact(scene: Scene) -> tuple[str, str]:
    code = f"+{scene.plan.code}"
    contacts = [c for c in scene.home.contacts if c.number.startswith(code)]
    found = scene.rng.choice(contacts)
    return found.number.removeprefix(code), found.name


def contact(scene: Scene) -> list[Attempt]:
    national, name = _home_contact(scene)
    return [Attempt(scene.plan.at_home(national), name if scene.plan.names else None)]


def contact_other_dress(scene: Scene) -> list[Attempt]:
    national, _ = _home_contact(scene)
    return [Attempt(scene.plan.dressed(scene.rng, national, scene.home.area))]


def permitted(scene: Scene) -> list[Attempt]:
    number = scene.rng.choice(scene.home.permitted).number
    return [_office(scene, number.removeprefix(f"+{scene.plan.code}"))]


def near_contact(scene: Scene) -> list[Attempt]:
    office = scene.rng.choice(scene.home.offices)
    return [_office(scene, scene.plan.beside(scene.rng, office, DESK_DIGITS))]


def new_office(scene: Scene) -> list[Attempt]:
    return [_office(scene, scene.plan.fixed(scene.rng, scene.home.area))]


def courier(scene: Scene) -> list[Attempt]:
    return [_person(scene, scene.plan.mobile_number(scene.rng))]


def withheld_hospital(_scene: Scene) -> list[Attempt]:
    return [Attempt(None, absence="private")]


def unavailable_office(_scene: Scene) -> list[Attempt]:
    return [Attempt(None, absence="unavailable")]


def foreign_family_known(scene: Scene) -> list[Attempt]:
    """Where a household has family abroad, its last two contacts before the offices are there."""
    if scene.home.family is None:
        return []
    count = len(scene.home.contacts) - len(scene.home.offices)
    number = scene.rng.choice(scene.home.contacts[count - 2 : count]).number
    return [Attempt(scene.plan.shown_from_abroad(scene.rng, number))]


def foreign_family(scene: Scene) -> list[Attempt]:
    return [Attempt(scene.foreign([scene.home.family]))] if scene.home.family else []


def insistent(scene: Scene) -> list[Attempt]:
    """Nobody lifts in time; some minutes later the same caller tries again."""
    first = _person(scene, _stranger(scene))
    again = Attempt(first.shown, first.name, scene.rng.uniform(3, 10) * MINUTE, kind="insistent_again")
    return [Attempt(first.shown, first.name, rings=6), again]


def worried_redial(scene: Scene) -> list[Attempt]:
    first = _person(scene, _stranger(scene))
    return [
        Attempt(first.shown, first.name, rings=5),
        Attempt(first.shown, first.name, scene.rng.uniform(30, 58), kind="worried_redial_again"),
    ]


def short_then_again(scene: Scene) -> list[Attempt]:
    first = _person(scene, _stranger(scene))
    gaps = (0.0, scene.rng.uniform(60, 240) * MINUTE, scene.rng.uniform(300, 600) * MINUTE)
    return [
        Attempt(first.shown, first.name, gap, rings=None if step == 2 else 2, kind="short_third" if step == 2 else "")
        for step, gap in enumerate(gaps)
    ]


def emergency(scene: Scene) -> list[Attempt]:
    return [Attempt(scene.rng.choice(list(scene.plan.emergency)))]


def new_mobile(scene: Scene) -> list[Attempt]:
    return [_person(scene, scene.plan.mobile_number(scene.rng))]


def stranger(scene: Scene) -> list[Attempt]:
    return [_person(scene, _stranger(scene))]


def automatic(scene: Scene) -> list[Attempt]:
    national = scene.plan.company(scene.rng) if scene.rng.random() < 0.4 else scene.plan.fixed(scene.rng)
    return [_office(scene, national)]


def spoof_victim(scene: Scene) -> list[Attempt]:
    return [_person(scene, scene.rng.choice(scene.home.victims))]


def real_neighbour(scene: Scene) -> list[Attempt]:
    return [_person(scene, scene.plan.beside(scene.rng, scene.home.number, NEIGHBOUR_DIGITS))]


def company_number(scene: Scene) -> list[Attempt]:
    return [_office(scene, scene.plan.company(scene.rng))]


def service_prefix(scene: Scene) -> list[Attempt]:
    return [_office(scene, scene.plan.service(scene.rng))] if scene.plan.services else []


def mass_range(scene: Scene) -> list[Attempt]:
    return [_office(scene, scene.plan.sales(scene.rng))] if scene.plan.mandated else []


def label_by_mistake(scene: Scene) -> list[Attempt]:
    return [Attempt(scene.plan.at_home(scene.plan.fixed(scene.rng, scene.home.area)), names.label(scene.rng))]


def own_number(scene: Scene) -> list[Attempt]:
    return [Attempt(scene.plan.at_home(scene.home.number))]


def no_caller_id(_scene: Scene) -> list[Attempt]:
    return [Attempt(None, absence="none")]


def foreign_hospital(scene: Scene) -> list[Attempt]:
    return [Attempt(scene.foreign(list(scene.plan.family)))]


WANTED = (
    Behaviour("contact", "somebody from the address book", contact),
    Behaviour("contact_other_dress", "the same, the number shown in other dress", contact_other_dress),
    Behaviour("permitted", "somebody from the permit list", permitted),
    Behaviour("near_contact", "another desk of an office in the address book", near_contact),
    Behaviour("new_office", "an office of the area whose number nobody knows", new_office),
    Behaviour("courier", "a driver with a mobile", courier),
    Behaviour("withheld_hospital", "a hospital or doctor who withholds the number", withheld_hospital),
    Behaviour("unavailable_office", "an office whose number got lost on the way", unavailable_office),
    Behaviour("foreign_family_known", "family abroad, in the address book", foreign_family_known),
    Behaviour("foreign_family", "family abroad, from another number", foreign_family),
    Behaviour("callback", "an office that calls back on another number", new_office),
    Behaviour("insistent", "somebody unknown who will try again", insistent),
    Behaviour("worried_redial", "somebody unknown who will try again at once", worried_redial),
    Behaviour("short_then_again", "somebody unknown who gives up after two rings, twice", short_then_again),
    Behaviour("emergency", "the emergency service calls back", emergency, Hours.ANY),
    Behaviour("new_mobile", "a grandchild's new mobile", new_mobile),
    Behaviour("night", "somebody unknown at night", stranger, Hours.NIGHT),
    Behaviour("contact_at_night", "family at night", contact, Hours.NIGHT),
    Behaviour("automatic", "a machine reminds of an appointment", automatic, Hours.OFFICE, presses=False),
    Behaviour("spoof_victim", "a wanted caller whose number is reported", spoof_victim),
    Behaviour("real_neighbour", "a neighbour of the same exchange, no contact", real_neighbour),
    Behaviour("company_number", "a bank that shows a free or shared-cost number", company_number, Hours.OFFICE),
    Behaviour("service_prefix", "a company with the prefix for wanted calls", service_prefix, Hours.OFFICE),
    Behaviour("mass_range", "a firm one deals with, through a dialler and its prefix", mass_range, Hours.OFFICE),
    Behaviour("label_by_mistake", "a wanted caller whom the carrier warns of", label_by_mistake),
    Behaviour("own_number", "the network's voicemail shows the own number", own_number, presses=False),
    Behaviour("no_caller_id", "somebody known while Caller ID is out of order", no_caller_id),
    Behaviour("foreign_hospital", "a hospital abroad", foreign_hospital),
)
AGAIN = {
    "insistent_again": "the same, tries again after 3 to 10 minutes",
    "worried_redial_again": "the same, tries again within a minute",
    "short_third": "the same, calls a third time and waits",
}
"""Kinds that stand for a later call of other behaviours."""
