"""No sequence of bytes, times and commands leaves the line off-hook past its deadline, or raises."""

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from appliance.core.household import Mode, Treatment
from tests.fuzz.rig import OFF_HOOK_LIMIT_S, Rig

SAID = (
    b"\r\nRING\r\n",
    b"RING B\r\n",
    b"\x10R",
    b"\r\nDATE=0717\r\nTIME=1217\r\nNMBR=2025550118\r\nNAME=A CALLER\r\n",
    b"NMBR = 2025550119\r\n",
    b"NMBR=O\r\nNAME=O\r\n",
    b"NAME=LATE AND LONG\r\n",
    b"041230353131313835323430373535353030303059\r\n",
    b"80190108313130313138323002\r\n",
    b"MESG=0B01FF\r\n",
    b"A5550118C\r\n",
    b"\r\nOK\r\n",
    b"\r\nERROR\r\n",
    b"\r\nNO CARRIER\r\n",
    b"\r\nCONNECT\r\n",
    b"\r\nLINE-IN-USE\r\n",
    b"\x10P",
    b"\x10H",
    b"\x10b",
    b"\x10/\x101\x10~",
    b"\x10XNMBR=2025550117\r\n",
    b"\x10.",
    b"\x10\x03",
    b"\x10",
    b"R",
    b"\x00\xff",
)

REPLIES = (
    b"\r\nOK\r\n",
    b"\r\nERROR\r\n",
    b"",
    b"",
    b"0\r",
    b"\r\nLINE-IN-USE\r\n",
    b"\r\nCONNECT\r\n",
    b"\r\nVCON\r\n",
    b"\r\n8\r\n\r\nOK\r\n",
    b"\r\n+VCID: 0\r\n\r\nOK\r\n",
    b"\x10\x03",
)


class LineMachine(RuleBasedStateMachine):
    """A household's line with anything happening to it, in any order."""

    @initialize(
        country=st.sampled_from(["US", "GB", "NL"]),
        mode=st.sampled_from([Mode.ON, Mode.ON, *Mode]),
        treatment=st.sampled_from(list(Treatment)),
    )
    def plug_in(self, country: str, mode: Mode, treatment: Treatment) -> None:
        self.rig = Rig(country=country, mode=mode, treatment=treatment)
        self.rig.wait(5.0)

    @rule(data=st.one_of(st.sampled_from(SAID), st.lists(st.sampled_from(SAID), max_size=4).map(b"".join), st.binary()))
    def modem_says(self, data: bytes) -> None:
        self.rig.say(data)

    @rule(seconds=st.one_of(st.floats(0, 8), st.sampled_from([0.0, 2.6, 3.5, 6.0, 61.0, 130.0])))
    def time_passes(self, seconds: float) -> None:
        self.rig.wait(seconds)

    @rule(answers=st.lists(st.sampled_from(REPLIES), min_size=1, max_size=3))
    def modem_answers_otherwise(self, answers: list[bytes]) -> None:
        self.rig.answers = tuple(answers)

    @rule(obeys=st.booleans())
    def relay_sticks(self, obeys: bool) -> None:
        self.rig.relay.obeys = obeys

    @rule()
    def a_ring_with_caller_id(self) -> None:
        self.rig.say(SAID[0])
        self.rig.wait(3.0)
        self.rig.say(SAID[3])

    @rule(treatment=st.sampled_from([Treatment.DROP, Treatment.DROP, Treatment.RING]), then=st.floats(0, 6))
    def a_modem_in_order_has_a_call(self, treatment: Treatment, then: float) -> None:
        self.rig.answers, self.rig.relay.obeys = (SAID[11],), True
        self.rig.treatment = treatment
        self.a_ring_with_caller_id()
        self.rig.wait(then)

    @rule()
    def block_is_pressed(self) -> None:
        self.rig.press_block()

    @rule(treatment=st.sampled_from(list(Treatment)))
    def household_thinks_again(self, treatment: Treatment) -> None:
        self.rig.treatment = treatment

    @rule()
    def cable_is_pulled(self) -> None:
        self.rig.unplug()

    @invariant()
    def never_held_past_its_deadline(self) -> None:
        if hasattr(self, "rig"):
            assert self.rig.longest <= OFF_HOOK_LIMIT_S

    @invariant()
    def never_taken_without_a_ring(self) -> None:
        assert not (hasattr(self, "rig") and self.rig.went_off_hook_unrung)

    def teardown(self) -> None:
        """Left alone, with a modem that obeys or is closed, the line comes free and the call gets its row."""
        if hasattr(self, "rig"):
            self.rig.wait(OFF_HOOK_LIMIT_S + 60.0)
            assert self.rig.relay.off_hook_since is None
            assert self.rig.call is None


LineMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAnythingHappens = LineMachine.TestCase
