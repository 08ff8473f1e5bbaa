"""Errors of the hardware room. Each concrete error also inherits the builtin that a caller would catch."""


class HardwareError(Exception):
    """Base of every error that leaves this room."""


class NoModemFound(HardwareError, LookupError):
    """No plausible modem answered; the text says where we looked and what to do."""


class PortBusy(HardwareError, OSError):
    """Another program holds the serial port."""


class PortLost(HardwareError, OSError):
    """The port went away or stopped working."""


class PortUnusable(PortLost):
    """There is no device behind the path, it is no serial port, or we may not open it: nothing that a reset mends."""


class PortGone(PortLost):
    """The port hung up while it was open: somebody pulled the modem out, or its USB let go of it."""
