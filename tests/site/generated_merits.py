"""The criteria sets, evaluations and awards of the made-up campaign; they draw on a chance of their own."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

# Points on every item, on some, on none: nobody can be scored by the last, nor is by one of the others.
CRITERIA: dict[str, dict[str, Any]] = {
    "bo-du-diem": {
        "name": "Bộ đủ điểm",
        "issuer": "Ban thử",
        "act": "Hướng dẫn thử",
        "from": "2020-01-01",
        "to": "2026-12-31",
        "items": [{"id": f"muc-{n}", "text": f"Mục {n}", "max_points": most} for n, most in enumerate((10, 7.5, 2.5))],
    },
    "bo-vai-diem": {
        "name": "Bộ vài điểm",
        "issuer": "Ban thử",
        "items": [
            {"id": "co", "text": "Có điểm", "max_points": 50},
            {"id": "khong", "text": "Không điểm"},
            {"id": "cung-co", "text": "Cũng có điểm", "max_points": 20},
        ],
    },
    "bo-khong-diem": {
        "name": "Bộ không điểm",
        "issuer": "Ban khác",
        "from": "2020-01-01",
        "items": [{"id": f"y-{n}", "text": f"Ý {n}"} for n in range(4)],
    },
    "bo-chua-dung": {
        "name": "Bộ chưa dùng",
        "issuer": "Ban khác",
        "items": [{"id": "mot", "text": "Một", "max_points": 5}],
    },
}
IN_USE = ("bo-du-diem", "bo-vai-diem")
FORMS = ("Bằng khen", "Giấy khen", "giấy khen", "Biểu dương", "Đề nghị khen", "Kỷ niệm chương")
LEVELS = ("central", "province", "district", "commune")
RECIPIENTS = ("collective", "individual", None)
FIRST_DAY, DAYS = date(2020, 1, 1), 2300


def merits(number: int, documents: list[str], started: str) -> dict[str, Any]:
    """The keys `awards` and `evaluation` of a profile that says (or not, if empty) when it started, or none of them."""
    chance = random.Random(f"merits {number}")
    keys: dict[str, Any] = {}
    if chance.random() < 0.6:
        keys["awards"] = [_award(at, documents, started, chance) for at in range(chance.choice((1, 1, 2, 3, 5)))]
    if chance.random() < 0.5:
        keys["evaluation"] = _evaluation(chance)
    return keys


def _award(at: int, documents: list[str], started: str, chance: random.Random) -> dict[str, Any]:
    award: dict[str, Any] = {
        "title": chance.choice(FORMS),
        "level": chance.choice(LEVELS),
        "year": max(chance.randrange(2018, 2027), int(started[:4] or 0)),
        "by": f"Người ký {at}",  # so that no two of a profile are the same
    }
    if recipient := chance.choice(RECIPIENTS):
        award["recipient"] = recipient
    if at == 0 and chance.random() < 0.5:
        del award["by"]
    if chance.random() < 0.3:
        award["document"] = chance.choice(documents)
    return award


def _evaluation(chance: random.Random) -> dict[str, Any]:
    """By one of the sets in use, of all items with points or some, in any order."""
    slug = chance.choice(IN_USE)
    items = [item for item in CRITERIA[slug]["items"] if "max_points" in item]
    scored = chance.sample(items, chance.randrange(1, len(items) + 1))
    scores = [
        {"item": item["id"], "points": round(chance.randrange(41) / 40 * item["max_points"], 2)} for item in scored
    ]
    evaluation: dict[str, Any] = {"criteria": slug, "scores": scores}
    if chance.random() < 0.7:
        evaluation["date"] = str(FIRST_DAY + timedelta(days=chance.randrange(DAYS)))
    if chance.random() < 0.5:
        evaluation["by"] = "Tổ chấm"
    return evaluation
