"""Who gets through: the presets, the table by profile, profiles of one's own, and the look before saving."""

import html
import re

import pytest

from appliance.core.presets import ALWAYS_RING, PRESETS
from appliance.core.terms import Category
from tests.web.house import CRUISES, WITHHELD, Browser, House
from web import words_policy

FAR = "2065550188"  # in no way close to anybody on a list
UNDO = re.compile(r'formaction="(/settings/undo/[^"]+)"')


def cell(page: str, category: str) -> str:
    """The part of the table that is about one kind of call."""
    return page.split(f'id="{category}"')[1].split("</div>\n")[0]


def chosen(page: str, category: str) -> str:
    found = re.search(r'<option value="([^"]*)" selected>', cell(page, category))
    return found[1] if found else ""


def table(browser: Browser, profile: str = "day", do: str = "save", **treatments: str) -> str:
    """Send the table of a profile; the page that follows."""
    form = {f"treatment.{category}": treatment for category, treatment in treatments.items()}
    answer = browser.post("/rules/table", {"profile": profile, "do": do, **form}, token_from="/rules")
    assert answer.status_code in {200, 303}, answer.text
    return browser.text(answer.headers["Location"]) if answer.status_code == 303 else answer.text


def hidden(page: str) -> dict[str, str]:
    """What a page of a preview sends on."""
    form = page.split('<h2 id="preview-title">')[1].split("</form>")[0]
    fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in fields}


def test_each_preset_stands_there_with_its_meaning(browser: Browser) -> None:
    page = html.unescape(browser.text("/rules"))

    for preset in PRESETS.values():
        assert preset.title in page
        assert preset.meaning in page
    assert 'name="preset" value="balanced" checked' in page


def test_every_kind_of_call_has_its_row_in_every_profile(house: House, browser: Browser) -> None:
    house.store.settings.set("profiles", "guests=night", by="page", now=house.now)

    for profile in ("day", "night", "away", "guests"):
        page = browser.text(f"/rules?profile={profile}")
        for category in Category:
            row = cell(page, category.value)
            assert ("Always rings" in row) == (category in ALWAYS_RING), category
            assert words_policy.category(category.value) in html.unescape(row)


def test_what_cannot_be_chosen_yet_says_why_and_what_happens_until_then(browser: Browser) -> None:
    page = html.unescape(browser.text("/rules"))

    row = cell(page, "unknown")
    assert "As “Balanced”: Caller must press a key" in row
    assert "For now it rings." in row
    assert f'<optgroup label="Not yet: {words_policy.NOT_YET}">' in row
    assert "<option disabled>Take a message</option>" in row
    assert "Until it can, the telephone rings" in page


def test_a_choice_is_kept_for_its_profile_alone_and_undone_with_one_press(house: House, browser: Browser) -> None:
    page = table(browser, "night", withheld="drop", unknown="")

    assert "Saved for Night." in page
    assert chosen(page, "withheld") == "drop"
    assert chosen(browser.text("/rules?profile=day"), "withheld") == ""
    assert house.store.settings.get("treatment.night.withheld") == "drop"
    undo = UNDO.search(page)
    assert undo
    browser.post(undo[1])
    assert house.store.settings.get("treatment.night.withheld") == ""
    assert browser.post(undo[1]).status_code == 404, "once only"


def test_an_undo_leaves_alone_what_was_changed_again_since(house: House, browser: Browser) -> None:
    undo = UNDO.search(table(browser, withheld="drop"))
    assert undo
    table(browser, withheld="ring")

    browser.post(undo[1])

    assert house.store.settings.get("treatment.day.withheld") == "ring"
    assert "changed again since" in browser.text("/")


def test_as_the_preset_takes_a_choice_back_and_all_of_them_at_once(house: House, browser: Browser) -> None:
    table(browser, withheld="drop", unknown="drop")
    assert chosen(table(browser, withheld=""), "withheld") == ""
    assert house.store.settings.get("treatment.day.unknown") == "drop"

    browser.post("/rules/table", {"profile": "day", "all": "preset"}, token_from="/rules")

    assert house.store.settings.get("treatment.day.unknown") == ""


@pytest.mark.parametrize("wanted", [{"unknown": "shout"}, {"unknown": "challenge"}, {"blocked": "ring"}], ids=str)
def test_a_treatment_that_cannot_be_chosen_changes_nothing(
    wanted: dict[str, str], house: House, browser: Browser
) -> None:
    before = house.store.settings.all()
    form = {f"treatment.{category}": treatment for category, treatment in wanted.items()}

    answer = browser.post("/rules/table", {"profile": "day", "treatment.withheld": "drop", **form}, token_from="/rules")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert house.store.settings.all() == before


