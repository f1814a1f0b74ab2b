"""One number of a text in words, whatever it is: an amount with its unit, a share, a range, a day, a time, a telephone number.

What digits mean depends on the words beside them: `left` is what was said before, already in words, so that a text which is read
again sounds the same.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from ..exempt import NO_THING
from .context import CALLS, COUNTED_OFF, HOUSE, MUNG, NAMED, ORDINAL, PERHAPS_DAY, PERIOD, QUARTER, Left
from .context import DAY as SAYS_DAY
from .context import MONTH as SAYS_MONTH
from .moments import (
    AFTER_DATE,
    AFTER_DAY,
    DAY,
    MONTH,
    YEAR,
    date_words,
    day_words,
    month_words,
    time_words,
    year_words,
)
from .numbers import cardinal, decimal, digit_by_digit, ordinal
from .symbols import PLAIN_DIGITS, RAISED, SIGNS, TIGHT_UNITS, UNIT, unit_name


class Kind(Enum):
    NUMBER, DAY, MONTH, TIME, CODE = range(5)


class Reading(NamedTuple):
    """What is said of the text up to `end`; of a plain number also its value."""

    end: int
    words: str
    kind: Kind = Kind.NUMBER
    value: Decimal | None = None


class Place(NamedTuple):
    """Where in a text a number begins, and what was said before."""

    text: str
    at: int
    left: Left


_WHOLE = r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)"
_NUM = rf"{_WHOLE}(?:,\d+)?"
_ENDS = r"(?![.,]?\d)"
_FORMS = re.compile(
    "|".join(
        (
            rf"(?P<iso>(?P<iso_year>{YEAR})-(?P<iso_month>{MONTH})-(?P<iso_day>{DAY})(?![\d-])"
            r"(?:[T ](?P<iso_hour>[01]\d|2[0-3]):(?P<iso_minute>[0-5]\d)(?::[0-5]\d)?(?!\d))?)",
            rf"(?P<date>(?P<day>{DAY})(?P<apart>[/.-])(?P<month>{MONTH})(?P=apart)(?P<year>\d{{4}})(?!\d))",
            rf"(?P<days>(?P<listed_days>{DAY}(?:,{DAY})+)/(?P<days_month>{MONTH})/(?P<days_year>\d{{4}})(?![\d/]))",
            rf"(?P<date_short>(?P<short_day>{DAY})/(?P<short_month>{MONTH})/(?P<short_year>\d\d)(?![\d/]))",
            r"(?P<clock>(?P<hour>[01]?\d|2[0-4])(?:\s?h(?P<minute>[0-5]\d)?(?:p|ph|')?(?!\w)|g(?P<minute_g>[0-5]\d)(?!\w)"
            rf"|\s?giờ\s(?P<minute_said>[0-5]\d)(?:\s?phút(?!\w)|{NO_THING})))",
            r"(?P<colon>(?P<colon_hour>[01]?\d|2[0-3]):(?P<colon_minute>[0-5]\d)(?::(?P<colon_second>[0-5]\d))?(?![.,:]?\d))",
            r"(?P<telephone>0\d{2,4}(?:[ .-]?\d){6,9}(?!\d))",
            rf"(?P<pair>{_NUM}(?:/{_NUM})+{_ENDS})",
            rf"(?P<ratio>{_NUM}(?::{_NUM})+{_ENDS})",
            rf"(?P<number>{_NUM}{_ENDS})",
            r"(?P<dotted>\d+(?:\.\d+)+)",
            r"(?P<listed>\d+(?:,\d+){2,})",
            r"(?P<other>\d+)",
        )
    )
)
_PLAIN = re.compile(rf"(?P<number>{_NUM}{_ENDS})|(?P<other>\d+)")
_SPACED = re.compile(rf"[1-9]\d{{0,2}}(?:[ \u00a0\u202f]\d{{3}})+(?:,\d+)?{_ENDS}(?![ \u00a0\u202f/]\d)(?!\w)")
_TELEPHONE = re.compile(r"\+84(?:[ .-]?\d){8,10}(?!\d)|\(0\d{2,4}\)(?:[ .-]?\d){6,9}(?!\d)")
_CODE_DIGITS = re.compile(r"\d+(?:[ .-]\d{2,})*(?![\d,/])")
_CALL = re.compile(rf"1\d\d(?!\d){NO_THING}")
_DAY_OR_MUNG = SAYS_DAY | MUNG
_PERHAPS_DAY = PERHAPS_DAY | NAMED
_NUMBERED = COUNTED_OFF | PERIOD
_OF_RATIO = re.compile(r"(?<!\w)(?i:tỷ lệ|tỉ lệ|tỷ số|tỉ số|bản đồ)(?:\s+\w+){0,2}\s+$")
_NO_THING = re.compile(NO_THING)
_DASH_TO_NUMBER = re.compile(r"\s*[-–—]\s*\d")
_PADDING = re.compile(r"^0+(?=\d)")
_DAYS_AND_MONTH = rf"(?:\s*(?:,|và|đến|tới|-|–|—)\s*{DAY})*(?:\s+tháng(?!\w)|/{MONTH}(?![\d.,]))"
_OTHER_DAYS = re.compile(_DAYS_AND_MONTH)
_DAY_GOES_ON = re.compile(rf"{_DAYS_AND_MONTH}|{NO_THING}")
_DAY_AND_MONTH = re.compile(rf"(?P<day>{DAY})[-.](?P<month>{MONTH})(?![\d/.,-]*\d)(?!\s+tháng)(?!\s*%)")
_LETTER = re.compile(r"\s+([^\W\d_])")
_JOINT = re.compile(r"(?P<dash>(?P<space>\s*)[-–—~]\s*)(?=\d)|\s*[x×*]\s*(?=\d)")
_DASH_AND_DIGIT = re.compile(r"[-–—]\d")
_SUFFIX = re.compile(
    rf"\s?(?P<per>[%‰$€])|\^(?P<power>[-−]?\d+)|(?P<raised>[⁻]?[{RAISED}]+)|\s?(?P<degrees>°\s?[CF](?!\w)|℃|°)"
    rf"|\s?(?P<unit>{UNIT})(?!\w)(?!/c(?!\w))|(?P<tight>{'|'.join(TIGHT_UNITS)})(?!\w)(?!\.\w)|(?P<and_more>m|kg)(?=\d{{1,2}}(?!\w))|(?P<thousand>k)(?!\w)"
)


def amount_at(place: Place) -> Reading:
    """The number that begins at the place, with all that belongs to it."""
    first = _single(place)
    while joint := _JOINT.match(place.text, first.end) if first.kind is not Kind.CODE else None:
        if not joint["dash"]:
            second = _single(Place(place.text, joint.end(), place.left.then(f"{first.words} nhân ")))
            first = Reading(second.end, f"{first.words} nhân {second.words}")
            continue
        second = _single(Place(place.text, joint.end(), place.left.then(f"{first.words} đến ")))
        if _is_range(first, second, place, spaced=joint["space"] != ""):
            first = Reading(second.end, f"{first.words} đến {second.words}", second.kind)
        elif joint["space"] == "":
            first = Reading(second.end, f"{first.words} gạch ngang {second.words}")
        else:
            break
    return first


def _is_range(first: Reading, second: Reading, place: Place, *, spaced: bool) -> bool:
    """Whether a dash between two means "đến": between days, months and times always, between numbers where they rise; but
    not in 1-2-3, and not in "thôn 3 - 12 hộ"."""
    if Kind.CODE in (first.kind, second.kind):
        return False
    if not (first.kind is second.kind is Kind.NUMBER):
        return True
    if first.value is None or second.value is None:
        return False
    if spaced:
        return first.value < second.value and not place.left.ends(COUNTED_OFF)
    of_century = first.value >= 1000 and second.value < 100 and second.value > first.value % 100
    return (first.value < second.value or of_century) and not _DASH_AND_DIGIT.match(place.text, second.end)


def telephone_at(place: Place) -> Reading | None:
    """+84 … at its sign, (0269) … at its bracket."""
    found = _TELEPHONE.match(place.text, place.at)
    if not found:
        return None
    return Reading(found.end(), ("cộng " if found[0][0] == "+" else "") + _in_groups(found[0]), Kind.CODE)


def _single(place: Place) -> Reading:
    if place.left.is_of_code and (code := _CODE_DIGITS.match(place.text, place.at)):
        return Reading(code.end(), _in_groups(code[0]), Kind.CODE)
    if place.left.ends(CALLS) and (call := _CALL.match(place.text, place.at)):
        return Reading(call.end(), digit_by_digit(call[0]), Kind.CODE)
    if found := _DAY_AND_MONTH.match(place.text, place.at):
        if _is_day(place, found["day"], found["month"], found.end(), written=found[0]):
            return Reading(found.end(), date_words(found["day"], found["month"], None, place.left), Kind.DAY)
    elif (found := _SPACED.match(place.text, place.at)) and not place.left.ends(_NUMBERED):
        written = re.sub(r"\s", "", found[0])
        return with_suffix(place.text, found.end(), *_decimal(written))
    found = _FORMS.match(place.text, place.at)
    reading = found and _READERS[str(found.lastgroup)](place, found)
    return reading or _plain(place)


def _decimal(written: str) -> tuple[str, Decimal]:
    whole, _, fraction = written.replace(".", "").partition(",")
    return decimal(whole, fraction), Decimal(f"{whole}.{fraction or 0}")


def _plain(place: Place) -> Reading:
    found = _PLAIN.match(place.text, place.at)
    if not found:
        raise ValueError(f"no number at {place.at}")
    return _number(place, found)


def _number(place: Place, found: re.Match[str]) -> Reading:
    text, written, end = place.text, found[0], found.end()
    if not written.isdecimal() or len(written) > 3:
        return with_suffix(text, end, *_decimal(written))
    value = int(written)
    if place.left.ends(_DAY_OR_MUNG) and 1 <= value <= 10 and (written[0] == "0" or _DAY_GOES_ON.match(text, end)):
        return Reading(end, day_words(value, place.left), Kind.NUMBER, Decimal(value))
    if 1 <= value <= 10 and _OTHER_DAYS.match(text, end) and AFTER_DATE.search(place.left.text):
        return Reading(end, f"mùng {cardinal(value)}", Kind.NUMBER, Decimal(value))
    if place.left.ends(SAYS_MONTH) and 1 <= value <= 12:
        return Reading(end, month_words(value, place.left), Kind.NUMBER, Decimal(value))
    if place.left.ends(ORDINAL):
        return Reading(end, ordinal(value), Kind.NUMBER, Decimal(value))
    if written[0] == "0" and len(written) == 2 and _is_padded(place, end):
        written = written[1]
    return with_suffix(text, end, *_decimal(written))


def _is_padded(place: Place, end: int) -> bool:
    """Whether a zero is written in front only so that nobody adds a digit, as in "02 mô hình": what is counted follows."""
    thing = _LETTER.match(place.text, end)
    counts = thing is not None and thing[1].islower()
    return (counts or bool(_JOINT.match(place.text, end) or _SUFFIX.match(place.text, end))) and not (
        place.left.is_of_document or place.left.ends(COUNTED_OFF)
    )


def with_suffix(text: str, end: int, words: str, value: Decimal | None) -> Reading:
    """The number with the sign or the symbol of its unit behind it."""
    found = _SUFFIX.match(text, end)
    if not found:
        return Reading(end, words, Kind.NUMBER, value)
    said = found[0].strip()
    if found["power"] or found["raised"]:
        power = (found["power"] or found["raised"].translate(PLAIN_DIGITS)).replace("⁻", "-").replace("−", "-")
        said = "mũ " + ("âm " if power[0] == "-" else "") + cardinal(power.lstrip("-"))
        return with_suffix(text, found.end(), f"{words} {said}", None)
    if found["degrees"]:
        said = "độ" if said == "°" else f"độ {'C' if said == '℃' else said[-1]}"
    elif found["tight"]:
        said = TIGHT_UNITS[said]
    elif found["thousand"]:
        said = "nghìn"
    else:
        said = SIGNS.get(said) or unit_name(said) or said
    return Reading(found.end(), f"{words} {said}", Kind.NUMBER, value)


def _iso(place: Place, found: re.Match[str]) -> Reading:
    words = date_words(found["iso_day"], found["iso_month"], found["iso_year"], place.left)
    if found["iso_hour"]:
        words += " lúc " + time_words(found["iso_hour"], found["iso_minute"])
    return Reading(found.end(), words, Kind.DAY)


def _date(place: Place, found: re.Match[str]) -> Reading:
    words = date_words(found["day"], found["month"], found["year"], place.left)
    return Reading(found.end(), words, Kind.DAY)


def _days(place: Place, found: re.Match[str]) -> Reading | None:
    """5,6/3/2024 are two days; but not the fifth and sixth of a week."""
    if place.left.ends(ORDINAL):
        return None
    *first, last = found["listed_days"].split(",")
    words = [day_words(int(first[0]), place.left), *(day_words(int(day), _AFTER_DAYS) for day in first[1:])]
    words.append(date_words(last, found["days_month"], found["days_year"], _AFTER_DAYS))
    return Reading(found.end(), ", ".join(words), Kind.DAY)


def _date_short(place: Place, found: re.Match[str]) -> Reading | None:
    if place.left.ends(HOUSE):
        return _pair_of(place, found[0].split("/"), found.end(), " trên ")
    words = date_words(found["short_day"], found["short_month"], found["short_year"], place.left)
    return Reading(found.end(), words, Kind.DAY)


def _clock(place: Place, found: re.Match[str]) -> Reading:
    minute = found["minute"] or found["minute_g"] or found["minute_said"]
    return Reading(found.end(), time_words(found["hour"], minute), Kind.TIME)


def _colon(place: Place, found: re.Match[str]) -> Reading:
    if _OF_RATIO.search(place.left.text):
        return _ratio(place, found)
    words = time_words(found["colon_hour"], found["colon_minute"], found["colon_second"])
    return Reading(found.end(), words, Kind.TIME)


def _ratio(place: Place, found: re.Match[str]) -> Reading:
    return _pair_of(place, found[0].split(":"), found.end(), " trên ")


def _telephone(place: Place, found: re.Match[str]) -> Reading:
    return Reading(found.end(), _in_groups(found[0]), Kind.CODE)


_CHUNKS = {6: (3, 3), 7: (3, 4), 8: (4, 4), 9: (3, 3, 3), 10: (4, 3, 3), 11: (4, 3, 4), 12: (3, 3, 3, 3)}


def _in_groups(written: str) -> str:
    """Digit by digit, with a comma where the announcer takes breath: as it is written apart, or by three and four."""
    said: list[str] = []
    for run in re.findall(r"\d+", written):
        start = 0
        for size in _CHUNKS.get(len(run)) or [3] * -(-len(run) // 3) if len(run) > 5 else [len(run)]:
            said.append(digit_by_digit(run[start : start + size]))
            start += size
    return ", ".join(said)


_AFTER_DAYS = Left("ngày ")  # which is said once
_EVER = ("24/7", "24/24")  # round the clock, and no day of July


def _pair(place: Place, found: re.Match[str]) -> Reading | None:
    """Numbers with a slash between them: a day, a month, the number of a document, a share."""
    parts = found[0].split("/")
    if place.left.is_of_document:
        return _pair_of(place, parts, found.end(), " gạch chéo ")
    if len(parts) == 2:
        first, second = parts
        if re.fullmatch(YEAR, second) and place.left.ends(QUARTER):
            return Reading(found.end(), f"{cardinal(first)} {year_words(second)}", Kind.MONTH)
        if re.fullmatch(MONTH, first) and re.fullmatch(YEAR, second):
            return Reading(found.end(), f"{month_words(int(first), place.left)} {year_words(second)}", Kind.MONTH)
        if _is_day(place, first, second, found.end()):
            return Reading(found.end(), date_words(first, second, None, place.left), Kind.DAY)
    return _pair_of(place, parts, found.end(), " trên ")


def _is_day(place: Place, day: str, month: str, end: int, *, written: str = "") -> bool:
    """17/5 is a day after "ngày" and the like; also after "từ", "đến", or where the first is larger, as no share is, if no
    thing follows that could be counted: "(15/10)", but "12/10 tiêu chí". 17-5 is one only after "ngày"."""
    if not (re.fullmatch(DAY, day) and re.fullmatch(MONTH, month)):
        return False
    if AFTER_DAY.search(place.left.text):
        return True
    if not (_NO_THING.match(place.text, end) or _DASH_TO_NUMBER.match(place.text, end)):
        return False
    if AFTER_DATE.search(place.left.text):
        return True
    larger = int(day) > int(month) and f"{day}/{month}" not in _EVER
    return not written and bool(place.left.ends(_PERHAPS_DAY) or larger or "0" in (day[0], month[0]))


def _pair_of(place: Place, parts: list[str], end: int, joint: str) -> Reading:
    is_code = joint != " trên "
    words = joint.join(_decimal(part if is_code else _PADDING.sub("", part))[0] for part in parts)
    return Reading(end, words, Kind.CODE) if is_code else with_suffix(place.text, end, words, None)


def _dotted(place: Place, found: re.Match[str]) -> Reading:
    words = " chấm ".join(decimal(part, None) for part in found[0].split("."))
    return with_suffix(place.text, found.end(), words, None)


def _listed(place: Place, found: re.Match[str]) -> Reading:
    words = ", ".join(decimal(part, None) for part in found[0].split(","))
    return with_suffix(place.text, found.end(), words, None)


_READERS = {
    "iso": _iso,
    "date": _date,
    "days": _days,
    "date_short": _date_short,
    "clock": _clock,
    "colon": _colon,
    "telephone": _telephone,
    "pair": _pair,
    "ratio": _ratio,
    "number": _number,
    "dotted": _dotted,
    "listed": _listed,
    "other": _number,
}
