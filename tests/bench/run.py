"""`make bench`: our build, the straightforward MkDocs + Material hook and Hugo over the same made-up campaign."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import builders
import fidelity
import machine
import outputs
import preview
import results
from builders import HERE, PROJECT, Builder
from edits import EDITS
from measuring import run
from results import COLD, HUGO, LOST, NAIVE, OWN, PREVIEW
from synthetic import NOW, Options, write_campaign

TIMINGS = "PORTAL_TIMINGS"  # our build writes {phase: seconds} into the file this names


def main() -> None:
    options = _options()
    if options.generate:  # in a process of its own: see measuring.run
        write_campaign(options.generate, _campaign(options, *options.pages))
        return
    if options.table:
        print(results.table(json.loads(options.table.read_text(encoding="utf-8"))))  # noqa: T201
        return
    # Deleted after the last size: see Builder._put_aside.
    with tempfile.TemporaryDirectory(prefix="portal-bench-", dir=options.work) as folder:
        for pages in options.pages:
            _keep(measure(options, pages, Path(folder) / str(pages)), pages)


def _keep(result: dict[str, Any], pages: int) -> None:
    kept = HERE / "results" / f"{result['date'][:10]}-{result['commit'][:12]}-{pages}.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say("", results.table(result), f"kept in {kept.relative_to(PROJECT)}")


def measure(options: argparse.Namespace, pages: int, folder: Path) -> dict[str, Any]:
    """Everything of one size of the benchmark, as it is kept."""
    program = builders.hugo_program(options.hugo) if HUGO in options.builders else None
    result: dict[str, Any] = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "now": NOW,
        "commit": machine.commit(PROJECT),
        "machine": machine.machine(),
        "load_before": round(
            os.getloadavg()[0], 2
        ),  # others at work on the machine: ratios then tell more than seconds
        "versions": machine.versions(program),
        "options": {**asdict(_campaign(options, pages)), "rounds": options.rounds, "cases": options.cases},
    }
    say(f"{pages} pages, seed {options.seed}, pictures {'on' if options.pictures else 'off'}")
    made = _builders(options, pages, folder, program)
    runs = result["runs"] = []
    for number, name, case in results.schedule(list(made), options.cases, options.rounds):
        runs.append({"round": number, "builder": name, "case": case, **_measured(made[name], case, number)})
        say(_line(runs[-1]))
    if OWN in made and pages <= options.whole:  # before the preview, which builds into a folder of its own
        result["whole"] = fidelity.compared(made[OWN])
    if OWN in made and PREVIEW in options.cases:
        for number, seconds in enumerate(preview.seconds_to_see(made[OWN], options.rounds, options.rounds)):
            runs.append({"round": number, "builder": OWN, "case": PREVIEW, "wall": seconds})
            say(_line(runs[-1]))
    result["outputs"] = {name: outputs.outputs(builder.output) for name, builder in made.items()}
    result["pages"] = outputs.compare({name: builder.output for name, builder in made.items()})
    say(*result["pages"])
    return result


def _builders(options: argparse.Namespace, pages: int, folder: Path, program: Path | None) -> dict[str, Builder]:
    """Each builder with its copy of the campaign, in the order of the options."""
    campaign = folder / "campaign"
    generate = (*sys.argv[1:], "--pages", str(pages), "--generate", str(campaign))
    subprocess.run([sys.executable, __file__, *generate], check=True)
    made = {}
    for name in options.builders:
        root = folder / name
        if name == HUGO:
            assert program
            made[name] = builders.hugo(campaign, root, program)
        else:
            made[name] = {OWN: builders.ours, NAIVE: builders.naive}[name](campaign, root)
    # Nobody's first build after installing is measured: Python's own cache of compiled modules is there.
    subprocess.run([sys.executable, "-m", "compileall", "-q", folder / OWN / "hooks"], check=True)
    return made


def _measured(builder: Builder, case: str, number: int) -> dict[str, Any]:
    """One build in the state its case asks for."""
    if case == COLD:
        builder.forget()
    elif case == LOST:
        builder.lose_output()
    else:
        EDITS[case](builder.root, number)
    timings = builder.root.parent / "timings.json"
    timings.unlink(missing_ok=True)
    used = run(builder.command, builder.root, {**builder.environment, TIMINGS: str(timings)})
    size, files = outputs.size(builder.output)
    found: dict[str, Any] = {key: round(value, 3) for key, value in asdict(used).items()}
    found |= {"bytes": size, "files": files}
    if builder.name == OWN and timings.exists():
        found["phases"] = json.loads(timings.read_text(encoding="utf-8"))
    return found


def _line(one: dict[str, Any]) -> str:
    said = f"round {one['round'] + 1}  {one['builder']:6} {one['case']:12} {one['wall']:8.2f} s"
    if "cpu" in one:
        said += f"  CPU {one['cpu']:7.2f} s  {one['largest']:5.0f} MiB (tree {one['tree']:5.0f})"
        said += f"  {one['bytes'] / 1e6:7.1f} MB in {one['files']} files"
    phases = sorted(one.get("phases", {}).items(), key=lambda phase: -phase[1])
    return said + "".join(f"\n    {seconds:8.2f} s  {phase}" for phase, seconds in phases)


def _campaign(options: argparse.Namespace, pages: int) -> Options:
    return Options(pages, pictures=options.pictures, seed=options.seed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--pages", type=int, nargs="+", default=[1000], help="sizes to measure: articles and profiles together"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pictures", action="store_true")
    parser.add_argument("--whole", type=int, default=0, help="up to which size pages are compared with full rendering")
    parser.add_argument("--cases", type=_list(results.CASES), default=list(results.CASES), metavar="a,b")
    parser.add_argument("--builders", type=_list((OWN, NAIVE, HUGO)), default=[OWN, NAIVE, HUGO], metavar="a,b")
    parser.add_argument("--hugo", type=Path, default=PROJECT / ".venv-bench", help="the environment Hugo is in")
    parser.add_argument("--work", type=Path, help="where the sites are made; else the system's folder")
    parser.add_argument("--table", type=Path, help="print the table of a kept result, measure nothing")
    parser.add_argument("--generate", type=Path, help="write the campaign there, measure nothing")
    return parser.parse_args()


def _list(known: tuple[str, ...]):
    def parse(said: str) -> list[str]:
        names = [name.strip() for name in said.split(",") if name.strip()]
        if unknown := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"{unknown[0]}: one of {', '.join(known)}")
        return names

    return parse


def say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
