import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from appliance.cli import main
from appliance.cli import quietline as command_line
from appliance.commands.base import Exit
from appliance.store import Doorbell, Store
from tests.appliance.conftest import Quietline

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
EVERYWHERE = {"--data", "--config", "-h", "--help"}


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    if isinstance(command, click.Group):
        if command.invoke_without_command:
            yield path, command
        for name, child in command.commands.items():
            yield from commands(child, (*path, name))
    else:
        yield path, command


ALL = dict(commands(command_line))


def section(path: tuple[str, ...]) -> str:
    """What the manual says under the heading that names the command."""
    for part in re.split(r"^##+ ", MANUAL, flags=re.MULTILINE):
        if re.search(rf"`quietline {' '.join(path)}[ `]", part.splitlines()[0] + " "):
            return part
    raise AssertionError(f"docs/commands.md has no heading for `quietline {' '.join(path)}`")


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_and_option_is_in_the_manual(path: tuple[str, ...]) -> None:
    text = section(path)
    for parameter in ALL[path].params:
        if isinstance(parameter, click.Option):
            for option in set(parameter.opts) - EVERYWHERE:
                assert f"`{option}" in text, f"{option} is not documented"
        else:
            assert f" {parameter.human_readable_name}" in text


def test_the_manual_names_no_command_that_does_not_exist() -> None:
    for heading in re.findall(r"^### (.*)$", MANUAL, flags=re.MULTILINE):
        for words in re.findall(r"`quietline ([^`]*)`", heading):
            path = tuple(word for word in words.split() if word.islower())
            assert path in ALL, heading


def test_every_exit_code_is_in_the_manual() -> None:
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", MANUAL, flags=re.MULTILINE)] == [*Exit]


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*path, "--help"]) == 0
    out = capsys.readouterr().out
    assert "--data DIR" in out
    assert "--config FILE" in out


@pytest.mark.parametrize(
    "words",
    [
        ["--data", "DIR", "settings", "set", "mode", "off"],
        ["settings", "--data", "DIR", "set", "mode", "off"],
        ["settings", "set", "--data", "DIR", "mode", "off"],
        ["settings", "set", "mode", "off", "--data", "DIR"],
        ["--data", "/nowhere", "settings", "set", "mode", "off", "--data", "DIR"],
    ],
)
def test_the_folder_may_be_named_before_and_after_the_command(words: list[str], tmp_path: Path) -> None:
    assert main([str(tmp_path) if word == "DIR" else word for word in words]) == 0
    with Store.open(tmp_path) as store:
        assert store.settings.get("mode") == "off"


