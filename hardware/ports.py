"""Which serial ports may hold a modem, from /dev/serial/by-id and sysfs. Opens nothing, asks no device anything.

Only devices with the USB id of a known modem, or of a maker of nothing but modems, are candidates: a 3D printer or a
Zigbee stick must never be sent an AT command. Ids: usb.ids and the quirk table of Linux cdc-acm.c.
"""

import re
from dataclasses import dataclass
from pathlib import Path

BY_ID = Path("/dev/serial/by-id")
SYSFS = Path("/sys")

KNOWN_MODEMS = {
    "0baf:0303": "U.S. Robotics USR5637",
    "0baf:6112": "U.S. Robotics USR5633",
    "0baf:00ec": "U.S. Robotics 56K Faxmodem",
    "0572:1340": "Conexant CX93010 (StarTech USB56KEMH2 and others)",
    "0572:1321": "Conexant CX93010",
    "0572:1324": "Conexant RD02-D400 (Dell, Lenovo)",
    "0572:1328": "Conexant TFM-561U (TrendNet, Shiro, Aztech)",
    "0572:1349": "Hiro H50228",
    "0803:3095": "Zoom 3095",
    "0803:1300": "Zoom V.92",
    "06e0:0319": "MultiTech MT9234ZBA-USB",
    "06e0:f107": "MultiTech MT5634ZBA-USB-V92",
    "06e0:f120": "MultiTech MT5634ZBA-USB-CDC-ACM-XR",
    "05cc:2265": "ELSA MicroLink",
    "05cc:2267": "ELSA MicroLink",
    "05cc:2280": "ELSA MicroLink",
}

MODEM_MAKERS = {"0baf": "U.S. Robotics modem", "0572": "Conexant modem"}
"""Makers whose serial devices are all telephone modems: successors (USR5639) and unlabelled dongles are found too."""

SOFTMODEMS = frozenset({"0572:1300", "0572:1301", "0572:1232", "0572:1234", "0572:1252", "0572:1253"})
"""Devices without a modem processor: they show a port at best and never answer. Named to the person, never asked."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A port worth asking. `path` is the stable name under by-id; `usb_id` is "vid:pid" in lower-case hex."""

    path: str
    usb_id: str
    known_name: str


def candidates(by_id: Path = BY_ID, sysfs: Path = SYSFS) -> list[Candidate]:
    """The ports that may hold a usable modem, in order of name. Empty when there are none; never raises."""
    return [found for found in _usb_ports(by_id, sysfs) if found.usb_id not in SOFTMODEMS]


def softmodems(by_id: Path = BY_ID, sysfs: Path = SYSFS) -> list[Candidate]:
    """The ports of modems that cannot work here, so that a person can be told why theirs is passed over."""
    return [found for found in _usb_ports(by_id, sysfs) if found.usb_id in SOFTMODEMS]


def nothing_found(by_id: Path = BY_ID, sysfs: Path = SYSFS) -> str:
    """One plain sentence for a person: that no modem is there, and what to do."""
    soft = softmodems(by_id, sysfs)
    if soft:
        return f"The modem {soft[0].usb_id} is a softmodem and cannot work here; please use one with its own processor."
    return f"No telephone modem is plugged in (looked in {by_id}); plug one in, or name its port in quietline.toml."


def usb_id_of(device: Path, sysfs: Path = SYSFS) -> str | None:
    """The "vid:pid" of the USB device behind a tty node such as /dev/ttyACM0, or None when it is not a USB device."""
    folder = usb_folder_of(device, sysfs)
    return usb_id_in(folder) if folder is not None else None


def usb_folder_of(device: Path, sysfs: Path = SYSFS) -> Path | None:
    """The folder of sysfs for the USB device (not its interface) behind a tty node, or None when it is none."""
    start = sysfs / "class" / "tty" / device.name / "device"
    try:
        interface = start.resolve(strict=True)
        top = sysfs.resolve(strict=True)
    except (OSError, RuntimeError):  # a loop of links is a RuntimeError before Python 3.13
        return None
    for folder in (interface, *interface.parents):
        if folder == top or top not in folder.parents:
            return None
        if usb_id_in(folder):
            return folder
    return None


def usb_id_in(folder: Path) -> str | None:
    """The "vid:pid" that a folder of sysfs holds, or None."""
    vendor, product = _hex_id(folder / "idVendor"), _hex_id(folder / "idProduct")
    return f"{vendor}:{product}" if vendor and product else None


def name_of(usb_id: str) -> str | None:
    """What modem a "vid:pid" is, or None when it is not known to be one; a softmodem has a name, too."""
    return KNOWN_MODEMS.get(usb_id) or MODEM_MAKERS.get(usb_id[:4])


def _usb_ports(by_id: Path, sysfs: Path) -> list[Candidate]:
    found: dict[Path, Candidate] = {}
    for link in _entries(by_id):
        try:
            device = link.resolve(strict=True)
        except (OSError, RuntimeError):
            continue  # unplugged a moment ago
        usb_id = usb_id_of(device, sysfs)
        name = usb_id and name_of(usb_id)
        if usb_id and name:
            found.setdefault(device, Candidate(str(link), usb_id, name))
    return list(found.values())


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []  # the folder exists only while a serial device is plugged in


def _hex_id(file: Path) -> str | None:
    try:
        text = file.read_text("ascii").strip().lower()
    except (OSError, UnicodeDecodeError):
        return None
    return text if re.fullmatch(r"[0-9a-f]{4}", text) else None
