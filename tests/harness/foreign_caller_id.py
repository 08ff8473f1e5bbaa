"""Two Caller ID readers that none of us wrote, each run as a process of its own: PyPI's phone-modem and basicmodem.

    python foreign_caller_id.py phone-modem PORT [reject]
    python foreign_caller_id.py basicmodem PORT

Prints one JSON object per line: {"state": "ready", "format": 128}, then each state that the client tells of, with the
name and the number it has read by then. With "reject" phone-modem rejects the call once it knows who it is, and then
tells "rejected". It ends when its standard input does.
"""

import asyncio
import json
import os
import sys


def say(**facts):
    print(json.dumps(facts), flush=True)


async def phone_modem(port, reject):
    from phone_modem import PhoneModem

    identified = asyncio.Event()

    def tell(state):
        say(state=state, name=modem.cid_name, number=modem.cid_number)
        if state == PhoneModem.STATE_CALLERID:
            identified.set()

    modem = PhoneModem(retry=False)
    await modem.initialize(port)
    modem.registercallback(tell)
    say(state="ready", format=modem.vsm_method, open=modem.ser is not None)
    over = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    if reject:
        await identified.wait()
        await modem.reject_call()
        say(state="rejected")
    await over
    os._exit(0)  # its reader waits for a line without end, in a thread that asyncio would wait for


def basicmodem(port):
    from basicmodem.basicmodem import BasicModem

    modem = BasicModem(port)
    modem.registercallback(lambda state: say(state=state, name=modem.get_cidname, number=modem.get_cidnumber))
    say(state="ready", open=modem.ser is not None)
    sys.stdin.read()


if __name__ == "__main__":
    if sys.argv[1] == "phone-modem":
        asyncio.run(phone_modem(sys.argv[2], "reject" in sys.argv))
    else:
        basicmodem(sys.argv[2])
