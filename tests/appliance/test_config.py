import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance import config
from appliance.config import Config, ModemConfig, PanelConfig, WebConfig
from appliance.errors import ConfigError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "quietline.toml"


def refusal(file: Path, text: str) -> str:
    file.write_text(text)
    with pytest.raises(ConfigError) as raised:
        config.load(file)
    message = str(raised.value)
    assert message.startswith(f"{file}: ")
    assert "\n" not in message
    return message.removeprefix(f"{file}: ")


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    found = config.load(None, data=tmp_path)
    assert (found.country, found.modem.port, found.web.bind) == ("US", "auto", "127.0.0.1:8080")


def test_a_file_may_be_empty(file: Path, tmp_path: Path) -> None:
    file.write_text("")
    assert config.load(file, data=tmp_path) == Config(data=tmp_path, file=file)


def test_what_the_file_says_wins_over_the_defaults(file: Path) -> None:
    file.write_text(
        'country = "GB"\narea_code = "20"\ndata = "/srv/quietline"\n[modem]\nport = "/dev/ttyACM3"\n'
        'profile = "conexant"\ncaller_id = "raw"\ndistinctive_ring = true\nextra = ["AT-STE=0", "AT!4886=05"]\n'
        'usb_reconnect = false\nusb_power = "1-1.4:2"\n'
        '[panel]\nenabled = false\nhealth = 4\n[web]\nbind = "[::]:80"\nhosts = ["Phone.Example"]\n'
    )
    found = config.load(file)
    assert (found.country, found.area_code, found.data) == ("GB", "20", Path("/srv/quietline"))
    assert found.modem == ModemConfig(
        "/dev/ttyACM3", "Conexant", "raw", True, ("AT-STE=0", "AT!4886=05"), usb_reconnect=False, usb_power="1-1.4:2"
    )
    assert found.panel == PanelConfig(enabled=False, health=4)
    assert found.web == WebConfig("[::]:80", ("phone.example",))


def test_the_folder_given_wins_over_the_file(file: Path, tmp_path: Path) -> None:
    file.write_text('data = "/srv/quietline"')
    assert config.load(file, data=tmp_path).data == tmp_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('contry = "GB"', 'unknown key "contry": did you mean "country"?'),
        ("[modem]\nprot = 1", 'unknown key "modem.prot": did you mean "modem.port"?'),
        ("[pannel]", 'unknown key "pannel": did you mean "panel"?'),
        ("zzz = 1", 'unknown key "zzz": allowed are area_code, country, data, modem, panel, web.'),
        ('country = "gb"', 'country = "gb": must be a country of two capital letters, such as "US" or "GB".'),
        ("country = 44", 'country = 44: must be a country of two capital letters, such as "US" or "GB".'),
        ('area_code = "020a"', 'area_code = "020a": must be up to six digits'),
        ("area_code = 20", "area_code = 20: must be up to six digits"),
        ('data = "relative"', 'data = "relative": must be a folder written from the root'),
        ('modem = "auto"', 'modem = "auto": must be a section, written [modem].'),
        ('[modem]\nport = "ttyACM0"', 'modem.port = "ttyACM0": must be "auto" or a device such as "/dev/ttyACM0".'),
        ('[modem]\nprofile = "USR"', 'modem.profile = "USR": must be one of "auto", "V.253", "USR5637", "Conexant"'),
        ("[modem]\nprofile = 1", "modem.profile = 1: must be one of"),
        ('[modem]\ncaller_id = "off"', 'modem.caller_id = "off": must be one of "formatted", "raw".'),
        ("[modem]\ndistinctive_ring = 1", "modem.distinctive_ring = 1: must be true or false."),
        ('[modem]\nusb_reconnect = "no"', 'modem.usb_reconnect = "no": must be true or false.'),
        ('[modem]\nusb_power = "1-1"', 'modem.usb_power = "1-1": must be "HUB:PORT" as uhubctl lists them'),
        ('[modem]\nusb_power = "1-1:2; reboot"', 'modem.usb_power = "1-1:2; reboot": must be "HUB:PORT"'),
        ('[modem]\nextra = "AT-STE=0"', 'modem.extra = "AT-STE=0": must be a list of modem commands'),
        ("[modem]\nextra = [1]", "modem.extra = [1]: must be a list of modem commands"),
        ('[modem]\nextra = ["ATD1"]', 'modem.extra: "ATD1" must not hold D: it would dial, answer, or take or use'),
        (f"[modem]\nextra = {['ATM0'] * 11}", "modem.extra: holds 11 commands; 10 are allowed."),
        ("[panel]\nenabled = 1", "panel.enabled = 1: must be true or false."),
        ("[panel]\nring = 40", "panel.ring = 40: must be a BCM pin number from 2 to 27."),
        ("[panel]\nring = true", "panel.ring = true: must be a BCM pin number from 2 to 27."),
        ("[panel]\nring = 17", "panel.ring = 17: pin 17 is already panel.health; each needs its own."),
        ('[web]\nbind = "8080"', 'web.bind = "8080": must be HOST:PORT'),
        ('[web]\nbind = "localhost:99999"', 'web.bind = "localhost:99999": must be HOST:PORT'),
        ("[web]\nbind = 80", "web.bind = 80: must be HOST:PORT"),
        ("[web]\nhosts = []", 'web.hosts = []: must be a list of host names, such as ["quietline.local"].'),
        ('[web]\nhosts = ["a b"]', 'web.hosts = ["a b"]: must be a list of host names'),
        ("country =", "is not valid TOML: "),
    ],
)
def test_every_refusal_names_file_key_value_and_what_is_allowed(file: Path, text: str, said: str) -> None:
    assert refusal(file, text).startswith(said)


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"country = \xff")
    with pytest.raises(ConfigError, match="is not valid TOML"):
        config.load(file)


