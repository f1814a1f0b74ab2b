"""YAML read quickly, compared with YAML read with its places: the same values, and nothing where something is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.schema.content import Article
from portal.source import parse
from portal.yaml_tree import MAX_NODES, Place, read_yaml
from portal.yaml_values import read_values

PIECES = [
    *(
        "a",
        "b: ",
        "a: 1\n",
        "- ",
        "- x\n",
        "\n",
        "  ",
        " ",
        ": ",
        ":",
        "{",
        "}",
        "[",
        "]",
        ", ",
        ",",
        "9,5",
        "5",
        "x y",
    ),
    *(
        "#",
        " # ghi chú",
        " #2",
        " # 2 nhà",
        "&n ",
        "*n",
        "!!int ",
        "<<: ",
        "? ",
        "---\n",
        "...\n",
        "~",
        "null",
        "''",
        '""',
    ),
    *(
        '"',
        "'",
        "|\n",
        ">\n",
        "\t",
        "\x07",
        "%",
        "@",
        "`",
        "chữ",
        "đ\u0301",
        '"\\u0301"',
        "a:\n",
        "a: |\n  x\n",
        "a: >-\n  x\n",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_same_values_or_none(text: str) -> None:
    tree = read_yaml(text)
    quickly = read_values(text)
    assert quickly is None or (tree.faults, tree.value) == ((), quickly)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 012\nb: 'no'\nc: [1, {d: x y}]\n", {"a": "012", "b": "no", "c": ["1", {"d": "x y"}]}),
        ("- a\n- - b\n", ["a", ["b"]]),
        ('a: "e\\u0301"\n', {"a": "é"}),
        ("# ghi chú\na: 'x' # ghi chú\n", {"a": "x"}),
    ],
)
def test_what_is_right_is_read_quickly(text: str, value: object) -> None:
    assert read_values(text) == value


@pytest.mark.parametrize(
    "text", ["a: 1\n---\nb: 2\n", "a: &x 1\n", "a: *x\n", "a: 1\na: 2\n", "a:\n", "a: x #2\n", "[" * 20]
)
def test_what_is_at_fault_is_left_to_the_reader_with_places(text: str) -> None:
    assert read_values(text) is None


def test_what_may_hold_too_many_values_is_left_to_it_too() -> None:
    text = f"a: {'x' * (MAX_NODES - 3)}"
    assert read_values(text) == {"a": "x" * (MAX_NODES - 3)}
    assert read_values(text + "x") is None


RIGHT = "---\ntitle: Tin\ndate: 2025-01-02\nsummary: Tin.\ncategory: tin\n---\nThân.\n"


def test_a_file_without_fault_finds_places_when_asked() -> None:
    file, problems = parse(Article, "docs/tin-tuc/2025/tin.md", RIGHT)
    assert problems == []
    assert "tree" not in file.__dict__
    assert file.tree.place_of(("summary",)) == Place(4, 10)


def test_the_faults_of_a_file_are_kept_with_it() -> None:
    file, problems = parse(Article, "docs/tin-tuc/2025/tin.md", RIGHT.replace("Tin.", "Tin. #2"))
    assert [fault.message for fault in file.faults] == [problem.message for problem in problems]
    assert [problem.line for problem in problems] == [4]
