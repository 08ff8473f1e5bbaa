"""Which Quietline this is."""

import importlib.metadata
import tomllib
from functools import cache
from pathlib import Path

PROJECT_FILE = Path(__file__).resolve().parents[1] / "pyproject.toml"


@cache
def version() -> str:
    """The version as installed, or as in the clone this runs from."""
    try:
        return str(tomllib.loads(PROJECT_FILE.read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return importlib.metadata.version("quietline")
