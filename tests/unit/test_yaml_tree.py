"""YAML as text with places; what YAML would silently change is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.yaml_tree import MAX_DEPTH, Place, dotted, read_yaml


def test_every_scalar_is_text() -> None:
    tree = read_yaml("a: 012\nb: no\nc: 1.10\nd: 12:30\ne: nil\nf: 2024-05-17\ng: 'true'\nh: 1_000\n")
    assert tree.value == {
        "a": "012",
        "b": "no",
        "c": "1.10",
        "d": "12:30",
        "e": "nil",
        "f": "2024-05-17",
        "g": "true",
        "h": "1_000",
    }
    assert tree.faults == ()


def test_places_of_keys_and_values() -> None:
    tree = read_yaml("a: 1\nb:\n- x: Đ y\n  z: [p, q]\n")
    assert tree.keys[("b", 0, "z")] == Place(4, 3)
    assert tree.values[("b", 0, "x")] == Place(3, 6)
    assert tree.values[("b", 0, "z", 1)] == Place(4, 10)
    assert tree.nearest(("b", 0, "missing", "deep")) == (("b", 0), Place(3, 3))


def test_the_way_to_a_value_in_words() -> None:
    assert dotted(("figures", 0, "by_level", "commune", "total")) == "figures[1].by_level.commune.total"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("title: Mô hình: nuôi cá\n", (1, 15), "có dấu hai chấm `: ` trong giá trị"),
        ('title: "Dân vận khéo" giúp\n', (1, 23), "giá trị bắt đầu bằng dấu nháy rồi còn chữ phía sau"),
        ("a: 1\na: 2\n", (2, 1), "khóa lặp lại, đã có ở dòng 1"),
        ("a: &x 1\n", (1, 4), "dùng nhãn YAML `&x`"),
        ("a: *x\n", (1, 4), "dùng tham chiếu YAML `*x`"),
        ("a: !!int 3\n", (1, 4), "dùng kiểu YAML `!!int`"),
        ("<<: {a: 1}\n", (1, 1), "dùng khóa gộp `<<`"),
        ("a:\n\tb: 1\n", (2, 1), "có dấu tab"),
        ("a: Số #2\n", (1, 4), "phần `#2` sẽ bị mất vì YAML coi `#` là ghi chú"),
        ("a: Số # 2 nhà\n", (1, 4), "phần `# 2 nhà` sẽ bị mất vì YAML coi `#` là ghi chú"),
        ("a:\n", (1, 3), "để trống"),
        ("a: *x y\n*x : b\n", (1, 4), "dùng tham chiếu YAML `*x`"),
        ("a: &ấn\n", (1, 4), "giá trị bắt đầu bằng ký tự đặc biệt"),
        ("a: > 5 triệu\n", (1, 4), "giá trị bắt đầu bằng ký tự đặc biệt"),
        ("a: [Khẩn] Tin\n", (1, 11), "giá trị bắt đầu bằng dấu ngoặc rồi còn chữ phía sau"),
        ("a: [x, y\nb: 1\n", (1, 4), "dấu ngoặc mở mà không đóng"),
        ("a 1\nb: 2\n", (1, 1), "thiếu dấu hai chấm sau khóa"),
        ("a: x y\n  b: 2\n", (2, 3), "thụt đầu dòng không khớp"),
        ("a: #x\n", (1, 3), "phần `#x` sẽ bị mất vì YAML coi `#` là ghi chú"),
        ('a: "x\n', (1, 4), "dấu nháy mở mà không đóng"),
        ("a: @x\n", (1, 4), "giá trị bắt đầu bằng ký tự đặc biệt"),
        ("a: 1\n---\nb: 2\n", (2, 1), "có nhiều hơn một tài liệu YAML"),
        ("{[a]: b}\n", (1, 2), "khóa không phải là chữ"),
        ("a: x\x07y\n", (1, 5), "có ký tự điều khiển không nhìn thấy"),
    ],
)
def test_refused(text: str, place: tuple[int, int], message: str) -> None:
    faults = read_yaml(text).faults
    assert (faults[0].place, faults[0].message) == (place, message)
    assert faults[0].hint


def test_a_comment_is_a_comment() -> None:
    assert read_yaml("a: kinh-te # ghi chú\n# cả dòng\n").faults == ()


def test_depth_is_limited_without_recursion() -> None:
    tree = read_yaml("a: " + "[" * 100_000)
    assert tree.faults[0].message == f"lồng nhau quá {MAX_DEPTH} tầng"


@pytest.mark.parametrize("text", ["a: [b\n", "a: {[b]: c, d: e}\n", "a: 1\n---\nb: 2\n", "a: " + "[" * 20, "x\x07"])
def test_what_was_read_only_in_part_is_said_to_be(text: str) -> None:
    assert read_yaml(text).broken
    assert not read_yaml("a: &x 1\na: 2\n").broken


def test_how_many_values_there_may_be() -> None:
    assert not read_yaml("[a, b]", 3).broken
    assert read_yaml("[a, b, c]", 3).faults[0].message == "có hơn 3 giá trị trong một tệp"


def test_what_could_not_be_read_is_not_kept() -> None:
    tree = read_yaml("a: {<<: {x: 1}, y: 2}\nb: {*x : 1, z: 2}\n")
    assert tree.value == {"a": {"y": "2"}, "b": {"z": "2"}}
    assert tree.unsure == {("a",), ("b",)}


def test_places_of_a_repeated_key_are_those_of_the_first() -> None:
    tree = read_yaml("a: {b: 1}\na: {b: 2}\n")
    assert tree.value == {"a": {"b": "1"}}
    assert tree.keys[("a", "b")] == Place(1, 5)


def test_a_bomb_of_aliases_stays_small() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"k{i}: &k{i} [*{'a' if i == 0 else f'k{i - 1}'}, *a]\n" for i in range(60))
    assert len(str(read_yaml(bomb).value)) < 2_000


@given(st.text())
def test_no_text_raises(text: str) -> None:
    read_yaml(text)


keys = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
plain = st.text(alphabet="abcđạơ 0123456789.,", min_size=1).map(str.strip).filter(bool)
trees = st.recursive(
    plain,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(keys, inner, min_size=1, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(keys, trees, min_size=1, max_size=4))
def test_what_is_written_is_read(value: dict) -> None:
    assert read_yaml(written(value)).value == value


def written(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(inner) for inner in value) + "]"
    return f'"{value}"'
