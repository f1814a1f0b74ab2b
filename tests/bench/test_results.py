"""Medians and ratios from raw runs, the order of runs, what is kept of the machine, what a program costs."""

from __future__ import annotations

import getpass
import json
import os
import platform
import re
import sys
from pathlib import Path
from typing import Any

import machine
import pytest
from builders import HERE, PROJECT, ours
from edits import article, sentence
from fidelity import compared
from hypothesis import given
from hypothesis import strategies as st
from measuring import FailedError, Usage, run
from outputs import addresses
from preview import seconds_to_see
from results import CASES, COLD, HUGO, LOST, NAIVE, OWN, medians, ratio, schedule, table
from synthetic import Options, write_campaign


def raw(number: int, builder: str, case: str, wall: float, cpu: float = 1.0) -> dict[str, Any]:
    return {"round": number, "builder": builder, "case": case, "wall": wall, "cpu": cpu, "largest": 100.0}


# In the second round the machine was busy: everything took twice as long.
RUNS = [
    *(raw(0, OWN, COLD, 6.0, 8.0), raw(0, OWN, "body", 1.0, 0.5), raw(0, NAIVE, COLD, 60.0), raw(0, HUGO, COLD, 4.0)),
    *(raw(1, NAIVE, COLD, 120.0), raw(1, HUGO, COLD, 8.0), raw(1, OWN, COLD, 14.0, 8.0), raw(1, OWN, "body", 2.0, 0.5)),
    *(raw(2, HUGO, COLD, 4.0, 2.0), raw(2, OWN, COLD, 8.0, 8.0), raw(2, OWN, "body", 1.5, 0.5)),
    {"round": 0, "builder": OWN, "case": "preview", "wall": 0.75},
]


def test_a_ratio_is_of_one_round_and_the_median_over_rounds() -> None:
    assert ratio(RUNS, COLD, HUGO) == 1.75  # of 1.5, 1.75 and 2
    assert ratio(RUNS, "body", HUGO) == 0.25  # of 0.25, 0.25 and 0.375
    assert ratio(RUNS, COLD, HUGO, "cpu") == 8.0  # of 8, 8 and 4


def test_rounds_without_the_peer_do_not_count() -> None:
    assert ratio(RUNS, COLD, NAIVE) == pytest.approx((6 / 60 + 14 / 120) / 2)
    assert ratio(RUNS, LOST, HUGO) is None
    assert ratio([run for run in RUNS if run["builder"] != NAIVE], COLD, NAIVE) is None


@given(st.lists(st.floats(0.1, 1000), min_size=1, max_size=9), st.floats(0.1, 100))
def test_a_builder_as_fast_as_its_peer_has_the_ratio_one(walls: list[float], factor: float) -> None:
    runs = [raw(n, builder, COLD, wall) for n, wall in enumerate(walls) for builder in (OWN, HUGO)]
    assert ratio(runs, COLD, HUGO) == 1.0
    slower = [{**one, "wall": one["wall"] * factor} if one["builder"] == OWN else one for one in runs]
    assert ratio(slower, COLD, HUGO) == pytest.approx(factor)


def test_medians_are_of_what_was_measured() -> None:
    assert medians(RUNS[:1] + RUNS[-1:], ("wall", "cpu", "bytes")) == {"wall": 3.375, "cpu": 8.0}
    assert medians([], ("wall",)) == {}


def test_builders_take_turns_and_ours_keeps_the_order_of_its_cases() -> None:
    assert schedule((OWN, NAIVE, HUGO), (LOST, "body", "preview"), 2) == [
        *((0, OWN, COLD), (0, OWN, "body"), (0, OWN, LOST), (0, NAIVE, COLD), (0, HUGO, COLD)),
        *((1, NAIVE, COLD), (1, HUGO, COLD), (1, OWN, COLD), (1, OWN, "body"), (1, OWN, LOST)),
    ]
    assert schedule((HUGO,), CASES, 1) == [(0, HUGO, COLD)]


def test_the_table_says_seconds_ratios_and_what_they_must_be() -> None:
    assert table({"options": {"pages": 5000}, "runs": RUNS}).splitlines() == [
        "5,000 pages, 3 rounds, medians; Hugo 4.00 s, naive MkDocs + Material 90.00 s",
        "",
        "| case | wall s | CPU s | MiB | by Hugo | must | aim | CPU | by naive | must | aim | CPU |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        "| cold | 8.00 | 8.00 | 100 | 1.75 | ≤ 2.5 | ≤ 1.0 | 8.00 | 0.11 | ≤ 0.25 | ≤ 0.15 | 8.00 |",
        "| one body edited | 1.50 | 0.50 | 100 | 0.25 | ≤ 0.6 | ≤ 0.25 | 0.50 | 0.02 |  |  | 0.50 |",
        "| saving to seeing it in the preview | 0.75 |  |  |  | ≤ 2.0 s | ≤ 0.5 s |  |  |  |  |  |",
    ]


