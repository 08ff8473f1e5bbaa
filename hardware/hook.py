"""What our modem does with the line, as one table: state x happening -> next state and acts. Nothing else may enter.

In a state of MAY_HOLD_THE_LINE the telephone line is, or may be, taken by us; each of them has a deadline (session.py)
after which the line is let go of, and no way out of them but through RELEASED or closing the port.
"""

from enum import Enum, auto


class State(Enum):
    """Of one open port."""

    STARTING = auto()  # being set up; the first thing said to the modem was to let go of the line
    READY = auto()  # on-hook, listening
    SEIZING = auto()  # told to take the line, not answered yet
    HOLDING = auto()  # has the line
    DOUBTFUL = auto()  # refused or did not answer: may have the line
    RELEASING = auto()  # told to let go of the line, not answered yet
    FAILED = auto()  # to be closed; DTR drops and so does the line


class Happening(Enum):
    """What moves the table."""

    SET_UP = auto()
    OFF_HOOK_ASKED = auto()
    ON_HOOK_ASKED = auto()
    SEIZED = auto()  # OK to off-hook
    FOUND_IN_USE = auto()  # LINE-IN-USE to off-hook: somebody in the house is talking
    SEIZE_FAILED = auto()  # anything else to off-hook, or nothing
    RELEASED = auto()  # OK to on-hook, surely meant for it
    RELEASE_FAILED = auto()  # anything else to on-hook, or nothing; tries are left
    DEADLINE = auto()  # of the state
    BROKE = auto()  # port lost, modem silent, set-up failed, no tries left


class Act(Enum):
    """What to do on the way."""

    SEND_OFF_HOOK = auto()
    SEND_ON_HOOK = auto()
    TELL_READY = auto()
    TELL_OFF_HOOK = auto()
    TELL_ON_HOOK = auto()
    TELL_OFF_HOOK_FAILED = auto()
    TELL_ON_HOOK_FAILED = auto()
    TELL_IN_USE = auto()
    GIVE_UP_THE_PORT = auto()


IN_USE = "LINE-IN-USE"
"""Conexant 102752B, -STE: said in place of OK when another telephone in the house is off-hook."""

LATE_ANSWERS = frozenset({"OK", "ERROR", IN_USE})
"""What can only be the answer to a command that was given up."""

SAID_TO_OFF_HOOK = {"OK": Happening.SEIZED, IN_USE: Happening.FOUND_IN_USE}
"""Anything else is a refusal."""

MAY_HOLD_THE_LINE = frozenset({State.SEIZING, State.HOLDING, State.DOUBTFUL, State.RELEASING})

_S, _H, _A = State, Happening, Act