def test_the_configuration_may_be_named_before_and_after_the_command(quietline: Quietline, tmp_path: Path) -> None:
    file = tmp_path / "quietline.toml"
    file.write_text('country = "NL"')
    for said in (quietline("--config", file, "config"), quietline("config", "--config", file)):
        assert said.code == 0
        assert 'country = "NL"' in said.out
        assert said.out.startswith(f"# from {file}")


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (["block", "add"], Exit.USAGE, "Missing argument 'TEXT'"),
        (["blok"], Exit.USAGE, "No such command 'blok'"),
        (["calls", "--limit", "0"], Exit.USAGE, "--limit"),
        (["block", "add", "no number"], Exit.USAGE, "no number"),
        (["block", "add", "2125550199", "--expires", "yesterday"], Exit.USAGE, "2026-12-31"),
        (["block", "add", "2125550199", "--expires", "2001-01-01"], Exit.USAGE, "has already passed"),
        (["settings", "set", "mode", "onn"], Exit.USAGE, "rehearsal"),
        (["settings", "get", "moode"], Exit.USAGE, "Did you mean mode?"),
        (["block", "remove", "2125550199"], Exit.NOT_FOUND, "is not on the block list"),
        (["block", "import", "/nowhere.csv"], Exit.USAGE, "does not exist"),
        (["replay", "/nowhere.log"], Exit.USAGE, "does not exist"),
        (["restore", "/nowhere.db"], Exit.USAGE, "does not exist"),
        (["restore", "/etc/hostname"], Exit.UNUSABLE, "no Quietline store"),
        (["--config", "/nowhere.toml", "status"], Exit.UNUSABLE, "/nowhere.toml: cannot be read"),
        (["check"], Exit.USAGE, "--withheld"),
        (["check", "2125550199", "--withheld"], Exit.USAGE, "--withheld"),
        (["check", "--no-caller-id", "--name", "X"], Exit.USAGE, "there is no name"),
        (["web", "--bind", "here"], Exit.USAGE, "HOST:PORT"),
        (["demo", "--bind", "127.0.0.1:x"], Exit.USAGE, "HOST:PORT"),
        (["simulate"], Exit.USAGE, "--pty"),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(quietline: Quietline, words: list[str], code: Exit, text: str) -> None:
    said = quietline(*words)
    assert said.code == code
    assert text in said.err
    assert said.err.startswith("quietline: ")
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_folder_that_can_not_be_made_is_one_line(quietline: Quietline, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = quietline("status", data=tmp_path / "file" / "folder")
    assert said.code == Exit.UNUSABLE
    assert said.err.count("\n") == 1


def test_a_store_of_a_newer_version_is_refused_and_left_alone(quietline: Quietline, tmp_path: Path) -> None:
    quietline("status")
    file = tmp_path / "data" / "quietline.db"
    data = bytearray(file.read_bytes())
    data[60:64] = (99).to_bytes(4, "big")  # the user_version of an SQLite file stands at byte 60
    file.write_bytes(data)
    said = quietline("block", "add", "2125550199")
    assert said.code == Exit.UNUSABLE
    assert "newer" in said.err
    assert file.read_bytes() == data


def test_every_change_rings_the_bell(quietline: Quietline, tmp_path: Path) -> None:
    quietline("status")
    with Doorbell(tmp_path / "data", "line-main") as bell:
        for words in (
            ["block", "add", "2125550199"],
            ["permit", "add", "2125550123"],
            ["block", "remove", "2125550199"],
            ["settings", "set", "mode", "rehearsal"],
            ["password", "--remove"],
        ):
            assert quietline(*words).code == 0
            assert bell.drain(), words
        quietline("check", "2125550199")
        assert not bell.drain()


def run(*words: str, cwd: Path) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    arguments = [sys.executable, "-W", "error", "-m", "appliance.cli", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(arguments, cwd=cwd, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_a_reader_who_leaves_is_no_traceback(quietline: Quietline, tmp_path: Path) -> None:
    rows = "\n".join(f"+1212555{n:04}" for n in range(5_000))
    (tmp_path / "many.csv").write_text("number\n" + rows)
    quietline("block", "import", tmp_path / "many.csv")
    with run("block", "list", "--data", str(tmp_path / "data"), cwd=tmp_path) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith("exact")
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == Exit.BROKEN_PIPE


def test_ctrl_c_is_no_traceback(tmp_path: Path) -> None:
    with run("simulate", "--pty", cwd=tmp_path) as process:
        assert process.stdout
        assert process.stderr
        assert "simulated modem" in process.stdout.readline()
        process.send_signal(2)
        assert "Traceback" not in process.stderr.read()
    assert process.returncode in (0, Exit.INTERRUPTED)


def test_the_page_is_never_imported_from_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "__init__.py").write_text("raise SystemExit('imported from the current folder')")
    (tmp_path / "web" / "__main__.py").write_text("")
    with run("web", "--data", "/dev/null/none", "--config", "/nowhere.toml", cwd=tmp_path) as process:
        assert process.stderr
        said = process.stderr.read()
    assert "imported from the current folder" not in said
    assert process.returncode == Exit.UNUSABLE


def test_the_line_needs_neither_the_page_nor_the_schedule(tmp_path: Path) -> None:
    code = "import sys, appliance.cli, appliance.line; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not {"flask", "werkzeug", "waitress", "apscheduler", "hardware.simulator"} & set(loaded.split())


def test_the_version_is_the_projects(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"quietline \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_a_password_comes_from_a_pipe(quietline: Quietline, tmp_path: Path) -> None:
    from appliance import passwords

    data = tmp_path / "data"
    with run("password", "--data", str(data), cwd=tmp_path) as process:
        out, err = process.communicate("a sunny day in May\n")
    assert (process.returncode, out, err) == (0, "The password is set.\n", "")
    with Store.open(data) as store:
        kept, version = store.accounts.password_hash(), store.accounts.session_version()
        assert passwords.matches(kept, "a sunny day in May")
        assert quietline("password", "--remove").code == 0
        assert store.accounts.password_hash() is None
        assert store.accounts.session_version() > version


def test_a_weak_password_is_refused(tmp_path: Path) -> None:
    with run("password", "--data", str(tmp_path), cwd=tmp_path) as process:
        _, err = process.communicate("quietline\n")
    assert process.returncode == Exit.USAGE
    assert "a stranger would try" in err


def test_settings_are_listed_as_they_are(quietline: Quietline) -> None:
    said = quietline("settings", "set", "treatment.day.withheld", "drop")
    assert said.out == "treatment.day.withheld is now drop (was empty).\n"
    assert quietline("settings", "get", "treatment.day.withheld").out == "drop\n"
    assert "treatment.day.withheld = drop" in quietline("settings", "list").out


def test_a_backup_comes_back(quietline: Quietline, tmp_path: Path) -> None:
    quietline("block", "add", "2125550199")
    assert quietline("backup", tmp_path / "copy.db").code == 0
    assert quietline("backup", tmp_path / "copy.db").code == Exit.FAILED
    quietline("block", "remove", "2125550199")
    assert quietline("restore", tmp_path / "copy.db").code == 0
    assert "2125550199" in json.dumps(json.loads(quietline("block", "list", "--json").out))
