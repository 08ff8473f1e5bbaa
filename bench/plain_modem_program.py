"""The least a program can do about a call: reads the port, answers the number with an off-hook command, then lets go.

The floor of pseudo-terminal, scheduler and interpreter on this machine; nothing of Quietline is imported.
"""

import os
import sys
import termios
import time
import tty

HELD_S = 0.1


def ask(port: int, command: bytes) -> None:
    os.write(port, command + b"\r")
    seen = b""
    while b"OK" not in seen:
        seen += os.read(port, 4096)


def main(path: str) -> None:
    port = os.open(path, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(port, termios.TCSANOW)
    for command in (b"ATZ", b"ATE0", b"AT+VCID=1"):
        ask(port, command)
    print("ready", flush=True)
    while True:
        if b"NMBR" in os.read(port, 4096):
            os.write(port, b"ATH1\r")
            time.sleep(HELD_S)
            os.write(port, b"ATH0\r")


if __name__ == "__main__":
    main(sys.argv[1])
