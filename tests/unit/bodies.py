"""Markdown bodies as editors write them, made of realistic pieces with a fault here and there, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

NUMBERS = ["5", "37", "1.205", "50,5%", "12/15", "gần 7.000", "hai mươi lăm", "532 triệu"]
_number = st.sampled_from(NUMBERS)

_INLINE = [
    "xã có {} mô hình",
    "huyện có **{}** điển hình",
    "*toàn tỉnh có {} hộ*",
    "**Xã Bến:** {} hộ",
    "***{}*** mô hình",
    "_{}_ mô hình",
    "[{} mô hình](/mo-hinh/) mới",
    "[theo **{}** báo cáo](/bao-cao/ 'nguồn 5 \"số\"')",
    '[xem](/van-ban/ "bản (số 5) mới") {} trang',
    "[{} xã][ke]",
    "[Kế hoạch có 5 xã][] nêu {} việc",
    "[Số 37] nêu {} việc",
    "<b>{}</b> mô hình",
    '<span title="hơn > 5">có {} hộ</span>',
    "<u>có <b>{}</b> hộ</u>",
    "Đoàn &amp; Hội có {} tổ",
    "có&nbsp;{}&nbsp;hộ, 4 &lt; 5",
    "{} mô hình[^1]",
    "`{}` dòng mã",
    "``mã `{}` `` nữa",
    r"\*{}\* và \_37\_",
    r"\- {} việc",
    "![ảnh {} hộ](/a.jpg)",
    "![ảnh [{}] hộ](/a_(1).jpg) cạnh nhà",
    "tại TP. Hà Tĩnh có {} nhà",
    "UBND nêu “{} mô hình”",
    "{} hộ<br>và 37 hộ",
    "<!-- {} --> còn 5",
    "a < {} và b > 5",
    "số {}*5",
    "<https://vi-du.vn/5>: {} lần",
    "**còn {} hộ. Thêm 5** hộ",
]
_FAULTY = [
    "[{} hộ](/hong/)",
    "![](/anh-{}.jpg)",
    "<center>{} hộ</center>",
    '<b class="la">{} hộ</b>',
    '<span id="So {}">{} hộ</span>',
    "<b>còn {}",
    "{}</b> hộ",
    "{} hộ[^9]",
    "[{} hộ][kd]",
    "[{} hộ](#so-lieu-0)",
    "<{} hộ",
    "<!-- còn {}",
    "hết.\n<p>Còn {} hộ",
]
_words = st.builds(str.format, st.sampled_from(_INLINE), _number)


@st.composite
def _sentence(draw: st.DrawFn) -> str:
    said = ", ".join(draw(st.lists(_words, min_size=1, max_size=3)))
    return said[0].upper() + said[1:] + draw(st.sampled_from([".", ".", "./.", "!", ":", ""]))


# Lines that begin like something else.
_UNLUCKY = ["\n- ", "\n12. ", "\n2) ", "\n> ", "\n: ", "\n## ", "\n##", "\n    ", "\n---\n", "\n| ", "\n+ "]


@st.composite
def _paragraph(draw: st.DrawFn) -> str:
    sentences = draw(st.lists(_sentence(), min_size=1, max_size=4))
    between = draw(st.sampled_from([" ", " ", "\n", "\n", "  \n", *_UNLUCKY]))
    return between.join(sentences)


def _indented(text: str, by: str = "    ") -> str:
    return "\n".join(by + line if line.strip() else line for line in text.split("\n"))


@st.composite
def _list(draw: st.DrawFn, depth: int = 2) -> str:
    mark = draw(st.sampled_from(["- ", "* ", "1. ", "2024. "]))
    items = []
    for _ in range(draw(st.integers(1, 3))):
        item = mark + draw(_paragraph()).replace("\n", "\n    ")
        if depth and draw(st.integers(0, 3)) == 0:
            inner = draw(st.one_of(_list(depth - 1), _paragraph(), _quote(depth - 1), _table()))
            tight = not inner.startswith(">") and draw(st.booleans())
            item += ("\n" if tight else "\n\n") + _indented(inner)
        items.append(item)
    return draw(st.sampled_from(["\n", "\n\n"])).join(items)


@st.composite
def _table(draw: st.DrawFn) -> str:
    columns = draw(st.integers(2, 3))
    cell = st.one_of(_number, _words, st.just("")).map(lambda text: text.replace("\n", " "))
    rule = draw(st.sampled_from(["---", ":--", "--:", ":-:"]))
    rows = [["Tên", "Số", "Tỷ lệ (%)"][:columns], [rule] * columns]
    rows += draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=1, max_size=4))
    if draw(st.booleans()):
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join(" | ".join(["x", *row[1:]]) if row[1] != rule else " | ".join(row) for row in rows)


@st.composite
def _quote(draw: st.DrawFn, depth: int = 1) -> str:
    inner = st.one_of(_paragraph(), _table(), *([_list(depth - 1)] if depth > 0 else []))
    text = "\n\n".join(draw(st.lists(inner, min_size=1, max_size=2)))
    return "\n".join("> " + line if line else ">" for line in text.split("\n"))


_HTML = [
    "<table>\n<tr><th>Xã</th><th>Số {0}</th></tr>\n<tr><td>A</td><td>{1}</td></tr>\n"
    "<tr><td>B</td><td><b>{2}</b></td></tr>\n</table>",
    "<table><caption>Có {0} xã.</caption><tr><td>Xã A</td><td>{1}</td><td>{2}</td></tr></table>",
    "<ul>\n<li>Có {0} hộ.</li>\n<li>Có {1} xã.\n<ul><li>Có {2} tổ.</li></ul></li>\n</ul>",
    "<div>\n<p>Có {0} hộ.</p>\n<p>Có {1} xã. Thêm {2}.</p>\n</div>",
    "<div>Có {0} hộ. <b>Có {1}</b> xã. Thêm {2}.</div>",
    '<div\n  id="phu-luc">Có {0} hộ.<p>Có {1} xã.</p>Thêm {2}.</div>',
    '<figure><img src="/a.jpg" alt="ảnh {0}"><figcaption>Có {1} hộ. Có {2} xã.</figcaption></figure>',
    "<figure><figcaption>Có {0} hộ.</figcaption><p>Có {1} xã.</p><p>Có {2}.</p></figure>",
    "<details><summary>Có {0} hộ.</summary><p>Có {1} xã.</p><p>Có {2}.</p></details>",
    "<details><summary>Có {0} hộ.</summary>Có {1} xã. Có {2}.</details>",
    "<dl><dt>Có {0} hộ</dt><dd>Có {1} xã.</dd><dd><p>Có {2}.</p></dd></dl>",
    "<blockquote>Có {0} hộ. Có {1} xã.<br>Có {2}.</blockquote>",
    '<p>Có {0} <ins title="5 > 4">hộ</ins>. Có {1} xã.</p><p>Có {2}.</p>',
    "<pre>Có {0} hộ. Có {1} xã.\nCó {2}.</pre>",
]
_html = st.builds(str.format, st.sampled_from(_HTML), _number, _number, _number)
_FIXED = [
    "---",
    "## Có 5 xã",
    "##Có 37 xã",
    "Có 5 xã\n---",
    "<!-- 5 -->",
    "```\nCó 5 xã.\n```",
]
_admonition = st.lists(_paragraph(), min_size=1, max_size=2).map(
    lambda found: '!!! note "Có 5 điều"\n' + _indented("\n\n".join(found))
)
_definition = st.builds(lambda term, said: f"Xã {term}\n:   {_indented(said).lstrip()}", _number, _paragraph())
_code = _sentence().map(lambda text: _indented(text))
_block = st.one_of(
    _paragraph(),
    _paragraph(),
    _list(),
    _table(),
    _quote(),
    _html,
    st.sampled_from(_FIXED),
    _admonition,
    _definition,
    _code,
)
_DEFINED = '[ke]: /ke/\n   "Kế 5"\n[kế hoạch có 5 xã]: /kh/\n[số 37]: /so/\n*[UBND]: Ủy ban 5 xã\n'


@st.composite
def bodies(draw: st.DrawFn, *, faulty: bool = False) -> str:
    """A body of one to six blocks; its references and its footnote are defined. A faulty one holds what is refused."""
    blocks = draw(st.lists(_block, min_size=1, max_size=6).filter(lambda them: "".join(them).count(' id="') <= 1))
    if faulty:
        said = st.builds(str.format, st.sampled_from(_FAULTY), _number, _number)
        wrong = draw(st.lists(st.builds("{}, {}".format, _words, said), min_size=1, max_size=3))
        blocks = draw(st.permutations([*blocks, " ".join(wrong)]))
    note = draw(st.lists(_paragraph(), min_size=1, max_size=2))
    defined = "[^1]: " + _indented("\n\n".join(note)).lstrip()
    return "\n\n".join([*blocks, "Chú thích[^1].", defined, _DEFINED])
