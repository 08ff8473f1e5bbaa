"""The files of systemd/, judged by systemd's own tools: they exit 0 on a bad value, so what they say is what counts."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hardware import ports

ROOT = Path(__file__).resolve().parents[2]
SYSTEMD = ROOT / "systemd"
UNITS = ("quietline-line@.service", "quietline-web.service", "quietline.target")
SERVICES = {"line": "quietline-line@.service", "web": "quietline-web.service"}
PROGRAM = "/usr/lib/quietline/bin/quietline"
# `systemd-analyze security` counts in tenths here: 20 is an exposure of 2.0.
EXPOSURE_TENTHS = 20


def run(*words: str, check: bool = True) -> str:
    done = subprocess.run([*words], capture_output=True, text=True, cwd="/", timeout=60, check=False)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as installed, but with a program that exists on this machine."""
    for unit in UNITS:
        text = (SYSTEMD / unit).read_text(encoding="utf-8")
        (tmp_path / unit).write_text(text.replace(PROGRAM, "/bin/true"), encoding="utf-8")
    return tmp_path


def unit(name: str) -> list[tuple[str, str]]:
    """Key and value of every line of a unit that sets something."""
    lines = (SYSTEMD / name).read_text(encoding="utf-8").splitlines()
    return [
        (key, value) for key, _, value in (line.partition("=") for line in lines) if value and not key.startswith("#")
    ]


def values(name: str, key: str) -> list[str]:
    return [value for found, value in unit(name) if found == key]


def test_systemd_finds_nothing_to_say_about_the_units(installed: Path) -> None:
    instances = [name.replace("@.", "@main.") for name in UNITS]
    assert run("systemd-analyze", "verify", "--man=no", *(str(installed / name) for name in instances)) == ""


def test_systemd_would_have_said_something(installed: Path) -> None:
    # The tool exits 0 on a bad value: without this, the test above could be empty for a wrong reason.
    file = installed / UNITS[1]
    file.write_text(file.read_text().replace("RestartSec=2", "RestartSec=often"))
    assert "often" in run("systemd-analyze", "verify", "--man=no", str(file), check=False)


@pytest.mark.parametrize("name", SERVICES.values(), ids=SERVICES.keys())
def test_the_sandbox_is_tight(installed: Path, name: str) -> None:
    said = run(
        "systemd-analyze",
        "security",
        "--offline=true",
        f"--threshold={EXPOSURE_TENTHS}",
        "--no-pager",
        str(installed / name),
    )
    found = re.search(r"exposure level for \S+: ([\d.]+)", said)
    assert found
    assert float(found[1]) <= EXPOSURE_TENTHS / 10


def test_the_line_reaches_devices_and_no_network() -> None:
    line = SERVICES["line"]
    assert values(line, "PrivateNetwork") == ["yes"]
    assert values(line, "RestrictAddressFamilies") == ["AF_UNIX"]
    assert values(line, "DevicePolicy") == ["closed"]
    assert values(line, "DeviceAllow") == ["char-166 rw", "char-188 rw", "char-gpiochip rw"]
    assert values(line, "SupplementaryGroups") == ["dialout gpio"]


def test_of_the_kernels_files_the_line_may_write_those_of_devices_alone() -> None:
    line = SERVICES["line"]
    assert values(line, "ProtectKernelTunables") == ["yes"]
    assert values(line, "ProtectSystem") == ["strict"]
    assert values(line, "ReadWritePaths") == ["-/sys/devices"]
    assert values(SERVICES["web"], "ReadWritePaths") == []


@pytest.fixture
def with_usb_power(installed: Path) -> Path:
    """The line's unit with the drop-in for those whose hub can switch power."""
    folder = installed / f"{SERVICES['line']}.d"
    folder.mkdir()
    shutil.copy(SYSTEMD / "optional" / "usb-power.conf", folder)
    return installed / SERVICES["line"].replace("@.", "@main.")


def test_the_drop_in_for_a_hub_is_understood(with_usb_power: Path) -> None:
    assert run("systemd-analyze", "verify", "--man=no", str(with_usb_power)) == ""


