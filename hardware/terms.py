"""The closed lists that events choose from: reasons, kinds, signals and steps, each with its source. Values only."""

from enum import Enum


class Absence(Enum):
    """Why a Caller ID report holds no number (ETSI EN 300 659-3, parameters 04 and 08; formatted as P and O)."""

    PRIVATE = "private"
    UNAVAILABLE = "unavailable"


class Button(Enum):
    """The two buttons of the panel, by meaning."""

    BLOCK = "block"
    ALLOW = "allow"


class CallType(Enum):
    """What kind of call the network says it is (ETSI ES 200 659-3, parameter 11)."""

    VOICE = "voice"
    RING_BACK = "ring_back"  # the number we called is free now
    NAME_DELIVERY = "name_delivery"
    CALL_RETURN = "call_return"
    ALARM = "alarm"
    REVERSE_CHARGE = "reverse_charge"
    EXTERNAL = "external"
    INTERNAL = "internal"
    MONITORING = "monitoring"
    MESSAGE_WAITING = "message_waiting"


class ForwardReason(Enum):
    """Why a call was passed on to our number (ETSI EN 300 659-3, parameter 15, values from 01 on; GR-30, 05)."""

    BUSY = "busy"
    NO_ANSWER = "no_answer"
    ALWAYS = "always"
    DEFLECTED_RINGING = "deflected_ringing"  # by whoever was called, while it rang there
    DEFLECTED_AT_ONCE = "deflected_at_once"
    OUT_OF_REACH = "out_of_reach"  # a mobile telephone without a signal


class CallerType(Enum):
    """From what sort of telephone the call comes (ETSI EN 300 659-3, parameter 16, values from 01 on)."""

    VOICE = "voice"
    TEXT = "text"
    PRIVATE_NETWORK = "private_network"
    MOBILE = "mobile"
    MOBILE_PRIVATE_NETWORK = "mobile_private_network"
    FAX = "fax"
    VIDEO = "video"
    EMAIL = "email"
    OPERATOR = "operator"
    ORDINARY = "ordinary"
    PRIORITY = "priority"
    DATA = "data"
    TEST = "test"
    TELEMETRY = "telemetry"
    PAYPHONE = "payphone"


class LineSignal(Enum):
    """What a voice modem tells of the line in a shielded code (ITU-T V.253, IS-101; the letters follow DLE)."""

    DIAL_TONE = "dial_tone"  # d i
    BUSY = "busy"  # b K
    RINGBACK = "ringback"  # r
    QUIET = "quiet"  # q: silence after sound; presumed end of message
    SILENCE = "silence"  # s: no sound from the start; presumed hang-up
    FAX_CALLING = "fax_calling"  # c m
    FAX_ANSWERING = "fax_answering"  # a
    DATA_CALLING = "data_calling"  # e
    DATA_ANSWERING = "data_answering"  # f
    SPECIAL_INFORMATION = "special_information"  # J
    HANDSET_ON_HOOK = "handset_on_hook"  # h
    HANDSET_OFF_HOOK = "handset_off_hook"  # H; a USR5637 says it of its own relay, too
    EXTENSION_ON_HOOK = "extension_on_hook"  # p
    EXTENSION_OFF_HOOK = "extension_off_hook"  # P
    LOOP_BREAK = "loop_break"  # l: remote hang-up
    POLARITY_REVERSAL = "polarity_reversal"  # L
    CALL_WAITING = "call_waiting"  # w
    VOICE_HEARD = "voice_heard"  # v V
    BONG = "bong"  # $
    TEXT_TELEPHONE = "text_telephone"  # t
    TIMING_MARK = "timing_mark"  # T
    UNDERRUN = "underrun"  # u: we sent too late
    OVERRUN = "overrun"  # o: we read too late
    LOST_DATA = "lost_data"  # Y
    BAD_FORMAT = "bad_format"  # E
    SENDING_PAUSED = "sending_paused"  # S
    SENDING_RESUMED = "sending_resumed"  # Q


class Concern(Enum):
    """What is known to be wrong, or missing, with a modem. The words for the household stand in appliance/."""

    OLD_FIRMWARE = "old_firmware"  # works badly, and the maker has mended it
    NO_VOICE = "no_voice"  # it drops calls, but can neither speak nor listen
    NO_CALLER_ID = "no_caller_id"
    COUNTRY_REFUSED = "country_refused"  # the modem does not know the household's country
    SETTING_REFUSED = "setting_refused"  # a command of the installer was answered with ERROR
    RINGS_ALIKE = "rings_alike"  # the pattern of each ring is wanted, and the modem cannot tell it


class RecoveryStep(Enum):
    """The ladder by which a modem that stopped answering is brought back; each step is tried after the one before."""

    REOPEN = "reopen"  # close the port, DTR low, open it again
    FACTORY_RESET = "factory_reset"  # AT&F beside ATZ
    USB_RECONNECT = "usb_reconnect"  # USB: authorise off and on
    USB_POWER = "usb_power"  # power of its USB port off and on (uhubctl)
    GIVEN_UP = "given_up"  # a person must unplug it
