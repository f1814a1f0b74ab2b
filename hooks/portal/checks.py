"""What must hold of articles and profiles beyond the form of each key. The docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from decimal import Decimal

from .discrepancies import check_relations, check_units_convert
from .entries import Register
from .evaluations import check_evaluation
from .figures import CHECKS as CHECKS_OF_FIGURES
from .figures import reference
from .letters import foreign_letter
from .lifecycle import check_transitions
from .lineage import check_lineage
from .pictures import Pictures
from .problems import Problem
from .registers import Registers
from .schema.content import Article, Profile
from .schema.dates import Moment
from .schema.figure import Level
from .source import ARTICLE_PATH, ARTICLES, PROFILES, ContentFile, Sources
from .text import fold, match_key, nearest, nearest_path, slugify
from .unit_times import PROFILE_CHECKS as CHECKS_OF_UNITS
from .unit_times import check_figure_unit_in_time
from .yaml_tree import Loc


@dataclass(frozen=True)
class Known:
    """What content may refer to. A profile at fault counts as known: its fault is told at its own place."""

    registers: Registers
    profiles: Set[str]
    assets: Set[str]
    pictures: Pictures


def check_content(sources: Sources, registers: Registers) -> Iterator[Problem]:
    """Every problem of every article, profile and page, beyond what its schema says."""
    yield from check_files(sources, registers)
    yield from check_relations(sources, registers)


def check_files(sources: Sources, registers: Registers) -> Iterator[Problem]:
    """All of them but those of relations between numbers.

    Of a file at fault what is right is checked, as far as a check needs no key that may be wrong.
    """
    faulty_profiles = {file.slug for file in sources.faulty if file.path.startswith(PROFILES + "/")}
    known = Known(registers, {p.slug for p in sources.profiles} | faulty_profiles, sources.assets, sources.pictures)
    for article in sources.articles:
        for check in ARTICLE_CHECKS:
            yield from check(article, known)
        for figure_check in FIGURE_CHECKS:
            yield from figure_check(article, registers)
    for profile in sources.profiles:
        for check in PROFILE_CHECKS:
            yield from check(profile, known)
        yield from check_transitions(profile)
        for unit_check in CHECKS_OF_UNITS:
            yield from unit_check(profile, registers)
    for page in sources.pages:
        yield from check_assets(page, known)
    for file in sources.faulty:
        yield from check_assets(file, known)
        if file.path.startswith(ARTICLES + "/"):
            yield from _check_faulty_article(file, known)
        elif file.path.startswith(PROFILES + "/"):
            yield from _check_faulty_profile(file, known)
    yield from check_unique_slugs(sources)
    yield from check_lineage(sources)
    yield from check_list_names(sources, registers)
    yield from check_document_files(registers, known)


def _check_faulty_article(article: ContentFile[Article], known: Known) -> Iterator[Problem]:
    yield from check_article_references(article, known)
    for figure_check in FIGURE_CHECKS:
        yield from figure_check(article, known.registers)
    if article.record.date:
        yield from check_article_times(article, known)
        if ARTICLE_PATH.fullmatch(article.path):
            yield from check_year_folder(article, known)


def _check_faulty_profile(profile: ContentFile[Profile], known: Known) -> Iterator[Problem]:
    yield from check_profile_references(profile, known)
    for check in CHECKS_OF_UNITS:
        yield from check(profile, known.registers)
    if "history" not in profile.kept:
        yield from check_transitions(profile)
        if profile.record.status:
            yield from check_profile_times(profile, known)


# --- articles -----------------------------------------------------------------


def check_year_folder(article: ContentFile[Article], known: Known) -> Iterator[Problem]:
    """An article lies in the folder of the year of its `date`."""
    folder = article.path.split("/")[2]
    year = f"{article.record.date.day.year:04d}"
    if folder != year:
        yield article.problem(
            ("date",), f"năm {year} khác thư mục {folder}", f"hãy chuyển tệp sang docs/tin-tuc/{year}/ hoặc sửa ngày"
        )


def check_article_times(article: ContentFile[Article], known: Known) -> Iterator[Problem]:
    """`updated`, `publish_at` and corrections are not before `date`, and an article expires only after it appears."""
    record = article.record
    if record.updated and record.updated.day < record.date.day:
        yield article.problem(
            ("updated",),
            f"ngày cập nhật {_as_written(record.updated)} trước ngày đăng {_as_written(record.date)}",
            "hãy sửa một trong hai ngày",
        )
    if record.publish_at and record.publish_at.day < record.date.day:
        yield article.problem(
            ("publish_at",),
            f"hẹn giờ đăng {_as_written(record.publish_at)} trước ngày đăng {_as_written(record.date)}",
            "hãy sửa một trong hai",
        )
    for index, correction in enumerate(record.corrections):
        if correction.date < record.date.day:
            yield article.problem(
                ("corrections", index, "date"),
                f"ngày đính chính {correction.date} trước ngày đăng {_as_written(record.date)}",
                "hãy sửa một trong hai ngày",
            )
    appears = record.publish_at or record.date
    if record.expires_at and record.expires_at.at <= appears.at:
        yield article.problem(
            ("expires_at",),
            f"hết hạn {_as_written(record.expires_at)} không sau lúc đăng {_as_written(appears)}",
            "hãy sửa một trong hai",
        )


def _as_written(moment: Moment) -> str:
    return moment.iso.removesuffix("+07:00")


def check_article_references(article: ContentFile[Article], known: Known) -> Iterator[Problem]:
    """Category, units, fields, documents and models of an article stand in their registers."""
    record, registers = article.record, known.registers
    yield from reference(article, ("category",), record.category, registers.categories)
    yield from _references(article, "units", record.units, registers.units)
    yield from _references(article, "fields", record.fields_, registers.fields)
    yield from _references(article, "documents", record.documents, registers.documents)
    for index, slug in enumerate(record.models):
        yield from _profile_reference(article, ("models", index), slug, known)
    yield from _repeated(article, "models", record.models)


def _references(document: ContentFile, key: str, slugs: tuple[str, ...], register: Register) -> Iterator[Problem]:
    for index, slug in enumerate(slugs):
        yield from reference(document, (key, index), slug, register)
    yield from _repeated(document, key, slugs)


def _repeated(document: ContentFile, key: str, slugs: tuple[str, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, slug in enumerate(slugs):
        if slug in seen:
            yield document.problem((key, index), f"`{slug}` lặp lại", "hãy giữ một lần")
        seen.add(slug)


def _profile_reference(document: ContentFile, loc: Loc, slug: str, known: Known) -> Iterator[Problem]:
    if slug in known.profiles:
        return
    near = nearest(fold(slug).replace(" ", "-"), known.profiles)
    hint = f"có phải `{near}`?" if near else "hãy viết tên tệp của hồ sơ trong docs/mo-hinh/, không có đuôi .md"
    yield document.problem(loc, f"không có hồ sơ mô hình `{slug}`", hint)


def check_assets(document: ContentFile, known: Known) -> Iterator[Problem]:
    """Every picture and attachment named in front matter is a file under docs/assets/; one that is a picture can be shown."""
    for index, image in enumerate(document.record.images):
        yield from _asset(document, ("images", index, "file"), image.file, known)
    for index, attachment in enumerate(getattr(document.record, "attachments", ())):
        for key in ("file", "transcript"):
            if name := getattr(attachment, key):
                yield from _asset(document, ("attachments", index, key), name, known)


def _asset(document: ContentFile, loc: Loc, name: str, known: Known) -> Iterator[Problem]:
    if fault := _fault_of_file(name, known):
        yield document.problem(loc, *fault)


def _fault_of_file(name: str, known: Known) -> tuple[str, str] | None:
    picture = known.pictures.get(name)
    if picture and picture.message:
        return f"tệp docs/{name} {picture.message}", picture.hint
    if name in known.assets:
        return None
    near = nearest_path(name, known.assets)
    return f"không có tệp docs/{name}", f"có phải `{near}`?" if near else "hãy thêm tệp vào docs/assets/"


def check_document_files(registers: Registers, known: Known) -> Iterator[Problem]:
    """The file of a document in data/documents.yml is a file under docs/assets/; one that is a picture can be shown."""
    for entry in registers.documents.entries:
        if entry.record.file and (fault := _fault_of_file(entry.record.file, known)):
            yield entry.problem(("file",), *fault)


# --- profiles -----------------------------------------------------------------


def check_profile_references(profile: ContentFile[Profile], known: Known) -> Iterator[Problem]:
    """Units, field, special areas, documents, units of measure, criteria and the model learnt from exist."""
    record, registers = profile.record, known.registers
    yield from reference(profile, ("unit",), record.unit, registers.units)
    yield from reference(profile, ("field",), record.field, registers.fields)
    yield from _references(profile, "communes", record.communes, registers.units)
    yield from _references(profile, "documents", record.documents, registers.documents)
    for index, entry in enumerate(record.history):
        yield from reference(profile, ("history", index, "document"), entry.document, registers.documents)
    for index, award in enumerate(record.awards):
        yield from reference(profile, ("awards", index, "document"), award.document, registers.documents)
    for index, result in enumerate(record.results):
        yield from reference(
            profile, ("results", index, "unit_of_measure"), result.unit_of_measure, registers.units_of_measure
        )
    for index, slug in enumerate(record.communes):
        unit = registers.units.by_slug.get(slug)
        if unit and unit.level is not Level.COMMUNE:
            yield profile.problem(
                ("communes", index), f"{unit.full_name} không phải đơn vị cấp xã", "hãy để ở `unit` hoặc bỏ"
            )
    for index, result in enumerate(record.results):
        yield from _thousands(profile, ("results", index, "value"), result.value, result.unit_of_measure, registers)
    if record.replicated_from is not None:
        yield from _profile_reference(profile, ("replicated_from",), record.replicated_from, known)
    if record.replicated_from == profile.slug:
        yield profile.problem(("replicated_from",), "mô hình học từ chính nó", "hãy bỏ khóa này")
    yield from _special_areas(profile, registers)
    yield from check_evaluation(profile, registers)


def _thousands(
    file: ContentFile, loc: Loc, value: Decimal, unit_of_measure: str | None, registers: Registers
) -> Iterator[Problem]:
    """`1.205` of something that is counted whole is 1205 written the Vietnamese way."""
    unit = registers.units_of_measure.by_slug.get(unit_of_measure or "")
    if (unit is None or unit.factor is None) and value.as_tuple().exponent == -3 and abs(value) < 1000:
        whole = f"{value:f}".replace(".", "")
        yield file.problem(
            loc,
            f"`{value}` có ba chữ số lẻ, giống cách viết hàng nghìn",
            f"hãy viết `{whole}`; nếu đúng là số lẻ, viết `{value}0`",
        )


def _special_areas(profile: ContentFile[Profile], registers: Registers) -> Iterator[Problem]:
    if registers.campaign is None:
        return
    known = [area.slug for area in registers.campaign.record.special_areas]
    for index, slug in enumerate(profile.record.special_areas):
        if slug not in known:
            near = nearest(slug, known)
            hint = f"có phải `{near}`?" if near else "hãy thêm vùng vào `special_areas` của data/campaign.yml"
            yield profile.problem(("special_areas", index), f"`{slug}` không phải vùng đặc thù của phong trào", hint)


def check_awards(profile: ContentFile[Profile], known: Known) -> Iterator[Problem]:
    """An award stands once in its profile: the same one written twice would be counted twice."""
    awards = profile.record.awards
    for index, award in enumerate(awards):
        if award in awards[:index]:
            yield profile.problem(
                ("awards", index),
                f"`{award.title}` năm {award.year} lặp lại",
                "hãy giữ một lần; nếu là hai lần khen, ghi thêm `by` hoặc `document` để phân biệt",
            )


def check_profile_times(profile: ContentFile[Profile], known: Known) -> Iterator[Problem]:
    """A model ends after it starts, and is commended no year before; its history goes forward in time and ends with its
    status."""
    record = profile.record
    if record.started and record.ended and record.ended.last_day < record.started.first_day:
        yield profile.problem(
            ("ended",), f"kết thúc {record.ended} trước khi bắt đầu {record.started}", "hãy sửa một trong hai"
        )
    for index, award in enumerate(record.awards):
        if record.started and award.year < record.started.year:
            yield profile.problem(
                ("awards", index, "year"),
                f"khen năm {award.year} trước khi mô hình bắt đầu ({record.started.vi})",
                "hãy sửa `year` hoặc `started`",
            )
    for index, (before, after) in enumerate(zip(record.history, record.history[1:], strict=False), start=1):
        if after.date.last_day < before.date.first_day:
            yield profile.problem(
                ("history", index, "date"), f"{after.date} đứng sau {before.date}", "hãy xếp quá trình theo ngày"
            )
    if record.history and record.history[-1].status is not record.status:
        last = record.history[-1].status.value
        yield profile.problem(
            ("status",),
            f"`{record.status}` khác mục cuối của `history` (`{last}`)",
            "hãy thêm mục vào `history` hoặc sửa `status`",
        )


def check_list_names(sources: Sources, registers: Registers) -> Iterator[Problem]:
    """A tag, an author's organisation, a form of award, a kind and an issuer of documents become lists or rows: each
    has a letter or a digit and only Latin letters, and two that would share an address are one name, but for case, spacing and the place of
    tone marks."""
    named = [
        *(
            ("từ khóa", tag, file, ("tags", index))
            for file in (*sources.articles, *sources.profiles)
            for index, tag in enumerate(file.record.tags)
        ),
        *(
            ("đơn vị", author.organisation, file, ("authors", index, "organisation"))
            for file in sources.articles
            for index, author in enumerate(file.record.authors)
            if author.organisation
        ),
        *(
            ("hình thức khen thưởng", award.title, file, ("awards", index, "title"))
            for file in sources.profiles
            for index, award in enumerate(file.record.awards)
        ),
        *(("loại văn bản", entry.record.kind, entry, ("kind",)) for entry in registers.documents.entries),
        *(("cơ quan", entry.record.issuer, entry, ("issuer",)) for entry in registers.documents.entries),
    ]
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for what, name, place, loc in named:
        step = slugify(name)
        if fault := foreign_letter(name):
            yield place.problem(loc, *fault)
            continue
        if not step:
            yield place.problem(loc, f"`{name}` không có chữ hay số nào", "hãy viết tên bằng chữ")
            continue
        known, path = first.setdefault((what, step), (name, place.path))
        if match_key(known) != match_key(name):
            message = f"{what} `{name}` có cùng địa chỉ `{step}` với `{known}` ở {path}"
            yield place.problem(loc, message, "hãy viết giống nhau nếu là một, hoặc đổi một tên nếu là hai")


def check_unique_slugs(sources: Sources) -> Iterator[Problem]:
    """The file name of a profile is its slug, unique among all profiles, in whatever folder."""
    seen: dict[str, ContentFile[Profile]] = {}
    faulty = (file for file in sources.faulty if file.path.startswith(PROFILES + "/") and file.slug)
    for profile in sorted((*sources.profiles, *faulty), key=lambda file: file.path):
        first = seen.setdefault(profile.slug, profile)
        if first is not profile:
            yield Problem(
                profile.path,
                1,
                1,
                "tệp",
                f"tên tệp trùng với {first.path}",
                "hãy đổi tên một tệp; tên tệp là mã của mô hình",
            )


FIGURE_CHECKS = (*CHECKS_OF_FIGURES, check_units_convert, check_figure_unit_in_time)
ARTICLE_CHECKS = (check_year_folder, check_article_times, check_article_references, check_assets)
PROFILE_CHECKS = (check_profile_references, check_awards, check_profile_times, check_assets)
