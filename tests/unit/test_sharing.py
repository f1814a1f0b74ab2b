"""Which cards for sharing there are: one for what some page is about, under a name that changes with what stands on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from portal.listing import Records
from portal.registers import Registers, read_data
from portal.schema.content import Profile
from portal.sharing import BRAND, FOLDER, UNCOLOURED, SharingCards, province_of, shown_host
from portal.source import ContentFile

PROJECT = Path(__file__).parents[2]
DATA = {
    "campaign": """
schema_version: 1
name: Thi đua làng nghề
site_url: https://example.org/cong/
publisher: {name: Nơi thử}
texts: {models: Điển hình, articles: Tin, banner: Làm thật}
""",
    "fields": """
- {slug: go, name: Nghề gỗ, short: Gỗ, color: "#2e7d32"}
- {slug: gom, name: Nghề gốm}
""",
    "categories": """
- {slug: tin-nhanh, name: Tin nhanh}
- {slug: go, name: Chuyện gỗ, color: "#123456"}
""",
    "units": """
- {slug: gia-lai, name: Gia Lai, kind: tỉnh, level: province, valid_to: 2025-06-30, replaced_by: [{slug: tinh-gia-lai}]}
- {slug: tinh-gia-lai, name: Gia Lai, kind: tỉnh, level: province, valid_from: 2025-07-01}
- {slug: chu-pah, name: Chư Păh, kind: huyện, level: district, parents: [{slug: gia-lai}], valid_to: 2025-06-30}
- slug: xa-ia-ly
  name: Ia Ly
  kind: xã
  level: commune
  parents: [{slug: chu-pah, to: 2025-06-30}, {slug: tinh-gia-lai, from: 2025-07-01}]
