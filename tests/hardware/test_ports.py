from pathlib import Path

import pytest

from hardware.ports import KNOWN_MODEMS, SOFTMODEMS, Candidate, candidates, nothing_found, softmodems, usb_id_of


class FakeUsb:
    """A /dev/serial/by-id folder and a sysfs tree as kernel and udev make them, with devices plugged in by USB id."""

    def __init__(self, root: Path) -> None:
        self.by_id = root / "dev" / "serial" / "by-id"
        self.sysfs = root / "sys"
        self.dev = root / "dev"
        self.by_id.mkdir(parents=True)
        self.sysfs.mkdir()
        self.count = 0

    def plug(self, usb_id: str, name: str, *, serial_port_chip: bool = False) -> Path:
        """Make a device; `serial_port_chip` adds the extra folder of a USB-to-RS-232 chip (ttyUSB)."""
        node = self.dev / f"tty{'USB' if serial_port_chip else 'ACM'}{self.count}"
        self.count += 1
        node.touch()
        device = self.sysfs / "devices" / "pci0000:00" / "usb1" / f"1-{self.count}"
        interface = device / f"1-{self.count}:1.0"
        holder = interface / node.name if serial_port_chip else interface
        holder.mkdir(parents=True)
        vendor, product = usb_id.split(":")
        (device / "idVendor").write_text(vendor + "\n")
        (device / "idProduct").write_text(product + "\n")
        tty = self.sysfs / "class" / "tty" / node.name
        tty.mkdir(parents=True)
        (tty / "device").symlink_to(holder)
        link = self.by_id / name
        link.symlink_to(Path("../..") / node.name)
        return link


@pytest.fixture
def usb(tmp_path: Path) -> FakeUsb:
    return FakeUsb(tmp_path)


def test_a_known_modem_is_found_by_its_stable_name(usb: FakeUsb) -> None:
    link = usb.plug("0baf:0303", "usb-U.S.Robotics_USB_Modem_0001-if00")
    assert candidates(usb.by_id, usb.sysfs) == [Candidate(str(link), "0baf:0303", "U.S. Robotics USR5637")]


def test_other_serial_devices_are_never_candidates(usb: FakeUsb) -> None:
    usb.plug("2341:0043", "usb-Arduino_Uno-if00")
    usb.plug("10c4:ea60", "usb-Zigbee_stick-if00-port0", serial_port_chip=True)
    usb.plug("0403:6001", "usb-FTDI_cable-if00-port0", serial_port_chip=True)
    assert candidates(usb.by_id, usb.sysfs) == []


def test_several_modems_come_in_order_of_name(usb: FakeUsb) -> None:
    usb.plug("0803:3095", "usb-Zoom_3095-if00")
    usb.plug("0572:1340", "usb-Conexant_USB_Modem_12345678-if00")
    assert [found.usb_id for found in candidates(usb.by_id, usb.sysfs)] == ["0572:1340", "0803:3095"]


def test_two_names_of_one_device_are_one_candidate(usb: FakeUsb) -> None:
    link = usb.plug("0572:1328", "usb-a")
    (usb.by_id / "usb-b").symlink_to(link.readlink())
    assert [found.path for found in candidates(usb.by_id, usb.sysfs)] == [str(link)]


def test_an_unlisted_device_of_a_modem_maker_is_found(usb: FakeUsb) -> None:
    usb.plug("0BAF:0999", "usb-USR5639-if00")
    assert [found.known_name for found in candidates(usb.by_id, usb.sysfs)] == ["U.S. Robotics modem"]


def test_a_softmodem_is_never_asked_but_named_to_the_person(usb: FakeUsb) -> None:
    usb.plug("0572:1300", "usb-softmodem-if00")
    assert candidates(usb.by_id, usb.sysfs) == []
    assert [found.usb_id for found in softmodems(usb.by_id, usb.sysfs)] == ["0572:1300"]
    assert "softmodem" in nothing_found(usb.by_id, usb.sysfs)


def test_no_folder_no_candidates_and_a_sentence_that_says_where_we_looked(tmp_path: Path) -> None:
    missing = tmp_path / "by-id"
    assert candidates(missing, tmp_path) == []
    assert str(missing) in nothing_found(missing, tmp_path)


def test_links_that_lead_nowhere_or_in_circles_are_passed_over(usb: FakeUsb) -> None:
    (usb.by_id / "usb-gone").symlink_to("../../ttyACM9")
    (usb.by_id / "usb-circle").symlink_to("usb-circle")
    usb.plug("0baf:0303", "usb-modem")
    assert len(candidates(usb.by_id, usb.sysfs)) == 1


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"0baf0", b"zz", b"../"])
def test_an_id_file_with_nonsense_is_no_candidate(usb: FakeUsb, text: bytes) -> None:
    usb.plug("0baf:0303", "usb-modem")
    next(usb.sysfs.rglob("idVendor")).write_bytes(text)
    assert candidates(usb.by_id, usb.sysfs) == []


def test_a_tty_that_is_no_usb_device_has_no_usb_id(usb: FakeUsb) -> None:
    platform = usb.sysfs / "devices" / "platform" / "serial8250"
    platform.mkdir(parents=True)
    tty = usb.sysfs / "class" / "tty" / "ttyS0"
    tty.mkdir(parents=True)
    (tty / "device").symlink_to(platform)
    assert usb_id_of(Path("/dev/ttyS0"), usb.sysfs) is None
    assert usb_id_of(Path("/dev/pts/3"), usb.sysfs) is None


@pytest.mark.parametrize("usb_id", sorted(KNOWN_MODEMS))
def test_every_modem_of_the_table_is_a_candidate_under_its_name(usb: FakeUsb, usb_id: str) -> None:
    usb.plug(usb_id, "usb-modem")
    assert [found.known_name for found in candidates(usb.by_id, usb.sysfs)] == [KNOWN_MODEMS[usb_id]]
    assert softmodems(usb.by_id, usb.sysfs) == []


@pytest.mark.parametrize("usb_id", sorted(SOFTMODEMS))
def test_every_softmodem_of_the_table_is_named_and_never_a_candidate(usb: FakeUsb, usb_id: str) -> None:
    usb.plug(usb_id, "usb-modem")
    assert candidates(usb.by_id, usb.sysfs) == []
    assert usb_id in nothing_found(usb.by_id, usb.sysfs)
