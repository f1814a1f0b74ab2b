"""Digits in Vietnamese prose that state no number of anything: dates, times, document numbers, names, durations."""

from __future__ import annotations

import re

from .text import lowered

_UPPER = "A-ZĐƯƠÔÊÂĂ"
_YEAR = r"(?:19|20)\d\d"
_AND = r"(?:\s*(?:,|và|đến|tới|-|–|—|/)\s*)"
_IN_NAME = r"(?:không|sạch|giảm|tăng|có|biết|bám|cùng|chống|dám|nhất|tốt|hóa|hoá|an|xanh|nên)"
DOCUMENTS = (
    "chỉ thị|nghị quyết|quyết định|công văn|kế hoạch|thông báo|hướng dẫn|kết luận|thông tri|thông tư|nghị định|quy định"
)
# What a number may stand before without counting it: the sentence ends or goes on ("thôn 2 có 12 hộ", "khoản 2 Điều 5").
NO_THING = (
    rf"(?=\s*(?:[.;:)\]”\"|]|,(?!\d)|$|\n|[{_UPPER}])|\s+(?i:và|có|của|ở|đã|là|thuộc|được|do|với|cũng|nay|thì|vẫn|đang|sẽ"
    r"|vừa|trên|tại|lên|làm|điều|khoản|mục|quy|nghị|luật|trong|này|đến|tới|cho)(?!\w))"
)
_DAY_AND_MONTH = r"(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])"