def test_the_look_before_saving_shows_the_calls_and_changes_nothing(house: House, browser: Browser) -> None:
    house.lists()
    house.call(CRUISES, "SUNNY CRUISES")
    house.call(FAR, "JOE EXAMPLE")
    house.call_with(WITHHELD)
    before = house.store.data_version()

    page = html.unescape(table(browser, do="preview", withheld="drop", unknown="drop"))

    assert house.store.data_version() == before
    assert "Nothing is saved yet." in page
    assert "Of 3 calls in the last 30 days 2 would have been treated otherwise" in page
    assert "JOE EXAMPLE" in page
    assert "number withheld" in page
    assert "SUNNY CRUISES" not in page
    assert page.index("number withheld") < page.index("JOE EXAMPLE"), "newest first"


def test_from_the_look_one_press_saves_and_another_goes_back_with_the_choices(house: House, browser: Browser) -> None:
    page = table(browser, do="preview", withheld="drop", unknown="")
    form = {name: value for name, value in hidden(page).items() if name != "csrf_token"}
    assert form == {"profile": "day", "treatment.withheld": "drop", "treatment.unknown": ""}

    back = browser.post("/rules/table", {**form, "do": "back"}, token_from="/rules")
    assert back.status_code == 200
    assert chosen(back.text, "withheld") == "drop"
    assert house.store.settings.get("treatment.day.withheld") == ""

    browser.post("/rules/table", {**form, "do": "save"}, token_from="/rules")
    assert house.store.settings.get("treatment.day.withheld") == "drop"


def test_the_look_says_when_nothing_would_change_and_when_nothing_was_chosen(house: House, browser: Browser) -> None:
    house.call(FAR, "JOE EXAMPLE")

    assert "You have changed nothing yet." in table(browser, do="preview", withheld="")
    assert "none would have been treated otherwise" in table(browser, do="preview", premium="drop")


def test_a_preset_is_looked_at_and_chosen(house: House, browser: Browser) -> None:
    house.call(FAR, "SPAM? EXAMPLE")
    looked = browser.post("/rules/preset", {"preset": "strict", "do": "preview"}, token_from="/rules")
    assert "1 would have been treated otherwise" in looked.text
    assert house.store.settings.get("preset") == "balanced"
    back = browser.post("/rules/preset", {"preset": "strict", "do": "back"}, token_from="/rules")
    assert 'value="strict" checked' in back.text

    browser.post("/rules/preset", {"preset": "strict", "do": "save"}, token_from="/rules")

    assert house.store.settings.get("preset") == "strict"
    page = html.unescape(browser.text("/rules"))
    assert "“Strict” is in force from now on." in page
    assert browser.post("/rules/preset", {"preset": "chaos"}, token_from="/rules").status_code == 422


def test_a_profile_of_ones_own_starts_from_another_and_can_go_again(house: House, browser: Browser) -> None:
    answer = browser.post("/rules/profiles", {"name": " Guests ", "base": "night"}, token_from="/rules")
    assert answer.headers["Location"] == "/rules?profile=guests"
    assert "The profile “Guests” is ready." in browser.text("/rules?profile=guests")
    table(browser, "night", withheld="drop")
    page = html.unescape(browser.text("/rules?profile=guests"))
    assert "As Night: Drop it" in cell(page, "withheld"), "as the profile it starts from"
    table(browser, "guests", unknown="drop")

    browser.post("/rules/profiles/guests/remove")

    page = html.unescape(browser.text("/rules"))
    assert "The profile “Guests” is gone." in page
    assert "treatment.guests.unknown" not in house.store.settings.all()
    undo = UNDO.search(page)
    assert undo
    browser.post(undo[1])
    assert house.store.settings.get("treatment.guests.unknown") == "drop"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "base": "day"}, "cannot be the name of a profile"),
        ({"name": "<script>", "base": "day"}, "cannot be the name of a profile"),
        ({"name": "night", "base": "day"}, "There is already a profile"),
        ({"name": "guests", "base": "dusk"}, "A profile starts from"),
        ({"name": "a=b, c", "base": "day"}, "cannot be the name of a profile"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_with_a_sentence(
    form: dict[str, str], said: str, house: House, browser: Browser
) -> None:
    answer = browser.post("/rules/profiles", form, token_from="/rules")

    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert house.store.settings.get("profiles") == ""


def test_a_profile_that_the_schedule_names_stays_until_it_is_taken_out_there(house: House, browser: Browser) -> None:
    house.store.settings.set("profiles", "guests=night", by="page", now=house.now)
    house.store.settings.set("schedule", "guests sat 10:00-12:00", by="page", now=house.now)

    answer = browser.post("/rules/profiles/guests/remove")

    assert answer.status_code == 422
    assert "is still used under When" in answer.text
    assert house.store.settings.get("profiles") == "guests=night"


def test_a_profile_that_is_not_there_is_shown_as_day(browser: Browser) -> None:
    assert 'name="profile" value="day"' in browser.text("/rules?profile=<script>")
    assert browser.post("/rules/table", {"profile": "nobody"}, token_from="/rules").status_code == 404