def test_the_drop_in_for_a_hub_opens_no_more_than_it_says() -> None:
    lines = (SYSTEMD / "optional" / "usb-power.conf").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == [
        "[Service]",
        "DeviceAllow=char-189 rw",
        "RestrictAddressFamilies=AF_NETLINK",
    ]


def test_the_page_reaches_the_network_and_no_device() -> None:
    web = SERVICES["web"]
    assert values(web, "PrivateDevices") == ["yes"]
    assert values(web, "RestrictAddressFamilies") == ["AF_UNIX AF_INET AF_INET6"]
    assert values(web, "AmbientCapabilities") == ["CAP_NET_BIND_SERVICE"]
    assert values(web, "CapabilityBoundingSet") == ["CAP_NET_BIND_SERVICE"]
    assert values(web, "SupplementaryGroups") == []


def test_the_page_wants_the_line_and_never_requires_it() -> None:
    web = SERVICES["web"]
    assert values(web, "Wants") == ["quietline-line@main.service"]
    for key in ("Requires", "Requisite", "BindsTo"):
        assert values(web, key) == []


@pytest.mark.parametrize("name", SERVICES.values(), ids=SERVICES.keys())
def test_both_come_back_for_ever_and_share_the_store(name: str) -> None:
    assert values(name, "Type") == ["notify"]
    assert values(name, "Restart") == ["always"]
    assert values(name, "StartLimitIntervalSec") == ["0"]
    assert values(name, "User") == values(name, "Group") == ["quietline"]
    assert values(name, "StateDirectory") == ["quietline"]
    assert values(name, "UMask") == ["0027"]


def test_a_line_whose_loop_is_stuck_is_restarted() -> None:
    assert values(SERVICES["line"], "WatchdogSec") == ["60"]


@pytest.mark.parametrize("name", SERVICES.values(), ids=SERVICES.keys())
def test_the_units_call_commands_that_exist(name: str) -> None:
    from appliance.cli import quietline

    (start,) = values(name, "ExecStart")
    program, command, *options = start.split()
    assert program == PROGRAM
    known = {option for parameter in quietline.commands[command].params for option in parameter.opts}
    assert {option for option in options if option.startswith("-")} <= known


