"""docs/wire.md names the test that holds Quietline to each of its rows: every one exists, and no row is without."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "wire.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(\S+?\.py)::(\w+)`", PAGE)


def _tests_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_test_that_the_page_names_exists() -> None:
    assert len(NAMED) > 100
    files = {file: _tests_of(file) for file, _ in NAMED if (ROOT / "tests" / file).is_file()}
    assert [f"{file}::{name}" for file, name in NAMED if name not in files.get(file, ())] == []


def test_every_row_of_the_page_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| what goes wrong")]
    assert len(rows) > 50
    assert [row for row in rows if not re.search(r"\.py::test_\w+` *\|$", row) or row.count(" | ") != 2] == []


def test_every_test_of_the_peers_files_is_named_on_the_page() -> None:
    files = [*(ROOT / "tests").glob("*/test_peers*.py")]
    assert len(files) == 5
    for file in files:
        name = str(file.relative_to(ROOT / "tests"))
        assert _tests_of(name) - {test for named, test in NAMED if named == name} == set()
