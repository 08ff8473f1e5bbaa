from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from appliance import passwords
from appliance.config import Config
from tests.web.house import PASSWORD, Browser, House
from web import context, create_app
from web.live import Live
from web.undo import Undo


@pytest.fixture(scope="session")
def password_hash() -> str:
    return passwords.hashed(PASSWORD)  # a tenth of a second, once


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.line_speaks()
    yield made
    made.store.close()


class Pages:
    """The application, made once for each kind: every test moves it into a house of its own. Making it takes longer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[bool, Flask] = {}

    def of(self, house: House, *, demo: bool = False) -> Flask:
        if demo not in self._made:
            House(self._folder).store.close()
            self._made[demo] = create_app(Config(data=self._folder), demo=demo)
        app = self._made[demo]
        app.extensions[context.NAME] = context.Place(house.config, Live(house.config.data), Undo(), demo)
        return app


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return Pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def new_app(house: House, pages: Pages) -> Flask:
    """The pages of a household that has no password yet."""
    return pages.of(house)


@pytest.fixture
def app(house: House, new_app: Flask, password_hash: str) -> Flask:
    house.store.accounts.set_password_hash(password_hash, by="page", now=house.now)
    return new_app


@pytest.fixture
def demo_app(house: House, password_hash: str, pages: Pages) -> Flask:
    house.store.accounts.set_password_hash(password_hash, by="page", now=house.now)
    return pages.of(house, demo=True)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def browser(house: House, app: Flask) -> Browser:
    """Signed in."""
    made = Browser(app)
    made.be_signed_in(house.store.accounts.session_version())
    return made