def test_user_folders_and_their_owner_are_made(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for folder in ("etc", "usr/lib/sysusers.d", "usr/lib/tmpfiles.d", "var/lib"):
        (root / folder).mkdir(parents=True)
    shutil.copy(SYSTEMD / "quietline.sysusers", root / "usr/lib/sysusers.d/quietline.conf")
    shutil.copy(SYSTEMD / "quietline.tmpfiles", root / "usr/lib/tmpfiles.d/quietline.conf")
    run("systemd-sysusers", f"--root={root}", "quietline.conf")
    groups = {line.split(":")[0] for line in (root / "etc/group").read_text().splitlines()}
    assert {"quietline", "gpio"} <= groups
    (user,) = (line for line in (root / "etc/passwd").read_text().splitlines() if line.startswith("quietline:"))
    assert user.endswith(":/var/lib/quietline:/usr/sbin/nologin")
    run("systemd-tmpfiles", f"--root={root}", "--create", "quietline.conf")
    store = (root / "var/lib/quietline").stat()
    assert store.st_mode & 0o777 == 0o750
    assert store.st_uid == int(user.split(":")[2])
    assert (root / "etc/quietline").stat().st_mode & 0o777 == 0o755


RULES = SYSTEMD / "60-quietline.rules"
# One term of a udev rule: KEY, KEY{attribute}, an operator and a quoted value (udev(7)).
TERM = re.compile(r'([A-Z_]+)(\{[^}]+\})?(==|!=|=|\+=|-=|:=)"([^"]*)"')


def rules(file: Path = RULES) -> list[list[tuple[str, str, str, str]]]:
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            terms = line.split(", ")
            matches = [TERM.fullmatch(term) for term in terms]
            assert all(matches), line
            found.append([(m[1], m[2] or "", m[3], m[4]) for m in matches if m])
    return found


def matching(kind: str, usb_id: str) -> bool:
    """Whether a rule for that kind of attribute (ATTR or ATTRS) names the device."""
    vendor, product = usb_id.split(":")
    for terms in rules():
        wanted = {name: value for key, name, operator, value in terms if key == kind and operator == "=="}
        if wanted.get("{idVendor}") == vendor and product in wanted.get("{idProduct}", product).split("|"):
            return True
    return False


@pytest.mark.parametrize("usb_id", ports.KNOWN_MODEMS)
@pytest.mark.parametrize("kind", ["ATTR", "ATTRS"])
def test_the_udev_rule_knows_every_modem_that_we_know(kind: str, usb_id: str) -> None:
    assert matching(kind, usb_id)


def test_the_right_to_take_a_modem_off_usb_is_for_its_own_user_and_known_modems_only() -> None:
    runs = [terms for terms in rules() if any(key == "RUN" for key, *_ in terms)]
    assert [terms[-1][3] for terms in runs] == [
        "/bin/chgrp quietline $sys$devpath/authorized",
        "/bin/chmod 0664 $sys$devpath/authorized",
    ]
    for terms in runs:
        assert terms[0] == ("ENV", "{QUIETLINE_MODEM}", "==", "1")


def test_the_rule_for_a_hub_names_one_and_no_other_device() -> None:
    found = rules(SYSTEMD / "optional" / "61-quietline-hub.rules")
    giving = [terms for terms in found if any(key in ("GROUP", "RUN") for key, *_ in terms)]
    assert len(giving) == 2
    for terms in giving:
        wanted = {name: value for _, name, operator, value in terms if operator == "=="}
        assert (wanted["{idVendor}"], wanted["{idProduct}"]) == ("2109", "3431")


@pytest.mark.parametrize("maker", ports.MODEM_MAKERS)
def test_the_udev_rule_knows_successors_of_the_same_makers(maker: str) -> None:
    assert matching("ATTRS", f"{maker}:ffff")


def test_the_udev_rule_leaves_other_devices_alone() -> None:
    for stranger in ("1a86:7523", "10c4:ea60", "0403:6001", "2341:0043"):
        assert not matching("ATTR", stranger)
        assert not matching("ATTRS", stranger)


def test_every_goto_of_the_udev_rule_has_its_label() -> None:
    terms = [term for line in rules() for term in line]
    labels = {value for key, _, _, value in terms if key == "LABEL"}
    assert {value for key, _, _, value in terms if key == "GOTO"} == labels


def test_modem_manager_keeps_away_and_the_name_is_stable() -> None:
    terms = [term for line in rules() for term in line]
    assert ("ENV", "{ID_MM_DEVICE_IGNORE}", "=", "1") in terms
    assert ("ENV", "{ID_MM_PORT_IGNORE}", "=", "1") in terms
    assert ("SYMLINK", "", "+=", "quietline-modem") in terms
    assert RULES.name < "77-mm"


INSTALL = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")


def steps() -> str:
    """The commands of docs/install.md: its indented lines that start a program."""
    lines = [line[4:] for line in INSTALL.splitlines() if line.startswith("    ")]
    return "\n".join(line for line in lines if line.split()[0] == "sudo")


def test_the_steps_of_the_install_page_are_shell() -> None:
    assert subprocess.run(["bash", "-n"], input=steps(), text=True, capture_output=True, check=True).stderr == ""


def test_nothing_is_installed_that_was_not_checked_by_its_hash() -> None:
    installs = [line for line in steps().splitlines() if "pip install" in line]
    assert installs
    for line in installs:
        assert "--require-hashes" in line or ("--no-deps" in line and "--no-build-isolation" in line), line


def test_the_install_page_names_files_of_this_repository() -> None:
    named = set(re.findall(r"(?<!/)\b(?:systemd|packaging)/[\w./@-]+\.\w+", steps()))
    assert {f"systemd/{file.name}" for file in SYSTEMD.iterdir() if file.is_file()} <= named
    for file in named:
        assert (ROOT / file).is_file(), file


def test_the_configuration_of_the_install_page_is_understood(tmp_path: Path) -> None:
    from appliance import config

    lines = [line.strip() for line in INSTALL.splitlines() if re.match(r"    (\w+ = |\[[a-z]+\]$)", line)]
    (tmp_path / "quietline.toml").write_text("\n".join(lines))
    found = config.load(tmp_path / "quietline.toml")
    assert found.web.bind == "0.0.0.0:80"
    assert not found.panel.enabled
