"""From a located YAML tree to a typed record, with every fault in an editor's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from ..text import nearest
from ..yaml_tree import Fault, Loc, Tree, dotted
from .values import Code, suggest


class Record(BaseModel):
    """A group of keys an editor writes. Closed: an unknown key is a fault. Frozen once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


R = TypeVar("R", bound=Record)


def validated(model: type[R], tree: Tree, at: Loc = ()) -> tuple[R | None, list[Fault]]:
    """The record at `at` in `tree`, or None; and every fault of it, each at its line and column."""
    value = tree.value
    for step in at:
        value = value[step]
    if not isinstance(value, dict):
        return None, [Fault(tree.place_of(at), at, "phải gồm các dòng `khóa: giá trị`", "hãy so với một tệp đúng")]
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        details = _own_mistakes(model, error.errors(include_url=False))
        return None, [_fault(model, tree, at, detail) for detail in details]


def _own_mistakes(model: type[Record], details: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One mistake is one fault: a key missing because it is misspelt, or a list empty because its items are
    at fault, is told where the mistake is."""
    meant = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *group, key = detail["loc"]
            near = nearest(str(key), keys_of(model_at(model, tuple(group)) or model))
            meant.add((*group, near))
    locs = [tuple(detail["loc"]) for detail in details]

    def follows(detail: dict[str, Any]) -> bool:
        loc = tuple(detail["loc"])
        if detail["type"] == "missing":
            return loc in meant
        return detail["type"] == "too_short" and any(other[: len(loc)] == loc and other != loc for other in locs)

    return [detail for detail in details if not follows(detail)]


def partly_validated(model: type[R], tree: Tree) -> R:
    """What is right in a record at fault, for checks that look at one key each: other keys hold their defaults,
    required ones None."""
    kept: dict[str, Any] = {}
    value = tree.value if isinstance(tree.value, dict) else {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        kept[name] = None if info.is_required() else info.get_default(call_default_factory=True)
        if key in value:
            with suppress(ValidationError):
                kind = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
                kept[name] = TypeAdapter(kind).validate_python(value[key])
    return model.model_construct(**kept)


def keys_of(model: type[Record]) -> dict[str, type[Record] | None]:
    """Every key of the model as editors write it, with the model of its value where it has one."""
    return {info.alias or name: _record_in(info.annotation) for name, info in model.model_fields.items()}


def code_in(annotation: Any) -> type[Code] | None:
    """The closed vocabulary inside an annotation such as `list[Genre] | None`."""
    return next((t for t in _types_in(annotation) if isinstance(t, type) and issubclass(t, Code)), None)


def _record_in(annotation: Any) -> type[Record] | None:
    return next((t for t in _types_in(annotation) if isinstance(t, type) and issubclass(t, Record)), None)


def _types_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _types_in(inner)


def model_at(model: type[Record], loc: Loc) -> type[Record] | None:
    """The model of the value at `loc` below `model`; list positions and open mappings are passed over."""
    current: type[Record] | None = model
    for step in loc:
        if current is None:
            return None
        if isinstance(step, str):
            current = keys_of(current).get(step, current)
    return current


def _fault(model: type[Record], tree: Tree, at: Loc, detail: dict[str, Any]) -> Fault:
    kind = detail["type"]
    within: Loc = tuple(detail["loc"])
    loc: Loc = (*at, *within)
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = sorted(keys_of(model_at(model, within[:-1]) or model))
        return Fault(tree.place_of(loc, of_key=True), loc, "khóa này không có trong mẫu", suggest(str(loc[-1]), known))
    if kind == "missing":
        held_by, place = tree.nearest(loc[:-1])
        return Fault(place, (*held_by, loc[-1]), "thiếu khóa bắt buộc", f"hãy thêm dòng `{loc[-1]}: …`")
    if loc and loc[-1] == "[key]":
        loc = loc[:-1]
        place, known_loc = tree.place_of(loc, of_key=True), loc
    else:
        known_loc, place = tree.nearest(loc)
    if kind == "portal":
        message, hint = context["message"], context["hint"]
    elif kind == "enum":
        message, hint = _not_a_code(model, within, str(loc[-1]) if within[-1] == "[key]" else _written(tree, loc))
    elif kind in ("list_type", "tuple_type"):
        message, hint = "phải là một danh sách", "hãy viết dạng [một, hai] hoặc mỗi dòng một `- …`"
    elif kind in ("model_type", "dict_type", "model_attributes_type"):
        message, hint = "phải là một nhóm khóa", _group_example(model_at(model, within))
    elif kind == "too_short":
        message, hint = "danh sách rỗng", "hãy thêm ít nhất một mục hoặc xóa cả khóa"
    else:
        message, hint = "giá trị không hợp lệ", "hãy so với mẫu trong README"
    return Fault(place, known_loc, message, hint)


def _not_a_code(model: type[Record], within: Loc, written: str) -> tuple[str, str]:
    steps = [step for step in within if isinstance(step, str) and step != "[key]"]
    code = None
    for end in range(len(steps), 0, -1):
        holder = model_at(model, tuple(steps[: end - 1])) or model
        annotations = {info.alias or name: info.annotation for name, info in holder.model_fields.items()}
        if steps[end - 1] in annotations:
            code = code_in(annotations[steps[end - 1]])
            break
    known = [member.value for member in code] if code else []
    return f"`{written}` không có trong danh sách", suggest(written, known)


def _written(tree: Tree, loc: Loc) -> str:
    value = tree.value
    for step in loc:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
    return value if isinstance(value, str) else str(loc[-1])


def _group_example(model: type[Record] | None) -> str:
    if model is None:
        return "hãy viết dạng {khóa: giá trị}"
    required = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    return "hãy viết dạng {" + ", ".join(f"{key}: …" for key in required or list(keys_of(model))[:2]) + "}"


def says(loc: Loc) -> str:
    """The key of a fault as printed; the file as a whole when there is none."""
    return dotted(loc) or "tệp"
