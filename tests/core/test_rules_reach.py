"""The rules about where a call comes from and what calling back costs: one row for each thing that each can say."""

import pytest

from appliance.core.caller import identify
from appliance.core.rule import Opinion, Rule, Verdict
from appliance.core.rules import reach
from appliance.core.rules.reach import FOREIGN, PREMIUM, TOLL_FREE, UNKNOWN
from appliance.core.screening import case_of
from appliance.core.terms import Category
from tests.core.reports import NOW, Home, Shown, Why, unsaid

PLUS_ONE, LURE, NEAR = Category.FOREIGN_PLUS_ONE, Category.FOREIGN_LURE, Category.FOREIGN_NEAR


def judged(rule: Rule, shown: str | None, home: Home) -> Opinion:
    report = Shown(shown) if shown else Shown(absence=Why.PRIVATE)
    return rule.judge(case_of(identify(report, home.country), home.household(), NOW))


ROWS = [
    (PREMIUM, "US", "9005570123", Category.PREMIUM),
    (PREMIUM, "US", "2129760123", Category.PREMIUM),
    (PREMIUM, "US", "8005550123", None),
    (PREMIUM, "GB", "09061234567", Category.PREMIUM),
    (PREMIUM, "GB", "08711234567", Category.PREMIUM),
    (PREMIUM, "GB", "08451234567", Category.SHARED_COST),
    (PREMIUM, "IE", "1550123456", Category.PREMIUM),
    (PREMIUM, "NL", "09001234", Category.PREMIUM),
    (PREMIUM, "NL", "09008844", None),
    (PREMIUM, "BE", "090212345", Category.PREMIUM),
    (PREMIUM, "DE", "09001234567", Category.PREMIUM),
    (PREMIUM, "DE", "01805123456", Category.SHARED_COST),
    (PREMIUM, "AT", "0900123456", Category.PREMIUM),
    (PREMIUM, "CH", "0900123456", Category.PREMIUM),
    (PREMIUM, "FR", "0899123456", Category.PREMIUM),
    (PREMIUM, "FR", "0820123456", Category.SHARED_COST),
    (PREMIUM, "ES", "803123456", Category.PREMIUM),
    (PREMIUM, "ES", "902123456", Category.SHARED_COST),
    (PREMIUM, "IT", "899123456", Category.PREMIUM),
    (PREMIUM, "PT", "760123456", Category.PREMIUM),
    (PREMIUM, "PT", "808242424", None),
    (PREMIUM, "DK", "90123456", Category.PREMIUM),
    (PREMIUM, "SE", "09001234567", Category.PREMIUM),
    (PREMIUM, "NO", "82012345", Category.PREMIUM),
    (PREMIUM, "FI", "0600123456", Category.PREMIUM),
    (PREMIUM, "PL", "701123456", Category.PREMIUM),
    (PREMIUM, "AU", "1900123456", Category.PREMIUM),
    (PREMIUM, "NZ", "0900123456", Category.PREMIUM),
    (PREMIUM, "IN", "18601234567", Category.SHARED_COST),
    (PREMIUM, "BR", "0900123456", Category.PREMIUM),
    (PREMIUM, "CL", "6001234567", Category.SHARED_COST),
    (PREMIUM, "AE", "0900212345", Category.PREMIUM),
    (PREMIUM, "EG", "09001234567", Category.PREMIUM),
    (PREMIUM, "MA", "0891234567", Category.PREMIUM),
    (PREMIUM, "DE", "+449061234567", Category.PREMIUM),
    (PREMIUM, "DE", "+37090012345", Category.PREMIUM),  # Lithuania, of which only the library knows
    (PREMIUM, "BR", "03031234567", None),  # set aside for sales, which another rule says
    (PREMIUM, "US", None, None),
    (TOLL_FREE, "US", "8005550123", Category.TOLL_FREE),
    (TOLL_FREE, "DE", "08001234567", Category.TOLL_FREE),
    (TOLL_FREE, "US", "2125550123", None),
    (TOLL_FREE, "US", None, None),
    (FOREIGN, "US", "2125550123", None),
    (FOREIGN, "US", "6045550123", None),
    (FOREIGN, "CA", "2125550123", None),
    (FOREIGN, "US", "7875550123", None),
    (FOREIGN, "US", "8765550123", PLUS_ONE),
    (FOREIGN, "US", "8095550123", PLUS_ONE),
    (FOREIGN, "CA", "2645550123", PLUS_ONE),
    (FOREIGN, "US", "011442079460123", Category.FOREIGN),
    (FOREIGN, "US", "011525512345678", NEAR),
    (FOREIGN, "US", "01122245251234", LURE),
    (FOREIGN, "US", "01150922453000", LURE),
    (FOREIGN, "US", "+881612345678", LURE),
    (FOREIGN, "US", "2995550123", None),
    (FOREIGN, "US", "911", None),
    (FOREIGN, "US", None, None),
    (FOREIGN, "DE", "+12125550123", Category.FOREIGN),
    (FOREIGN, "DE", "+18765550123", PLUS_ONE),
    (FOREIGN, "DE", "+33199001234", NEAR),
    (FOREIGN, "DE", "+38267622901", LURE),
    (FOREIGN, "HR", "+38267622901", NEAR),
    (FOREIGN, "ES", "+376712345", NEAR),
    (FOREIGN, "GB", "+441481256789", None),
    (FOREIGN, "FR", "+590590201234", None),
    (FOREIGN, "JM", "2125550123", Category.FOREIGN),
    (FOREIGN, "JM", "8765550123", None),
    (FOREIGN, "MA", "+34912345678", NEAR),
    (FOREIGN, "BR", "+5491123456789", NEAR),
]


