"""What was said right before a number: its last one or two words tell what the number is of."""

from __future__ import annotations

import re

from ..exempt import DOCUMENTS
from .numbers import NUMBER_WORDS
from .symbols import PER, UNITS

_OPENING = "([{“\"'‘"
_END_OF_WORD = re.compile(r"\w+[:.]?$")  # what an opening bracket or a dash precedes, too
_NOT_OF_DOCUMENT = frozenset(("tổng số", "tỷ số", "tỉ số", "đa số", "một số", "thiểu số"))

DAY = frozenset(("ngày", "hôm"))
MUNG = frozenset(("mùng", "mồng"))
MONTH = frozenset(("tháng",))
YEAR = frozenset(("năm",))
ORDINAL = frozenset(("thứ",))
QUARTER = frozenset(("quý", "vụ", "đợt", "kỳ"))
PERHAPS_DAY = frozenset(("từ", "đến", "tới", "trước", "sau", "hết", "đầu", "vào"))
PERIOD = DAY | MONTH | YEAR | ORDINAL | QUARTER | {"khóa", "khoá", "hạng", "chương", "phần", "tập"}
# What is counted off: "thôn 3 200 hộ" is two numbers.
COUNTED_OFF = frozenset(
    [
        "thôn",
        "xóm",
        "tổ",
        "dân phố",
        "khu",
        "khu phố",
        "khối",
        "ấp",
        "bản",
        "đội",
        "điều",
        "khoản",
        "mục",
        "điểm",
        "phường",
        "quận",
        "lớp",
        "số",
        "nhóm",
        "bảng",
        "hình",
        "bài",
        "trang",
        "câu",
        "phụ lục",
    ]
)
HOUSE = frozenset(("số", "nhà", "ngõ", "ngách", "hẻm", "kiệt", "đường"))
# What is read digit by digit.
CODE = frozenset(
    [
        "điện thoại",
        "thoại số",
        "đt",
        "sđt",
        "hotline",
        "tổng đài",
        "đài số",
        "dây nóng",
        "nóng số",
        "tài khoản",
        "khoản số",
        "mã",
        "mã số",
        "số thuế",
        "cccd",
        "cmnd",
        "cmt",
        "zalo",
        "fax",
    ]
)
CALLS = frozenset(
    ("gọi", "gọi số", "gọi đến", "cảnh sát", "cứu hỏa", "cứu hoả", "chữa cháy", "cấp cứu")
)  # 113, 114, 115
NAMED = frozenset(("đường", "phố", "cầu", "trường", "chợ", "quảng trường", "công viên"))  # "đường 30/4"
_DOCUMENTS = frozenset((*DOCUMENTS.split("|"), "ký hiệu"))
# What amounts are of; "trên" follows it where an amount is stated for each of something.
_COUNTED = (
    "đồng|đô la|la mỹ|tấn|tạ|yến|trăm|nghìn|triệu|tỷ|lượt|tiết|việc|điểm|quả|bao|thùng|giường|vé|tin|bài|cuộc|đợt|học sinh"
    "|cán bộ"
)
COUNTED = frozenset(
    (*_COUNTED.split("|"), *PER, *(re.split("[ -]", name)[-1] for name in UNITS.values()), *NUMBER_WORDS)
)


class Left:
    """What was said to the left of a place, and its last words; none where another sign than a colon stands between."""

    __slots__ = ("text", "two", "word")

    def __init__(self, text: str) -> None:
        self.text, self.word, self.two = text, "", ""
        if text[-1:].isspace() or text[-1:] in (":", "."):
            last = text[-40:].lower().rsplit(None, 2)[-2:]
            if last:
                found = _END_OF_WORD.search(last[-1])
                self.word = found[0] if found else ""
                self.two = f"{last[0].lstrip(_OPENING)} {self.word}" if len(last) > 1 else self.word

    def then(self, words: str) -> Left:
        """... when these words were said, too."""
        return Left(f"{self.text}{words}")

    def ends(self, words: frozenset[str]) -> bool:
        return self.word in words or self.two in words

    @property
    def is_of_code(self) -> bool:
        return self.word.rstrip(":.") in CODE or self.two.rstrip(":.") in CODE

    @property
    def is_of_document(self) -> bool:
        word, two = self.word.rstrip(":"), self.two.rstrip(":")
        return two in _DOCUMENTS or (word == "số" and two not in _NOT_OF_DOCUMENT)
