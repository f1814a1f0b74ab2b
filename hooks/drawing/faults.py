"""Faults of the campaign's data that only the theme can see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from portal.memory import NO_MEMORY, Memory
from portal.problems import Problem, in_order
from portal.registers import Registers
from portal.settled import Settled
from portal.site import Site, build_site
from portal.text import nearest


def checked(
    root: Path,
    now: datetime,
    *,
    preview: bool = False,
    memory: Memory = NO_MEMORY,
    before: Settled | None = None,
) -> tuple[Site, tuple[Problem, ...]]:
    """The site (see `build_site`), and every fault of its content, those that only the theme sees among them."""
    site = build_site(root, now, preview=preview, memory=memory, before=before)
    return site, in_order((*site.problems, *icon_faults(root, site.registers)))


def icon_faults(root: Path, registers: Registers) -> Iterator[Problem]:
    """Every `icon` in data/ is one that Material ships or that lies in overrides/.icons/."""
    folders = [root / "overrides" / ".icons"]
    material = find_spec("material")
    if material and material.origin:
        folders.append(Path(material.origin).parent / "templates" / ".icons")
    for register in (registers.fields, registers.categories):
        for entry in register.entries:
            icon = entry.record.icon
            if icon and not any((folder / f"{icon}.svg").is_file() for folder in folders):
                near = nearest(icon.rsplit("/", 1)[-1], _names_beside(icon, folders))
                hint = (
                    f"có phải `{icon.rsplit('/', 1)[0]}/{near}`?"
                    if near
                    else "hãy chọn tên có trong bộ biểu tượng của Material"
                )
                yield entry.problem(("icon",), f"không có biểu tượng `{icon}`", hint)


def _names_beside(icon: str, folders: list[Path]) -> list[str]:
    parent = icon.rsplit("/", 1)[0]
    return [file.stem for folder in folders for file in sorted((folder / parent).glob("*.svg"))]