def test_a_file_that_was_named_must_exist(file: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        config.load(file)


def test_systemd_says_where_the_store_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/quietline:/var/lib/other")
    assert config.load(None).data == Path("/var/lib/quietline")


def test_the_installed_folder_is_used_even_where_it_may_not_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Else `quietline block add` without sudo lands in a store that no line process reads.
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    monkeypatch.setattr(config, "SYSTEM_DATA", tmp_path)
    tmp_path.chmod(0o500)
    assert config.default_data() == tmp_path


def test_without_an_installation_the_store_is_the_persons_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(config, "SYSTEM_DATA", tmp_path / "none")
    assert config.default_data() == tmp_path / "quietline"


hosts = st.from_regex(r"[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?", fullmatch=True)


@given(
    found=st.builds(
        Config,
        country=st.sampled_from(["US", "GB", "NL"]),
        area_code=st.from_regex("[0-9]{0,6}", fullmatch=True),
        data=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])).map(lambda t: Path("/" + t)),
        modem=st.builds(
            ModemConfig,
            port=st.sampled_from(["auto", "/dev/ttyACM0", '/dev/serial/by-id/usb-"x"\\y']),
            profile=st.sampled_from(["auto", *config.MODEM_PROFILES]),
            caller_id=st.sampled_from(["formatted", "raw"]),
            distinctive_ring=st.booleans(),
            extra=st.lists(st.sampled_from(["AT-STE=0", "at m0 l1", "AT\\Q3", "AT!4886=05"]), max_size=10).map(tuple),
            usb_reconnect=st.booleans(),
            usb_power=st.sampled_from(["", "1:2", "1-1:4", "1-1.4:16"]),
        ),
        panel=st.permutations(list(config.HEADER_PINS)).flatmap(
            lambda pins: st.builds(PanelConfig, st.booleans(), *map(st.just, pins[:6]))
        ),
        web=st.builds(WebConfig, st.just("0.0.0.0:80"), st.lists(hosts, min_size=1, max_size=4).map(tuple)),
    )
)
def test_what_is_printed_is_read_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, found: Config) -> None:
    file = tmp_path_factory.mktemp("config") / "quietline.toml"
    file.write_text(config.dump(found), encoding="utf-8")
    read = config.load(file)
    assert config.dump(read) == config.dump(found)


@pytest.mark.parametrize(
    ("text", "parsed"),
    [("127.0.0.1:8080", ("127.0.0.1", 8080)), ("[::1]:80", ("::1", 80)), ("quietline:0", ("quietline", 0))],
)
def test_an_address_is_host_and_port(text: str, parsed: tuple[str, int]) -> None:
    assert config.parse_bind(text) == parsed


@pytest.mark.parametrize("text", ["", ":80", "host", "host:", "host:x", "host:-1", "host:65536", "host:٨٠"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        config.parse_bind(text)


def test_every_key_and_every_modem_profile_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text("utf-8")
    table = tomllib.loads(page.split("```toml\n")[1].split("```")[0])
    documented = config.dump(Config(data=Path("/var/lib/quietline")))
    assert table == tomllib.loads(documented)
    assert all(f"`{name}`" in page for name in config.MODEM_PROFILES)