@pytest.mark.parametrize(("rule", "country", "shown", "category"), ROWS)
def test_a_rule_says_where_a_call_comes_from(
    rule: Rule, country: str, shown: str | None, category: Category | None
) -> None:
    opinion = judged(rule, shown, Home(country=country))
    assert (opinion.rule, opinion.category) == (rule.name, category)
    assert opinion.verdict is (None if category is None else Verdict.SCREEN)
    assert category is None or category in rule.categories
    assert opinion.saw.endswith(".")


WANGIRI = [242, 246, 264, 268, 284, 345, 441, 473, 649, 664, 721, 758, 767, 784, 809, 829, 849, 868, 869, 876]


@pytest.mark.parametrize("area", WANGIRI)
def test_every_area_code_of_the_one_ring_swindle_is_foreign_though_it_begins_with_plus_one(area: int) -> None:
    assert judged(FOREIGN, f"{area}5550123", Home()).category is PLUS_ONE


def test_family_abroad_is_no_foreigner() -> None:
    home = Home(country="NL", known_countries=frozenset({"MA", "JM", "HT"}))
    for shown in ("+212520123456", "+18765550123", "+50922453000"):
        opinion = judged(FOREIGN, shown, home)
        assert (opinion.verdict, opinion.saw) == (None, reach.SAW["foreign", "known"])
    assert judged(FOREIGN, "+4930123456", home).category is NEAR


def test_the_sentence_about_a_dear_number_is_the_fact_where_there_is_one() -> None:
    assert judged(PREMIUM, "09001234", Home(country="NL")).saw == "Numbers that begin with 0900 are expensive to call."
    assert judged(PREMIUM, "+37090012345", Home()).saw == "Calling this number back would be expensive."


def test_toll_free_numbers_are_left_alone_until_the_household_wants_otherwise() -> None:
    assert not TOLL_FREE.switched_on(Home().household())
    assert TOLL_FREE.switched_on(Home(switched={"toll_free": True}).household())
    assert PREMIUM.switched_on(Home().household())


def test_whoever_remains_is_unknown() -> None:
    assert judged(UNKNOWN, None, Home()).category is Category.UNKNOWN
    assert not UNKNOWN.switch


def test_every_sentence_is_said() -> None:
    said = [(rule.name, judged(rule, shown, Home(country=country)).saw) for rule, country, shown, _ in ROWS]
    said += [("foreign", judged(FOREIGN, "+4930123456", Home(known_countries=frozenset({"DE"}))).saw)]
    said += [("unknown", judged(UNKNOWN, None, Home()).saw), ("premium", judged(PREMIUM, "+37080812345", Home()).saw)]
    assert unsaid(reach.SAW, said) == {("premium", "off")}, "no file switches a dear range off today"
    assert set(reach.BECAUSE) == {(rule.name, None) for rule in (PREMIUM, TOLL_FREE, FOREIGN, UNKNOWN)}
