"""The kinds of values editors write: text, slugs, codes, addresses. Numbers and dates are beside this module.

Every scalar arrives as NFC text; each kind here turns it into a typed value or
raises a fault whose message names what is wrong and whose hint gives the right form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from html.entities import html5
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ..text import nearest, slugify


def fault(message: str, hint: str) -> PydanticCustomError:
    """A fault of one value, in Vietnamese, with the way to mend it."""
    return PydanticCustomError("portal", "{message}", {"message": message, "hint": hint})


class Code(StrEnum):
    """A closed vocabulary: the ASCII code editors write and the label readers see."""

    label: str

    def __new__(cls, value: str, label: str) -> Code:
        code = str.__new__(cls, value)
        code._value_ = value
        code.label = label
        return code

    def __reduce_ex__(self, protocol: object) -> tuple[Callable, tuple[type, str]]:
        """By its name, which is found in a tenth of the time that its value takes."""
        return getattr, (type(self), self._name_)


BLANK = ("để trống", "hãy điền giá trị hoặc xóa cả khóa")


def scalar(value: Any) -> str:
    """The text of a single value; a list or a group in its place is a fault."""
    if isinstance(value, str):
        return value
    kind = "một danh sách" if isinstance(value, list) else "một nhóm khóa"
    hint = (
        "hãy bỏ dấu `[ ]` hoặc `- ` quanh giá trị" if isinstance(value, list) else "hãy viết giá trị ngay sau dấu `:`"
    )
    raise fault(f"phải là một giá trị, không phải {kind}", hint)


def written(value: Any) -> str:
    """The text of a value that is more than blank, without blanks around it."""
    text = scalar(value).strip()
    if not text:
        raise fault(*BLANK)
    return text


# --- text -----------------------------------------------------------------

_HIDDEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"<[a-zA-Z!/?][^>]*>?|&(?:#[0-9]+|#x[0-9a-fA-F]+);")
_ENTITY = re.compile(r"&([a-zA-Z][a-zA-Z0-9]*;)")


def plain_text(value: Any) -> str:
    """Text without HTML and without characters that don't show; runs of space become one."""
    text = scalar(value)
    if "<" in text or "&" in text or not text.isprintable():  # else nothing of it is there, as in nearly all
        _refuse_all_but_text(text)
    words = text.split()
    if not words:
        raise fault(*BLANK)
    return " ".join(words)


def _refuse_all_but_text(text: str) -> None:
    if hidden := _HIDDEN.search(text):
        raise fault(f"có ký tự ẩn U+{ord(hidden[0]):04X}", "hãy xóa ký tự đó hoặc gõ lại chữ quanh nó")
    if control := _CONTROL.search(text):
        raise fault(f"có ký tự điều khiển U+{ord(control[0]):04X}", "hãy xóa ký tự đó")
    # HTML knows no `&D;`, so that is text ("R&D; đào tạo").
    entities = (found for found in _ENTITY.finditer(text) if found[1] in html5)
    if markup := _MARKUP.search(text) or next(entities, None):
        raise fault(f"có mã HTML `{markup[0]}`", "hãy viết chữ thuần, không dùng HTML")


def _at_most(limit: int) -> Callable[[str], str]:
    def check(value: Any) -> str:
        text = plain_text(value)
        if len(text) > limit:
            raise fault(f"dài {len(text)} ký tự, quá {limit}", f"hãy rút xuống còn tối đa {limit} ký tự")
        return text

    return check


PlainText = Annotated[str, BeforeValidator(plain_text)]
Title = Annotated[str, BeforeValidator(_at_most(200))]
# What becomes a step of an address: a file name on every system holds it.
Name = Annotated[str, BeforeValidator(_at_most(120))]
Summary = Annotated[str, BeforeValidator(_at_most(500))]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug(value: Any) -> str:
    """A slug: lower-case ASCII letters, digits and single hyphens, at most 100."""
    text = plain_text(value)
    if len(text) > 100:
        raise fault(f"mã dài {len(text)} ký tự, quá 100", "hãy đặt mã ngắn hơn")
    if not _SLUG.fullmatch(text):
        suggested = slugify(text)
        hint = f"hãy viết `{suggested}`" if suggested else "hãy dùng chữ thường không dấu, số và dấu gạch nối"
        raise fault(f"`{text}` không phải là mã (chữ thường không dấu, nối bằng `-`)", hint)
    return text


