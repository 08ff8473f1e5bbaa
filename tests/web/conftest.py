from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache

from appliance import passwords
from tests.web.house import PASSWORD, Browser, House
from web import create_app


@pytest.fixture(scope="session")
def password_hash() -> str:
    return passwords.hashed(PASSWORD)  # a tenth of a second, once


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.line_speaks()
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """The templates, compiled once: a tenth of a second that each test would need for a page."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def new_app(house: House, compiled: BytecodeCache) -> Flask:
    """The pages of a household that has no password yet."""
    made = create_app(house.config)
    made.jinja_env.bytecode_cache = compiled
    return made


@pytest.fixture
def app(house: House, new_app: Flask, password_hash: str) -> Flask:
    house.store.accounts.set_password_hash(password_hash, by="page", now=house.now)
    return new_app


@pytest.fixture
def demo_app(house: House, password_hash: str, compiled: BytecodeCache) -> Flask:
    house.store.accounts.set_password_hash(password_hash, by="page", now=house.now)
    made = create_app(house.config, demo=True)
    made.jinja_env.bytecode_cache = compiled
    return made


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def browser(house: House, app: Flask) -> Browser:
    """Signed in."""
    made = Browser(app)
    made.be_signed_in(house.store.accounts.session_version())
    return made
