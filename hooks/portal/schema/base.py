"""From a located YAML tree to a typed record, with every fault in an editor's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from ..text import fold, nearest
from ..yaml_tree import Fault, Loc, Tree, dotted
from .values import BLANK, Code, suggest

R = TypeVar("R", bound="Record")


class Record(BaseModel):
    """A group of keys an editor writes. Closed: an unknown key is a fault. Frozen once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def __reduce__(self) -> tuple[Callable, tuple[type[Record], dict[str, Any]]]:
        """In half the time of pydantic's own way, which knows of more than a record has: its values are all there is."""
        return _rebuilt, (type(self), self.__dict__)


def _rebuilt(model: type[R], values: dict[str, Any]) -> R:
    record = model.__new__(model)
    fill = object.__setattr__  # frozen
    fill(record, "__dict__", values)
    fill(record, "__pydantic_fields_set__", set(values))
    fill(record, "__pydantic_extra__", None)
    fill(record, "__pydantic_private__", None)
    return record


def right(model: type[R], value: Any) -> R | None:
    """The record in the value of a whole document; None where anything is wrong."""
    try:
        return model.model_validate(value) if isinstance(value, dict) else None
    except ValidationError:
        return None


def validated(model: type[R], tree: Tree, at: Loc = ()) -> tuple[R | None, list[Fault]]:
    """The record at `at` in `tree`, or None; and every fault of it, each at its line and column."""
    value = tree.value
    for step in at:
        value = value[step]
    if value is None:  # a document that holds nothing lacks every key
        value = {}
    if not isinstance(value, dict):
        return None, [Fault(tree.place_of(at), at, "phải gồm các dòng `khóa: giá trị`", _group_example(model))]
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        details = _own_mistakes(model, tree, at, error.errors(include_url=False))
        return None, [_fault(model, tree, at, detail) for detail in details]


def _own_mistakes(model: type[Record], tree: Tree, at: Loc, details: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One mistake is one fault: a key missing because it is misspelt or could not be read, or a list empty because
    its items are at fault, is told where the mistake is."""
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
            return loc in meant or (*at, *loc[:-1]) in tree.unsure
        if (*at, *loc) in tree.unsure:  # of a group as a whole, such as "one of two keys"
            return True
        return detail["type"] == "too_short" and any(other[: len(loc)] == loc and other != loc for other in locs)

    return [detail for detail in details if not follows(detail)]


Kept = dict[str, tuple[int, ...]]


def partly_validated(model: type[R], tree: Tree, at: Loc = ()) -> tuple[R, Kept]:
    """What is right in the record at fault at `at`, for checks that look at one key each: other keys hold their defaults,
    required ones None. Of a list the right items are kept; where some are not, their positions as written are told."""
    right: dict[str, Any] = {}
    kept: Kept = {}
    value = {} if tree.broken else tree.value
    for step in at if value else ():
        value = value[step]
    value = value if isinstance(value, dict) else {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        right[name] = None if info.is_required() else info.get_default(call_default_factory=True)
        if key not in value:
            continue
        kind = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        found = _right(TypeAdapter(kind), [value[key]])
        if found:
            right[name] = found[0]
        elif get_origin(info.annotation) is tuple and isinstance(value[key], list):
            items = _right(TypeAdapter(get_args(info.annotation)[0]), value[key])
            right[name], kept[key] = tuple(items.values()), tuple(items)
    return model.model_construct(**right), kept


def _right(kind: TypeAdapter, values: list) -> dict[int, Any]:
    """Those of the values that are right, by position."""
    found = {}
    for index, value in enumerate(values):
        try:
            found[index] = kind.validate_python(value)
        except ValidationError:
            continue
    return found


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
        near = nearest(str(loc[-1]), known)
        few = f", hoặc dùng một trong các khóa: {', '.join(known)}" if len(known) <= 12 else ""
        hint = f"có phải `{near}`?" if near else f"hãy xóa dòng này{few}"
        return Fault(tree.place_of(loc, of_key=True), loc, "khóa này không có trong mẫu", hint)
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
        message, hint = "phải là một danh sách", _list_example(model, tree, within, loc)
    elif kind in ("model_type", "dict_type", "model_attributes_type"):
        holder = None if kind == "dict_type" else model_at(model, within)
        message, hint = "phải là một nhóm khóa", _group_example(holder)
    elif kind == "too_short" and context["actual_length"]:
        message = f"danh sách có {context['actual_length']} mục, cần ít nhất {context['min_length']}"
        hint = "hãy thêm mục hoặc xóa cả khóa"
    elif kind == "too_short":
        message, hint = "danh sách rỗng", "hãy thêm ít nhất một mục hoặc xóa cả khóa"
    else:
        message, hint = "giá trị không hợp lệ", "hãy sửa hoặc xóa cả khóa"
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
    if not written.strip():
        return BLANK
    named = next((member for member in code or () if fold(member.label) == fold(written)), None)
    if named:
        return f"`{written}` là nhãn, không phải mã", f"hãy viết `{named.value}`"
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


def _list_example(model: type[Record], tree: Tree, within: Loc, loc: Loc) -> str:
    """How the list is written, with what stands there when that is text meant as its only item."""
    holder = model_at(model, within[:-1]) or model
    annotation = next(
        (info.annotation for name, info in holder.model_fields.items() if (info.alias or name) == loc[-1]), None
    )
    inner = _record_in(annotation)
    if inner:
        return "hãy viết mỗi mục một dòng `- " + _group_example(inner).removeprefix("hãy viết dạng ") + "`"
    written = _written(tree, loc)
    one = written.strip() and written != loc[-1] and not set(written) & set("[]{}:#\"'")
    return f"hãy viết `[{written}]`" if one else "hãy viết dạng [một, hai] hoặc mỗi dòng một `- …`"


def _group_example(model: type[Record] | None) -> str:
    if model is None:
        return "hãy viết dạng {khóa: giá trị}"
    required = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    return "hãy viết dạng {" + ", ".join(f"{key}: …" for key in required or list(keys_of(model))[:2]) + "}"


def says(loc: Loc) -> str:
    """The key of a fault as printed; the file as a whole when there is none."""
    return dotted(loc) or "tệp"
