"""A person in front of a browser: what they do, what they see, and what the browser complains of meanwhile."""

from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.web.house import PASSWORD

# Text and its background as a person sees them: every text of the page, with the contrast it has (WCAG 2.1, 1.4.3).
POOR_CONTRAST = """
() => {
  const rgb = (text) => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const linear = (v) => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  const light = (c) => c.slice(0, 3).map(linear)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c[3] === 1) return c;
    }
    return [255, 255, 255, 1];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    const text = walk.currentNode.textContent.trim();
    if (!text || !element.checkVisibility() || element.closest("option, .skip")) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(rgb(style.color)), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.push(`${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return found;
}
"""

SMALL_TARGETS = """
() => [...document.querySelectorAll("button, nav a, a.button, .choice, input:not([type=hidden], .choice *), select")]
  .filter((element) => element.checkVisibility())
  .map((element) => [element.textContent.trim() || element.name, element.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([text, box]) => `${text}: ${box.width}x${box.height}`)
"""


class Eyes:
    """One page, its console and its network watched."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._pictures = pictures
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def move_in(self) -> None:
        """The first run: choose a password."""
        self.page.goto("/")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_label("The same again").fill(PASSWORD)
        self.page.get_by_role("button", name="Set the password").click()
        self.page.get_by_role("heading", name="Calls", exact=True).wait_for()

    def picture(self, name: str) -> Path:
        """Keep what is seen, for whoever looks into a failure; where."""
        file = self._pictures / f"{name}.png"
        self.page.screenshot(path=file, full_page=True)
        return file

    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    def poor_contrast(self) -> list[str]:
        """Texts that stand out too little from what is behind them."""
        return list(self.page.evaluate(POOR_CONTRAST))

    def small_targets(self) -> list[str]:
        """Buttons and fields that a finger would miss (below 44 pixels)."""
        return list(self.page.evaluate(SMALL_TARGETS))
