"""Somebody with a browser, as plain HTTP: one kept connection, the session cookie, the token of the forms."""

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SEE_OTHER = 303


class Visitor:
    """Visits one web process. For one thread."""

    def __init__(self, address: str, *, timeout: float = 30.0) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=timeout)
        self._cookies: dict[str, str] = {}
        self._token = ""

    def enter(self, password: str) -> None:
        """Sign in; in a new house, set the password."""
        page = self.get("/first-run")
        if "new-password" in page:
            self.post("/first-run", password=password, again=password)
        else:
            self.get("/sign-in")
            self.post("/sign-in", password=password)
        assert "quietline" in self._cookies

    def get(self, path: str) -> str:
        """The page there; wherever it sends us, we go."""
        status, place, text = self._ask("GET", path)
        while status == SEE_OTHER:
            status, place, text = self._ask("GET", place)
        assert status == http.HTTPStatus.OK, (path, status, text[:500])
        if found := TOKEN.search(text):
            self._token = found[1]
        return text

    def post(self, path: str, **fields: str) -> None:
        """Send a form, as from the page seen last; it must be accepted."""
        body = urlencode({"csrf_token": self._token, **fields})
        status, place, text = self._ask("POST", path, body)
        assert status == SEE_OTHER, (path, status, text[:2000])
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