def test_at_20_000_pages_the_table_says_how_much_memory_it_took() -> None:
    assert table({"options": {"pages": 20_000}, "runs": RUNS}).splitlines()[-1] == (
        "peak memory 100 MiB, must ≤ 1024, aim ≤ 512"
    )


def test_the_table_says_which_files_differ_from_full_rendering() -> None:
    def last_line(*differing: str) -> str:
        whole = {"pages": 8114, "differing": list(differing)}
        return table({"options": {"pages": 5000}, "runs": RUNS, "whole": whole}).splitlines()[-1]

    assert last_line() == "files that differ from full rendering of 8,114 pages: 0; must 0"
    assert last_line("a", "b") == "files that differ from full rendering of 8,114 pages: 2: a, b; must 0"
    assert last_line(*"abcdef").endswith(" pages: 6: a, b, c, d, e …; must 0")


def test_full_rendering_is_compared_file_by_file(tmp_path: Path) -> None:
    write_campaign(tmp_path / "campaign", Options(10))
    builder = ours(tmp_path / "campaign", tmp_path / "ours")
    run(builder.command, builder.root, builder.environment)
    pages = len(addresses(builder.output))
    assert compared(builder) == {"pages": pages, "differing": []}
    (builder.output / "mot.html").write_text("thừa", encoding="utf-8")
    (builder.output / "index.html").write_text("khác", encoding="utf-8")
    (builder.output / "404.html").unlink()
    assert compared(builder) == {"pages": pages, "differing": ["404.html", "index.html", "mot.html"]}


def test_the_machine_is_described_without_names_of_hosts_people_or_folders() -> None:
    found = machine.machine()
    assert found["cores"] == len(os.sched_getaffinity(0))
    assert set(found) <= {"cores", "architecture", "kernel", "processor", "memory_mib"}
    _nameless(json.dumps([found, machine.versions(None), machine.commit(PROJECT)]))
    assert machine.versions(None)["python"] == platform.python_version()


@pytest.mark.parametrize("file", sorted((HERE / "results").glob("*.json")), ids=lambda file: file.name)
def test_kept_results_name_none_either_and_give_a_table(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    _nameless(text)
    assert "| cold |" in table(json.loads(text))


def _nameless(text: str) -> None:
    """No path (an address in the site is none) and none of the words that name this host or who runs this."""
    assert not re.search(r"/(home|root|tmp|work|Users|var|opt|mnt|builds)/", text)
    for name in {platform.node(), platform.node().split(".")[0], getpass.getuser()} - {""}:
        assert not re.search(rf"\b{re.escape(name)}\b", text)


def test_what_a_program_costs_is_that_of_all_it_starts(tmp_path: Path) -> None:
    worker = "x = bytearray(120 << 20); sum(range(10**6))"
    main = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {worker!r}], check=True)"
    used = run([sys.executable, "-c", main], tmp_path, os.environ)
    assert isinstance(used, Usage)
    assert 120 < used.largest < 400
    assert used.tree >= used.largest
    assert used.cpu > 0
    assert used.wall > 0
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="3\nno flour"):
        run([sys.executable, "-c", "print('no flour'); raise SystemExit(3)"], tmp_path, os.environ)


def test_a_cold_build_starts_from_sources_alone_and_a_runner_keeps_the_cache(tmp_path: Path) -> None:
    write_campaign(tmp_path / "campaign", Options(10))
    builder = ours(tmp_path / "campaign", tmp_path / "ours")
    fresh = sorted(path.name for path in builder.root.iterdir())
    assert fresh == ["data", "docs", "hooks", "mkdocs.yml", "overrides"]
    for made in ("site/index.html", ".some-cache/pages", ".site-next/index.html"):
        (builder.root / made).parent.mkdir(parents=True)
        (builder.root / made).touch()
    builder.lose_output()
    assert sorted(path.name for path in builder.root.iterdir()) == [".some-cache", *fresh]
    builder.forget()
    assert sorted(path.name for path in builder.root.iterdir()) == fresh


def test_the_preview_is_timed_until_the_new_words_are_served(tmp_path: Path) -> None:
    write_campaign(tmp_path / "campaign", Options(10))
    builder = ours(tmp_path / "campaign", tmp_path / "ours")
    seconds = list(seconds_to_see(builder, edits=1))
    assert len(seconds) == 1
    assert 0.01 < seconds[0] < 60
    assert article(builder.root).read_text(encoding="utf-8").endswith(f"{sentence(0)}\n")
