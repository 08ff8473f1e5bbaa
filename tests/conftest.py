"""Shared by all tests: what a shell may have taken away from the processes that they start, and patience."""

import signal

from hypothesis import settings

# A shell that starts the tests in the background has SIGINT ignored, and every child would inherit that: Ctrl-C, which
# some tests send, would do nothing.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says more about what else the machine does than about the code; bench/ measures that.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
