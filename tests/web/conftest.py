from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

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


@pytest.fixture
def new_app(house: House) -> Flask:
    """The pages of a household that has no password yet."""
    return create_app(house.config)


@pytest.fixture
def app(house: House, new_app: Flask, password_hash: str) -> Flask:
    house.store.accounts.set_password_hash(password_hash, by="page", now=house.now)
    return new_app


@pytest.fixture
def demo_app(house: House, password_hash: str) -> Flask:
    house.store.accounts.set_password_hash(password_hash, by="page", now=house.now)
    return create_app(house.config, demo=True)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def browser(house: House, app: Flask) -> Browser:
    """Signed in."""
    made = Browser(app)
    made.be_signed_in(house.store.accounts.session_version())
    return made
