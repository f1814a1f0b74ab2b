"""The articles of the made-up campaign: every standing, several spellings of one name, dates near midnight."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

VIETNAM = timezone(timedelta(hours=7))
FIRST, LAST = datetime(2019, 1, 1, tzinfo=VIETNAM), datetime(2026, 11, 21, tzinfo=VIETNAM)
PAST, COMING = "2026-11-22T08:00", "2026-11-22T08:01"  # the tests build at 08:00

# slug → the category above it; two levels stand under the first ones, nothing stands in "trong".
_ABOVE = {
    "tin": None,
    "tin-tinh": "tin",
    "tin-huyen": "tin",
    "tin-xa": "tin-huyen",
    "tin-ban": "tin-huyen",
    "bai": None,
    "bai-dai": "bai",
    "bai-anh": "bai-dai",
    "bai-ngan": "bai",
    "trong": None,
    "trong-con": "trong",
}
CATEGORIES = [
    {"slug": slug, "name": f"Chuyên mục {slug}", **({"parent": above} if above else {})}
    for slug, above in _ABOVE.items()
]
GENRES = ("news", "feature", "report", "paper", "portrait", "notice")
# Spellings of one tag stand beside each other; the last has no letter to make an address of.
TAGS = (
    *("Nông thôn mới", "nông thôn mới", "NÔNG THÔN MỚI", "Nông  thôn mới"),
    *("Đường hoa", "đường hoa", "Chuyển đổi số", "Môi trường", "5 không 3 sạch"),
)
ORGANISATIONS = ("Hội Nông dân", "hội nông dân", "Đoàn Thanh niên", "Mặt trận", "Hội Phụ nữ xã Đông")
DOCUMENTS = [
    {
        "slug": f"van-ban-{number}",
        "kind": ("Kế hoạch", "Chỉ thị", "Hướng dẫn")[number % 3],
        "issuer": ("Nơi thử", "Nơi khác")[number % 2],
        "number": f"{number:02}/THU",
        **({"issued": f"{2018 + number}-02-03"} if number % 4 else {}),
    }
    for number in range(8)
]
# What makes an article wait, end or rest; most have nothing of it.
_STANDINGS: tuple[dict[str, str], ...] = (
    {"status": "draft"},
    {"status": "review"},
    {"publish_at": COMING},
    {"publish_at": "2027-01-01"},
    {"publish_at": COMING, "status": "archived"},
    {"expires_at": PAST},
    {"expires_at": PAST, "status": "archived"},
    {"expires_at": COMING},
    {"publish_at": PAST},
    {"status": "archived"},
    {"status": "archived"},
    {"status": "published"},
)


def article(
    number: int,
    units: Sequence[str],
    fields: Sequence[str],
    models: Mapping[str, str],
    profiles: int,
    chance: random.Random,
) -> tuple[dict[str, Any], str]:
    """The keys of one article, with the year's `folder` it lies in, and its body, which links to a public model."""
    moment = FIRST + timedelta(minutes=chance.randrange(int((LAST - FIRST).total_seconds() // 60)))
    date, folder = _written(moment, chance)
    keys: dict[str, Any] = {
        "folder": folder,
        "title": f"Bài {number}",
        "date": date,
        "summary": f"Bài thử số {number}.",
        "category": chance.choice([slug for slug in _ABOVE if not slug.startswith("trong")]),
    }
    lists: tuple[tuple[str, Sequence[Any], float], ...] = (
        ("units", units, 0.8),
        ("fields", fields, 0.7),
        ("tags", TAGS, 0.5),
        ("models", [f"mo-hinh-{n:03}" for n in range(profiles)], 0.4),  # hidden ones too
        ("documents", [document["slug"] for document in DOCUMENTS], 0.2),
        ("authors", [_author(organisation) for organisation in ORGANISATIONS], 0.4),
    )
    for key, values, likely in lists:
        if chance.random() < likely:
            keys[key] = chance.sample(values, chance.choice((1, 1, 2, 3)))
    if chance.random() < 0.8:
        keys["genre"] = chance.choice(GENRES)
    if chance.random() < 0.3:
        keys |= chance.choice(_STANDINGS)
    if chance.random() < 0.02:
        keys["featured"] = True
    if number % 50 == 0:
        keys["aliases"] = [f"/cu/bai-{number}/"]
    if not models:
        return keys, f"Nội dung {number}.\n"
    model = models[chance.choice(sorted(models))]
    return keys, f"## Một mục\n\nXem [cách làm](../../{model}#cach-lam), [trở lên](#mot-muc).\n"


def _author(organisation: str) -> dict[str, str]:
    return {"name": f"Người của {organisation}", "organisation": organisation}


def _written(moment: datetime, chance: random.Random) -> tuple[str, str]:
    """The day, the local time, or a time elsewhere whose day may be the one before; and the year in Viet Nam."""
    form = chance.choice(("day", "day", "local", "elsewhere"))
    if form == "elsewhere":
        # In the evening of 31 December by UTC it is the new year here.
        night = moment.replace(month=1, day=1, hour=3) if chance.random() < 0.2 else moment
        written = night.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
        return written, f"{night.year}"
    return moment.strftime("%Y-%m-%d" if form == "day" else "%Y-%m-%dT%H:%M"), f"{moment.year}"