# Order does not matter: each is blanked out where it stands. Before each the words (in lower case) without one of which
# there is none of it: looking for these first takes a fraction of the time.
_EXEMPT = tuple(
    (heads.split("|"), re.compile(pattern))
    for heads, pattern in (
        # document numbers: 07-KH/BCĐ, 42/2022/NĐ-CP, 06/TU; Chỉ thị 19; văn bản số 12
        ("-|–|/", rf"(?<!\w)\d+(?:/{_YEAR})?[-–/](?=[{_UPPER}]{{2}})[\w&]+(?:[-–/]\w+)*"),
        (
            f"{DOCUMENTS}|đề án|chương trình|pháp lệnh|luật",
            r"(?<!\w)(?:Chỉ thị|Nghị quyết|Quyết định|Công văn|Kế hoạch|Thông báo|Hướng dẫn|Kết luận|Thông tri|Thông tư"
            rf"|Nghị định|Quy định|Đề án|Chương trình|Pháp lệnh|Luật)\s+(?:số\s*:?\s*\d+|\d+(?:[/-]\w+)?{NO_THING})",
        ),
        (
            "số",
            rf"(?<!\w)(?i:(?:{DOCUMENTS}|đề án|tờ trình|báo cáo|giấy phép|văn bản|nhà|điện thoại|tài khoản)"
            r"\s+số\s*:?\s*)\d[\d/.-]*",
        ),
        ("trung ương", rf"(?<!\w)(?i:(?:{DOCUMENTS}|hội nghị)\s+trung ương)\s+\d{{1,2}}(?!\w)"),
        # what is counted off: thôn 2, khóa 12, lần thứ 3, khoản 2 Điều 5
        (
            "khóa|khoá|thứ|quốc lộ|tỉnh lộ|điều|hạng|tổ dân phố|khu phố|tiểu khu|thôn|xóm|ấp|quận|quý|phụ lục|khoản|bảng"
            "|mục|hình",
            r"(?<!\w)(?i:khóa|khoá|thứ|quốc lộ|tỉnh lộ|điều|hạng|tổ dân phố|khu phố|tiểu khu|thôn|xóm|ấp|quận|quý|phụ lục"
            r"|(?<!các )khoản|bảng|(?<!danh )(?<!danh\s)mục|(?<!mô )(?<!mô\s)(?<!điển )(?<!điển\s)hình)\s+\d{1,2}"
            rf"{NO_THING}",
        ),
        # dates and times
        ("", rf"(?<![\w/])\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR}(?!\d)"),
        (
            "ngày|mùng|mồng",
            rf"(?<!\w)(?i:ngày|mùng|mồng)\s+\d{{1,2}}(?:{_AND}\d{{1,2}}(?!\d))*(?:/{_YEAR})?(?:\s+tháng\s+\d{{1,2}})?"
            r"(?!\d)",
        ),
        (
            "sáng|chiều|tối|đêm|trưa|hôm",
            r"(?<!\w)(?i:sáng|(?<!đa )(?<!đa\s)chiều|tối|đêm|trưa|hôm)\s+"
            rf"(?:{_DAY_AND_MONTH}(?!\d)|\d{{1,2}}{NO_THING})",
        ),
        (
            "đến|từ|trước|sau|hết",
            rf"(?<!\w)(?i:tính đến|kể từ|đến|từ|trước|sau|hết)\s+{_DAY_AND_MONTH}{NO_THING}",
        ),
        ("tháng", rf"(?<!\w)(?i:tháng)\s+\d{{1,2}}(?:{_AND}\d{{1,2}}(?!\d))*(?:/{_YEAR})?(?!\d)"),
        ("/", rf"(?<![\w/.,])(?:0?[1-9]|1[0-2])/{_YEAR}(?!\d)"),
        ("-|–|—", rf"(?<![\w/.,]){_YEAR}\s*[-–—]\s*{_YEAR}(?!\d)"),
        (
            "năm|giai đoạn|nhiệm kỳ|niên khóa",
            rf"(?<!\w)(?i:năm|giai đoạn|nhiệm kỳ|niên khóa|các năm)\s+{_YEAR}(?:{_AND}{_YEAR})*(?![\d.,]*\d)",
        ),
        (
            "từ|đến|tới|trước|sau|cuối|đầu|giữa|hết|sang|so với|vào",
            r"(?<!\w)(?i:từ|đến|tới|trước|sau|cuối|đầu|giữa|hết|sang|so với|vào|kể từ)\s+"
            rf"{_YEAR}(?:{_AND}{_YEAR})*(?![\d.,]*\d){NO_THING}",
        ),
        (":|h", r"(?<![\w/.,])\d{1,2}(?::\d\d|\s?h(?:\d\d)?)(?!\w)"),
        # how long something takes; but "ngày công" is counted, and "225 năm 2019" is a number and its year
        (
            "năm|tháng|tuần|ngày|giờ|phút",
            r"(?<![\w/.,])\d{1,3}\s+(?:năm|tháng|tuần|ngày|giờ|phút)(?!\w)(?!\s*công)(?!\s+\d)",
        ),
        # names: 5 không, 3 sạch; 3T; COVID-19
        (
            _IN_NAME.removeprefix("(?:").removesuffix(")"),
            rf"(?<![\w/.,])\d\s+{_IN_NAME}(?:\s*,)?\s+\d\s+{_IN_NAME}(?!\w)",
        ),
        ("", rf"(?<![\w/.,])\d+[{_UPPER}]\w*"),
        ("-|–", r"[^\W\d_][-–]\d+(?!\w)"),
    )
)
_DIGIT = re.compile(r"\d")  # nothing above is without one
_NOT_SPACE = re.compile(r"\S")
_QUOTED = re.compile('[“"]([^”"\n]{0,60})[”"]')
_SLOGAN = re.compile(rf"\d{{1,2}}\s+{_IN_NAME}(?!\w)")


def without_exempt(text: str) -> str:
    """The text with dates, document numbers and names blanked out; offsets stay right."""
    if not _DIGIT.search(text):
        return text
    lower = lowered(text)
    spans = [
        match.span()
        for heads, pattern in _EXEMPT
        if not lower or _any_in(lower, heads)
        for match in pattern.finditer(text)
    ]
    spans += [match.span(1) for match in _QUOTED.finditer(text) if _is_name(match[1])]
    pieces, done = [], 0
    for first, last in sorted(spans):
        if last > done:
            pieces += (text[done:first], _NOT_SPACE.sub("\x00", text[max(first, done) : last]))
            done = last
    return "".join([*pieces, text[done:]])


def _any_in(text: str, words: list[str]) -> bool:
    """Many times faster than a generator, of which one would be made for each pattern and text."""
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


def _is_name(quoted: str) -> bool:
    """Quoted words that number themselves: “5 không, 3 sạch”, “Không sinh con thứ 3”, “Ngày thứ 7”."""
    return bool(_SLOGAN.search(quoted)) or (len(quoted.split()) <= 6 and bool(re.search(r"\d\s*$", quoted)))