TABLE: dict[tuple[State, Happening], tuple[State, tuple[Act, ...]]] = {
    (_S.STARTING, _H.SET_UP): (_S.READY, (_A.TELL_READY,)),
    (_S.STARTING, _H.OFF_HOOK_ASKED): (_S.STARTING, (_A.TELL_OFF_HOOK_FAILED,)),
    (_S.STARTING, _H.ON_HOOK_ASKED): (_S.STARTING, (_A.TELL_ON_HOOK_FAILED,)),
    (_S.STARTING, _H.SEIZED): (_S.STARTING, ()),
    (_S.STARTING, _H.FOUND_IN_USE): (_S.STARTING, ()),
    (_S.STARTING, _H.SEIZE_FAILED): (_S.STARTING, ()),
    (_S.STARTING, _H.RELEASED): (_S.STARTING, ()),
    (_S.STARTING, _H.RELEASE_FAILED): (_S.STARTING, ()),
    (_S.STARTING, _H.DEADLINE): (_S.STARTING, ()),
    (_S.STARTING, _H.BROKE): (_S.FAILED, (_A.GIVE_UP_THE_PORT,)),
    (_S.READY, _H.SET_UP): (_S.READY, ()),
    (_S.READY, _H.OFF_HOOK_ASKED): (_S.SEIZING, (_A.SEND_OFF_HOOK,)),
    # Known to be on-hook. Nothing is sent: while a call rings, some modems take ATH0 for a refusal of that call.
    (_S.READY, _H.ON_HOOK_ASKED): (_S.READY, (_A.TELL_ON_HOOK,)),
    (_S.READY, _H.SEIZED): (_S.READY, ()),
    (_S.READY, _H.FOUND_IN_USE): (_S.READY, ()),
    (_S.READY, _H.SEIZE_FAILED): (_S.READY, ()),
    (_S.READY, _H.RELEASED): (_S.READY, ()),
    (_S.READY, _H.RELEASE_FAILED): (_S.READY, ()),
    (_S.READY, _H.DEADLINE): (_S.READY, ()),
    (_S.READY, _H.BROKE): (_S.FAILED, (_A.GIVE_UP_THE_PORT,)),
    (_S.SEIZING, _H.SET_UP): (_S.SEIZING, ()),
    (_S.SEIZING, _H.OFF_HOOK_ASKED): (_S.SEIZING, ()),  # the answer to the first asking serves
    (_S.SEIZING, _H.ON_HOOK_ASKED): (_S.RELEASING, (_A.SEND_ON_HOOK,)),
    (_S.SEIZING, _H.SEIZED): (_S.HOLDING, (_A.TELL_OFF_HOOK,)),
    # It says that it did not take the line. Told to let go of it all the same: that harms no call of a handset, and
    # only its OK makes sure.
    (_S.SEIZING, _H.FOUND_IN_USE): (_S.RELEASING, (_A.TELL_IN_USE, _A.SEND_ON_HOOK)),
    (_S.SEIZING, _H.SEIZE_FAILED): (_S.DOUBTFUL, (_A.TELL_OFF_HOOK_FAILED,)),
    (_S.SEIZING, _H.RELEASED): (_S.SEIZING, ()),
    (_S.SEIZING, _H.RELEASE_FAILED): (_S.SEIZING, ()),
    (_S.SEIZING, _H.DEADLINE): (_S.RELEASING, (_A.TELL_OFF_HOOK_FAILED, _A.SEND_ON_HOOK)),
    (_S.SEIZING, _H.BROKE): (_S.FAILED, (_A.TELL_OFF_HOOK_FAILED, _A.GIVE_UP_THE_PORT)),
    (_S.HOLDING, _H.SET_UP): (_S.HOLDING, ()),
    (_S.HOLDING, _H.OFF_HOOK_ASKED): (_S.HOLDING, (_A.TELL_OFF_HOOK,)),
    (_S.HOLDING, _H.ON_HOOK_ASKED): (_S.RELEASING, (_A.SEND_ON_HOOK,)),
    (_S.HOLDING, _H.SEIZED): (_S.HOLDING, ()),
    # The OK that was taken for the off-hook's was a late one; this is its own answer.
    (_S.HOLDING, _H.FOUND_IN_USE): (_S.RELEASING, (_A.TELL_IN_USE, _A.SEND_ON_HOOK)),
    (_S.HOLDING, _H.SEIZE_FAILED): (_S.HOLDING, ()),
    (_S.HOLDING, _H.RELEASED): (_S.HOLDING, ()),
    (_S.HOLDING, _H.RELEASE_FAILED): (_S.HOLDING, ()),
    (_S.HOLDING, _H.DEADLINE): (_S.RELEASING, (_A.SEND_ON_HOOK,)),
    (_S.HOLDING, _H.BROKE): (_S.FAILED, (_A.GIVE_UP_THE_PORT,)),
    (_S.DOUBTFUL, _H.SET_UP): (_S.DOUBTFUL, ()),
    (_S.DOUBTFUL, _H.OFF_HOOK_ASKED): (_S.SEIZING, (_A.SEND_OFF_HOOK,)),
    (_S.DOUBTFUL, _H.ON_HOOK_ASKED): (_S.RELEASING, (_A.SEND_ON_HOOK,)),
    (_S.DOUBTFUL, _H.SEIZED): (_S.HOLDING, (_A.TELL_OFF_HOOK,)),
    (_S.DOUBTFUL, _H.FOUND_IN_USE): (_S.RELEASING, (_A.TELL_IN_USE, _A.SEND_ON_HOOK)),
    (_S.DOUBTFUL, _H.SEIZE_FAILED): (_S.DOUBTFUL, ()),
    (_S.DOUBTFUL, _H.RELEASED): (_S.DOUBTFUL, ()),
    (_S.DOUBTFUL, _H.RELEASE_FAILED): (_S.DOUBTFUL, ()),
    (_S.DOUBTFUL, _H.DEADLINE): (_S.RELEASING, (_A.SEND_ON_HOOK,)),
    (_S.DOUBTFUL, _H.BROKE): (_S.FAILED, (_A.GIVE_UP_THE_PORT,)),
    (_S.RELEASING, _H.SET_UP): (_S.RELEASING, ()),
    (_S.RELEASING, _H.OFF_HOOK_ASKED): (_S.RELEASING, (_A.TELL_OFF_HOOK_FAILED,)),
    (_S.RELEASING, _H.ON_HOOK_ASKED): (_S.RELEASING, ()),  # on its way
    (_S.RELEASING, _H.SEIZED): (_S.RELEASING, ()),  # the answer to an off-hook that was overtaken by events
    (_S.RELEASING, _H.FOUND_IN_USE): (_S.RELEASING, ()),
    (_S.RELEASING, _H.SEIZE_FAILED): (_S.RELEASING, ()),
    (_S.RELEASING, _H.RELEASED): (_S.READY, (_A.TELL_ON_HOOK,)),
    (_S.RELEASING, _H.RELEASE_FAILED): (_S.RELEASING, (_A.TELL_ON_HOOK_FAILED, _A.SEND_ON_HOOK)),
    (_S.RELEASING, _H.DEADLINE): (_S.FAILED, (_A.TELL_ON_HOOK_FAILED, _A.GIVE_UP_THE_PORT)),
    (_S.RELEASING, _H.BROKE): (_S.FAILED, (_A.TELL_ON_HOOK_FAILED, _A.GIVE_UP_THE_PORT)),
    (_S.FAILED, _H.SET_UP): (_S.FAILED, ()),
    (_S.FAILED, _H.OFF_HOOK_ASKED): (_S.FAILED, (_A.TELL_OFF_HOOK_FAILED,)),
    (_S.FAILED, _H.ON_HOOK_ASKED): (_S.FAILED, (_A.TELL_ON_HOOK_FAILED,)),
    (_S.FAILED, _H.SEIZED): (_S.FAILED, ()),
    (_S.FAILED, _H.FOUND_IN_USE): (_S.FAILED, ()),
    (_S.FAILED, _H.SEIZE_FAILED): (_S.FAILED, ()),
    (_S.FAILED, _H.RELEASED): (_S.FAILED, ()),
    (_S.FAILED, _H.RELEASE_FAILED): (_S.FAILED, ()),
    (_S.FAILED, _H.DEADLINE): (_S.FAILED, ()),
    (_S.FAILED, _H.BROKE): (_S.FAILED, ()),
}