# A slug that names an entry elsewhere: the register finds it (or tells the right slug for a name).
Slug = Annotated[str, BeforeValidator(slug)]
Reference = Annotated[str, BeforeValidator(plain_text)]


def _yes_or_no(value: Any) -> bool:
    text = written(value)
    if text not in ("true", "false"):
        raise fault(f"`{text}` không phải là true hoặc false", "hãy viết true (có) hoặc false (không)")
    return text == "true"


Flag = Annotated[bool, BeforeValidator(_yes_or_no)]

_HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _colour(value: Any) -> str:
    text = plain_text(value)
    if not _HEX_COLOUR.fullmatch(text):
        raise fault(f"`{text}` không phải là mã màu", 'hãy viết dạng "#1b5e20", trong dấu nháy kép')
    return text.lower()


Colour = Annotated[str, BeforeValidator(_colour)]

_ICON = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)+")


def _icon(value: Any) -> str:
    text = plain_text(value)
    if not _ICON.fullmatch(text):
        raise fault(f"`{text}` không phải là tên biểu tượng", "hãy viết dạng material/sprout")
    return text


Icon = Annotated[str, BeforeValidator(_icon)]

# --- addresses ------------------------------------------------------------


# The characters RFC 3986 lets stand in an address; anything else must be percent-encoded.
_ADDRESS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%-]+")


def web_address(value: Any) -> str:
    """An http(s) address of another site."""
    text = plain_text(value)
    if text.startswith(("http://", "https://")) and not _ADDRESS.fullmatch(text):
        wrong = next(char for char in text if not _ADDRESS.fullmatch(char))
        raise fault(f"địa chỉ web có ký tự `{wrong}`", "hãy chép lại địa chỉ từ thanh địa chỉ của trình duyệt")
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        parts, host = None, None
    if parts is None or parts.scheme not in ("http", "https") or not host:
        raise fault(f"`{text}` không phải là địa chỉ web", "hãy viết đầy đủ, ví dụ https://example.org/bai-viet")
    return text


_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def email(value: Any) -> str:
    """One plain e-mail address: what stands in a `mailto:` link can add nothing to the letter."""
    text = plain_text(value)
    if not _EMAIL.fullmatch(text):
        raise fault(
            f"`{text}` không phải là một địa chỉ thư điện tử", "hãy viết một địa chỉ, ví dụ banbientap@example.org"
        )
    return text


Email = Annotated[str, BeforeValidator(email)]

_SITE_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*(?:[A-Za-z0-9._~-]+)?")


def site_path(value: Any) -> str:
    """An address inside this site, from its root: "/tin-tuc/2020/bai-cu/"."""
    text = plain_text(value)
    if not _SITE_PATH.fullmatch(text) or any(step in (".", "..") for step in text.split("/")):
        raise fault(
            f"`{text}` không phải là địa chỉ trong trang", "hãy viết dạng /tin-tuc/2020/ten-bai/, chữ không dấu"
        )
    return text


def asset_path(value: Any) -> str:
    """A file under docs/assets/, named from docs/: "assets/anh/ho-sen.jpg"."""
    text = plain_text(value).removeprefix("./")
    steps = text.split("/")
    if steps[0] != "assets" or len(steps) < 2 or any(step in ("", ".", "..") for step in steps) or "\\" in text:
        hint = f"hãy để tệp trong docs/assets/ và viết `assets/{_within_assets(text)}`"
        raise fault(f"`{text}` không nằm trong docs/assets/", hint)
    return text


def _within_assets(path: str) -> str:
    """What of a path belongs after `assets/`, for use in a hint."""
    before, found, after = path.replace("\\", "/").rpartition("assets/")
    inner = after if found and "//" not in after and (not before or before.endswith("/")) else path
    steps = inner.replace("\\", "/").split("/")
    return steps[-1] or "ten-tep" if not found or ".." in steps or "" in steps else inner


WebAddress = Annotated[str, BeforeValidator(web_address)]
SitePath = Annotated[str, BeforeValidator(site_path)]
AssetPath = Annotated[str, BeforeValidator(asset_path)]


def suggest(word: str, known: list[str]) -> str:
    """The hint for a word outside a closed list: the nearest one, or all of them when they are few."""
    near = nearest(word, known)
    return f"có phải `{near}`?" if near else "hãy chọn một trong: " + ", ".join(known)
