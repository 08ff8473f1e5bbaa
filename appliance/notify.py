"""Tells systemd how we are (sd_notify(3)): a datagram of KEY=value lines to $NOTIFY_SOCKET. Nothing else may enter.

Without systemd there is no such socket and every call does nothing.
"""

import os
import socket


def notify(*lines: str) -> bool:
    """Send lines such as "READY=1", "WATCHDOG=1", "STATUS=...", "STOPPING=1". Never raises, never blocks.

    True when the message went out, False without systemd or when it did not listen.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    if address.startswith("@"):  # the abstract name space of Linux: no file, a leading NUL byte instead
        address = "\0" + address[1:]
    message = "\n".join(line.replace("\n", " ") for line in lines).encode("utf-8", "replace")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK) as sender:
        try:
            sender.sendto(message, address)
        except OSError:
            return False
    return True
