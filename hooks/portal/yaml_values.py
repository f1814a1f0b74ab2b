"""YAML that is right, read quickly: the same values as `yaml_tree` reads, without their places."""

from __future__ import annotations

from typing import Any

import yaml

from .text import nfc
from .yaml_faults import lines_of
from .yaml_tree import BLANK, EVENTS, MAX_DEPTH, MAX_NODES


def read_values(text: str) -> Any:
    """The value of `read_yaml(text)`, or None: always where that finds a fault, now and then where it finds none."""
    if len(text) > MAX_NODES:  # may hold too many values
        return None
    try:
        return _read(text)
    except yaml.YAMLError:
        return None


def _read(text: str) -> Any:
    lines = lines_of(text) if "#" in text else None
    root: Any = None
    groups: list[dict | list] = []  # those open, the outermost first
    names: list[str | None] = []  # of each the key whose value comes next
    documents = 0
    loader = EVENTS(text)
    try:
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            kind = type(event)
            if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                groups.pop()
                names.pop()
                continue
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    return None
            if kind not in _NODES:
                continue
            if event.anchor or event.tag:
                return None
            group = groups[-1] if groups else None
            awaits_key = type(group) is dict and names[-1] is None
            if kind is yaml.ScalarEvent:
                value: Any = nfc(event.value)
                if awaits_key:
                    if not value or value == "<<" or value in group or value[0] in "0123456789":
                        return None
                    names[-1] = value
                    continue
                if not event.style and (value in BLANK or (lines and _comment_follows(lines, event.end_mark))):
                    return None
            elif awaits_key or len(groups) >= MAX_DEPTH:
                return None
            else:
                value = {} if kind is yaml.MappingStartEvent else []
            if group is None:
                root = value
            elif type(group) is list:
                group.append(value)
            else:
                group[names[-1]] = value
                names[-1] = None
            if kind is not yaml.ScalarEvent:
                groups.append(value)
                names.append(None)
    finally:
        loader.dispose()
    return root


_NODES = frozenset({yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.AliasEvent})


def _comment_follows(lines: list[str], mark: yaml.Mark) -> bool:
    return lines[mark.line][mark.column :].lstrip(" \t").startswith("#")
