"""Somebody with a browser, as plain HTTP: one kept connection, the session cookie, the token of the forms."""

import http.client
import re
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SEE_OTHER = 303


class Visitor:
    """Visits one web process until `close`. For one thread."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30.0)
        self._cookies: dict[str, str] = {}
        self._token = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def move(self, address: str) -> None:
        """The same browser, still signed in, at the new address of a web process that was started again."""
        self._connection.close()
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30.0)

    def enter(self, password: str) -> Self:
        """Sign in; in a new house, set the password."""
        page = self.get("/first-run")
        if "new-password" in page:
            self.post("/first-run", password=password, again=password)
        else:
            self.get("/sign-in")
            self.post("/sign-in", password=password)
        assert "quietline" in self._cookies
        return self

    def get(self, path: str) -> str:
        """The page there; wherever it sends us, we go."""
        status, place, text = self._ask("GET", path)
        while status == SEE_OTHER:
            status, place, text = self._ask("GET", place)
        assert status == http.HTTPStatus.OK, (path, status, text[:500])
        if found := TOKEN.search(text):
            self._token = found[1]
        return text

    def post(self, path: str, *, then: bool = True, **fields: str) -> None:
        """Send a form, as from the page seen last; it must be accepted. With `then`, look where the answer sends us."""
        body = urlencode({"csrf_token": self._token, **fields})
        status, place, text = self._ask("POST", path, body)
        assert status == SEE_OTHER, (path, status, text[:2000])
        if then:
            self.get(place)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies.update({key: morsel.value for key, morsel in SimpleCookie(line).items()})
        return answer.status, answer.headers.get("Location", ""), text