- {slug: xa-la, name: Lạ, kind: xã, level: commune}
- {slug: ho-chi-minh, name: Hồ Chí Minh, kind: thành phố, level: province}
""",
    "units_of_measure": "[]",
    "measures": "[]",
}


def _registers(root: Path, **changed: str) -> Registers:
    (root / "data").mkdir(parents=True)
    for name, text in (DATA | changed).items():
        (root / f"data/{name}.yml").write_text(text, encoding="utf-8")
    found, problems = read_data(root)
    assert [str(problem) for problem in problems] == []
    return found


def _cards(registers: Registers) -> SharingCards:
    assert registers.campaign is not None
    return SharingCards(registers, registers.campaign.record)


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> SharingCards:
    return _cards(_registers(tmp_path_factory.mktemp("sharing")))


def _model(unit: str, field: str | None, started: str | None = "2024", slug: str = "m") -> ContentFile[Profile]:
    said = {"title": "m", "summary": "s", "unit": unit, "status": "reported", "field": field, "started": started}
    record = Profile.model_validate({key: value for key, value in said.items() if value})
    return ContentFile(f"docs/mo-hinh/{slug}.md", f"/mo-hinh/{slug}/", slug, record, b"", 1, "")


def _keys(cards: SharingCards, *models: ContentFile[Profile]) -> list[str]:
    return [card.key for card in cards.cards_of(Records((), models))]


def test_what_stands_on_the_card_of_the_campaign(cards: SharingCards) -> None:
    card = cards.default
    assert (card.campaign, card.kind, card.title, card.place) == ("", "", "Thi đua làng nghề", "Làm thật")
    assert (card.colour, card.site) == (BRAND, "example.org/cong")
    assert card.alt == "Thi đua làng nghề, Làm thật"


def test_what_stands_on_the_card_of_a_category(cards: SharingCards) -> None:
    card = cards.card_for_article("tin-nhanh")
    assert (card.campaign, card.kind, card.title, card.place) == ("Thi đua làng nghề", "Tin", "Tin nhanh", "")
    assert (card.colour, cards.card_for_article("go").colour) == (BRAND, "#123456")
    assert card.alt == "Tin nhanh – Thi đua làng nghề"


def test_what_stands_on_the_card_of_a_field_of_a_province(cards: SharingCards) -> None:
    card = cards.card_for_profile("go", "ho-chi-minh")
    assert (card.kind, card.title, card.place) == ("Điển hình", "Nghề gỗ", "Thành phố Hồ Chí Minh")
    assert (card.colour, cards.card_for_profile("gom", None).colour) == ("#2e7d32", UNCOLOURED)
    assert card.alt == "Nghề gỗ, Thành phố Hồ Chí Minh – Thi đua làng nghề"


def test_a_model_of_an_unknown_field_has_the_card_of_its_province(cards: SharingCards) -> None:
    card = cards.card_for_profile(None, "ho-chi-minh")
    assert (card.title, card.place, card.colour) == ("Thành phố Hồ Chí Minh", "", UNCOLOURED)
    assert cards.card_for_profile(None, None) == cards.default


@pytest.mark.parametrize(
    ("field", "province", "key"),
    [
        ("go", "ho-chi-minh", "go--ho-chi-minh"),
        ("go", None, "linh-vuc--go"),
        (None, "ho-chi-minh", "dia-ban--ho-chi-minh"),
        (None, None, "cong"),
    ],
)
def test_a_path_says_what_the_card_is_of(
    cards: SharingCards, field: str | None, province: str | None, key: str
) -> None:
    assert re.fullmatch(rf"{FOLDER}{key}--[0-9a-f]{{8}}\.jpg", cards.card_for_profile(field, province).path)


def test_a_category_and_a_field_of_one_slug_have_two_cards(cards: SharingCards) -> None:
    assert cards.card_for_article("go").path != cards.card_for_profile("go", None).path


@pytest.mark.parametrize(
    ("unit", "started", "province"),
    [
        ("xa-ia-ly", "2024", "gia-lai"),  # through a district that is gone
        ("xa-ia-ly", "2025-06-30", "gia-lai"),
        ("xa-ia-ly", "2025-07-01", "tinh-gia-lai"),
        ("xa-ia-ly", None, "tinh-gia-lai"),  # no day is known: where it was last
        ("gia-lai", "2020", "gia-lai"),
        ("xa-la", "2024", None),
    ],
)
def test_a_model_belongs_to_the_province_of_its_time(
    cards: SharingCards, unit: str, started: str | None, province: str | None
) -> None:
    assert province_of(_model(unit, "go", started), cards.registers) == province


def test_only_what_a_page_uses_has_a_card(cards: SharingCards) -> None:
    always = ["chuyen-muc--go", "chuyen-muc--tin-nhanh", "cong", "linh-vuc--go", "linh-vuc--gom"]
    assert _keys(cards) == always
    models = [
        _model("xa-ia-ly", "go", "2024"),
        _model("chu-pah", "go", "2020"),
        _model("xa-ia-ly", "go", "2025-08-01"),
        _model("ho-chi-minh", None),
        _model("xa-la", "gom"),
        _model("xa-la", None),
    ]
    assert _keys(cards, *models) == sorted([*always, "go--gia-lai", "go--tinh-gia-lai", "dia-ban--ho-chi-minh"])


def test_every_model_finds_its_card_among_them(cards: SharingCards) -> None:
    models = [_model(unit, field) for unit in ("xa-ia-ly", "xa-la", "ho-chi-minh") for field in ("go", "gom", None)]
    there = {card.path for card in cards.cards_of(Records((), tuple(models)))}
    assert all(cards.card_of(model).path in there for model in models)


def test_a_card_has_another_address_exactly_when_something_else_stands_on_it(
    cards: SharingCards, tmp_path: Path
) -> None:
    def paths(changed: SharingCards) -> set[str]:
        models = (_model("ho-chi-minh", "go"), _model("ho-chi-minh", "gom"))
        return {card.path for card in changed.cards_of(Records((), models))}

    fields = DATA["fields"].replace("Nghề gốm", "Nghề gốm sứ").replace("short: Gỗ", "short: Mộc")
    renamed = _cards(_registers(tmp_path / "fields", fields=fields))
    gone = {path.rsplit("--", 1)[0].removeprefix(FOLDER) for path in paths(cards) - paths(renamed)}
    assert gone == {"linh-vuc--gom", "gom--ho-chi-minh"}
    moved = _registers(tmp_path / "campaign", campaign=DATA["campaign"].replace("example.org", "example.com"))
    assert not paths(cards) & paths(_cards(moved)), "the host stands on every card"


@pytest.mark.parametrize(
    ("site_url", "shown"),
    [
        ("https://dan-van-kheo.example/", "dan-van-kheo.example"),
        ("https://example.org/cong/moi/", "example.org/cong/moi"),
        ("http://localhost:8000/", "localhost:8000"),
        ("https://xn--dnvn-boa8786b.example/", "dânvận.example"),
        ("https://xn--99999999.example/", "xn--99999999.example"),
    ],
)
def test_a_site_is_shown_as_people_say_it(site_url: str, shown: str) -> None:
    assert shown_host(site_url) == shown


def test_the_colours_are_those_of_the_stylesheet() -> None:
    style = (PROJECT / "overrides/stylesheets/portal.css").read_text(encoding="utf-8")
    assert (f"--portal-brand: {BRAND};" in style, f"--field-color: {UNCOLOURED};" in style) == (True, True)
