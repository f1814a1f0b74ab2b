"""The straightforward way with MkDocs and Material: front matter is read once, lists and tables are made as Markdown
and handed to MkDocs as generated files, which it renders like any other page. Written with the look-ups made once. What programs read is made by the hooks
beside this one; cards for sharing and an index of search by none."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from campaign import Campaign, grouped
from mkdocs.structure.files import File
from portal.text import in_telex, initial, slugify, sort_key

PER_PAGE = 20
BODY = "<!-- toàn văn -->"  # around what the author wrote
STEPS = {"province": "tinh", "district": "huyen", "commune": "xa"}


def on_files(files, config):
    campaign = Campaign(Path(config.config_file_path).parent, files)
    config.extra["campaign"] = campaign
    for uri, title, body in _generated(campaign):
        files.append(File.generated(config, uri, content=f"---\ntitle: {title!r}\n---\n\n# {title}\n\n{body}\n"))
    return files


def on_page_markdown(markdown, page, config, files):
    campaign = config.extra["campaign"]
    record = campaign.by_uri.get(page.file.src_uri)
    if record is None:
        return markdown
    above = _of_article(record, campaign) if "category" in record else _of_model(record, campaign)
    below = _below_article(record, campaign) if "category" in record else _below_model(record, campaign)
    return f"# {record['title']}\n\n{above}\n\n{BODY}\n\n{markdown}\n\n{BODY}\n\n{below}"


def on_page_content(html, page, config, files):
    """For feeds, texts and the map of the site: the body as HTML, its address and its day."""
    record = config.extra["campaign"].by_uri.get(page.file.src_uri)
    page.update_date = record.get("date", "")[:10] if record else ""
    if record:
        record["html"], record["url"] = html.split(BODY)[1], page.canonical_url


# --- records ------------------------------------------------------------------------


def _of_article(a: dict, campaign: Campaign) -> str:
    line = f"{a['date']} · [{a['category']}](/chuyen-muc/{a['category']}/index.md) · {a['genre']}"
    return f"{line}\n\n**{a['summary']}**\n\n{_pictures(a)}"


def _below_article(a: dict, campaign: Campaign) -> str:
    parts = [f"{author['name']}, {author['organisation']}" for author in a["authors"]]
    parts.append(f"Nguồn: {a['source']['name']}, {a['source']['title']}")
    if figures := a.get("figures"):
        parts += ["## Số liệu trong bài", _figure_table([(figure, a) for figure in figures], campaign)]
    if a["models"]:
        parts += ["## Mô hình trong bài", _cards([campaign.by_slug[slug] for slug in a["models"]], campaign)]
    parts += [f"- [{slug}](/van-ban/{slug}/index.md)" for slug in a.get("documents", ())]
    parts.append(_links("dia-ban", [(slug, campaign.unit_name(slug)) for slug in a["units"]]))
    parts.append(_links("tu-khoa", [(slugify(tag), tag) for tag in a["tags"]]))
    group, at = campaign.of_category[a["category"]], campaign.position[a["uri"]]
    beside = [("Bài mới hơn", group[at - 1])] if at else []
    beside += [("Bài cũ hơn", group[at + 1])] if at + 1 < len(group) else []
    parts += [f"{said}: [{other['title']}](/{other['uri']})" for said, other in beside]
    parts += ["## Tin cùng chuyên mục", _others(group, a, campaign)]
    parts += ["## Đọc thêm", _others(campaign.of_unit[a["units"][0]], a, campaign)]
    return "\n\n".join(parts)


def _of_model(m: dict, campaign: Campaign) -> str:
    facts = [
        ("Địa bàn", f"[{campaign.unit_name(m['unit'])}](/dia-ban/{m['unit']}/index.md)"),
        ("Lĩnh vực", f"[{m['field']}](/linh-vuc/{m['field']}/index.md)"),
        ("Đơn vị thực hiện", m["organisation"]),
        ("Người phụ trách", f"{m['lead']['name']}, {m['lead']['role']}"),
        ("Loại", m["kind"]),
        ("Cấp", m["level"]),
        ("Bắt đầu", m["started"]),
        ("Trạng thái", f"[{m['status']}](/trang-thai/{m['status']}/index.md)"),
        ("Số người tham gia", m["participants"]),
        *((result["label"], result["value"]) for result in m["results"]),
    ]
    if origin := m.get("replicated_from"):
        facts.append(("Học từ mô hình", f"[{campaign.by_slug[origin]['title']}](/{campaign.by_slug[origin]['uri']})"))
    lines = "\n".join(f"- {label}: {value}" for label, value in facts)
    tags = _links("tu-khoa", [(slugify(tag), tag) for tag in m["tags"]])
    return f"**{m['summary']}**\n\n{_pictures(m)}\n\n{lines}\n\n{tags}"


def _below_model(m: dict, campaign: Campaign) -> str:
    parts = [f"- {step['date']}: {step['status']}" for step in m.get("history", ())]
    parts.append(f"Nguồn: {m['source']['name']}, {m['source']['title']}")
    if articles := campaign.naming.get(m["slug"]):
        parts += ["## Tin bài về mô hình", _cards(articles, campaign)]
    parts += ["## Mô hình cùng lĩnh vực", _others(campaign.of_field[m["field"]], m, campaign)]
    parts += ["## Đọc thêm", _others(campaign.of_unit[m["unit"]], m, campaign)]
    return "\n\n".join(parts)


def _pictures(record: dict) -> str:
    return "\n\n".join(f"![{i['alt']}](/{i['file']})" for i in record.get("images", ()))


def _others(group: list[dict], record: dict, campaign: Campaign) -> str:
    return _cards([other for other in group[:5] if other is not record][:4], campaign)


def _cards(records: list[dict], campaign: Campaign) -> str:
    return "\n\n".join(
        f"### [{r['title']}](/{r['uri']})\n\n"
        + (r["date"] if "date" in r else f"{campaign.unit_name(r['unit'])} · {r['field']}")
        + f"\n\n{r['summary']}"
        for r in records
    )


def _links(folder: str, pairs: list[tuple[str, str]]) -> str:
    return " · ".join(f"[{label}](/{folder}/{slug}/index.md)" for slug, label in pairs)


# --- generated pages ----------------------------------------------------------------


def _generated(c: Campaign):
    yield from _list("tin-tuc", "Tin tức", c.articles, c)
    yield from _list("mo-hinh", "Mô hình", c.models, c)
    kinds = (
        ("chuyen-muc", "Chuyên mục", c.of_category, {e["slug"]: e["name"] for e in c.data["categories"]}),
        ("linh-vuc", "Lĩnh vực", grouped(_both(c), _fields), {e["slug"]: e["name"] for e in c.data["fields"]}),
        ("dia-ban", "Địa bàn", c.of_unit, {slug: c.unit_name(slug) for slug in c.units}),
        ("the-loai", "Thể loại", grouped(c.articles, lambda a: [a["genre"]]), {}),
        ("tac-gia", "Đơn vị của tác giả", *_named(c.articles, lambda a: [w["organisation"] for w in a["authors"]])),
        ("trang-thai", "Trạng thái", grouped(c.models, lambda m: [m["status"]]), {}),
        ("vung-dac-thu", "Vùng đặc thù", grouped(c.models, lambda m: m.get("special_areas", ())), c.areas),
        ("tu-khoa", "Từ khóa", *_named(_both(c), lambda r: r["tags"])),
        ("nam", "Năm", grouped(_both(c), lambda r: [str(r.get("date", r.get("started")))[:4]]), {}),
    )
    site_map = []
    for folder, title, groups, names in kinds:
        slugs = list(names or sorted(groups))
        links = "\n".join(f"- [{names.get(s, s)} ({len(groups.get(s, ()))})](/{folder}/{s}/index.md)" for s in slugs)
        yield f"{folder}/index.md", title, links
        site_map.append(f"## {title}\n\n{links}")
        for slug in slugs:
            yield from _list(f"{folder}/{slug}", names.get(slug, slug), groups.get(slug, []), c)
    yield from _gallery(c)
    yield from _alphabet("mo-hinh", "Mô hình", [(m["title"], m["uri"]) for m in c.models])
    yield from _alphabet("dia-ban", "Địa bàn", [(u["name"], f"dia-ban/{slug}/index.md") for slug, u in c.units.items()])
    yield "tim-kiem/index.md", "Tìm kiếm", "\n".join(f"- [{title}](/{folder}/index.md)" for folder, title, *_ in kinds)
    for month, articles in grouped(c.articles, lambda a: [a["date"][:7].replace("-", "/")]).items():
        yield from _list(f"nam/{month}", f"Tháng {month}", articles, c)
    yield from _documents(c)
    yield from _statistics(c)
    yield "so-do.md", "Sơ đồ trang", "\n\n".join(site_map)
    for uri, title in (("dinh-chinh.md", "Đính chính"), ("tieu-chi.md", "Bộ tiêu chí")):
        yield uri, title, "Chưa có."


def _gallery(c: Campaign):
    steps = (("linh-vuc", "field"), ("nam", "started"), ("trang-thai", "status"))
    for slug, models in grouped(c.models, lambda m: c.above(m["unit"])).items():
        title = f"Mô hình: {c.unit_name(slug)}"
        yield from _list(f"dia-ban/{slug}/mo-hinh", title, models, c)
        for step, key in steps:
            for value, some in grouped(
                models, lambda m, key=key: [str(m[key])[:4] if key == "started" else m[key]]
            ).items():
                yield from _list(f"dia-ban/{slug}/mo-hinh/{step}/{value}", f"{title}, {value}", some, c)


def _alphabet(step: str, title: str, named: list[tuple[str, str]]):
    letters = defaultdict(list)
    for name, uri in sorted(named, key=lambda pair: sort_key(pair[0])):
        letters[in_telex(initial(name))].append(f"- [{name}](/{uri})")
    ways = " · ".join(f"[{letter}](/tim-kiem/a-z/{step}/{letter}/index.md)" for letter in letters)
    yield f"tim-kiem/a-z/{step}/index.md", title, ways
    for letter, links in letters.items():
        yield f"tim-kiem/a-z/{step}/{letter}/index.md", f"{title}: {letter}", ways + "\n\n" + "\n".join(links)


def _both(c: Campaign) -> list[dict]:
    return [*c.articles, *c.models]


def _fields(record: dict) -> list[str]:
    return [record["field"]] if "field" in record else record["fields"]


def _list(folder: str, title: str, records: list[dict], c: Campaign):
    models, articles = [r for r in records if "unit" in r], [r for r in records if "category" in r]
    last = max(1, -(-max(len(models), len(articles)) // PER_PAGE))
    for number in range(1, last + 1):
        cut = slice((number - 1) * PER_PAGE, number * PER_PAGE)
        shelves = [(said, r) for said, r in (("Mô hình", models), ("Tin tức", articles)) if r[cut]]
        parts = [f"## {said} ({len(r)})\n\n{_cards(r[cut], c)}" for said, r in shelves]
        near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
        if last > 1:
            parts.append(" · ".join(f"[{n}](/{_page(folder, n)})" for n in near))
        yield _page(folder, number), title if number == 1 else f"{title} (trang {number})", "\n\n".join(parts)


def _page(folder: str, number: int) -> str:
    return f"{folder}/index.md" if number == 1 else f"{folder}/trang/{number}.md"


def _documents(c: Campaign):
    groups = grouped(_both(c), lambda r: r.get("documents", ()))
    links = []
    for entry in c.data["documents"]:
        uri = f"van-ban/{entry['slug']}/index.md"
        title = f"{entry['kind']} {entry['number']}"
        links.append(f"- [{title}](/{uri}): {entry['title']}")
        yield uri, title, f"{entry['title']}\n\n{_cards(groups.get(entry['slug'], []), c)}"
    yield "van-ban/index.md", "Văn bản", "\n".join(links)


# --- statistics ---------------------------------------------------------------------


def _statistics(c: Campaign):
    figures = [(figure, article) for article in c.articles for figure in article.get("figures", ())]
    own, below = defaultdict(list), defaultdict(list)
    by_field, by_level, by_year = defaultdict(list), defaultdict(list), defaultdict(list)
    for pair in figures:
        figure = pair[0]
        path = c.above(figure["unit"])
        own[path[0]].append(pair)
        for slug in path[1:2]:
            below[slug].append(pair)
        for slug in figure.get("by_field", ()):
            by_field[slug].append(pair)
        for level in {c.units[figure["unit"]]["level"], *figure.get("by_level", ())}:
            by_level[STEPS[level]].append(pair)
        by_year[_year(figure["period"])].append(pair)
    models = grouped(c.models, lambda m: c.above(m["unit"]))
    for slug in c.units:
        if slug in models or slug in own or slug in below:
            parts = [_counts(models.get(slug, []), slug, c)]
            parts += [_figure_tables(own[slug], c, over_time=True)] if slug in own else []
            parts += [_figure_tables(below[slug], c)] if slug in below else []
            yield f"thong-ke/dia-ban/{slug}.md", f"Thống kê: {c.unit_name(slug)}", "\n\n".join(parts)
    for entry in c.data["fields"]:
        slug = entry["slug"]
        parts = [_counts(c.of_field.get(slug, []), "", c), _figure_tables(by_field[slug], c)]
        yield f"thong-ke/linh-vuc/{slug}.md", f"Thống kê: {entry['name']}", "\n\n".join(parts)
    for kind, groups in (("cap", by_level), ("nam", by_year)):
        for slug, rows in groups.items():
            yield f"thong-ke/{kind}/{slug}.md", f"Số liệu báo cáo: {slug}", _figure_tables(rows, c)
    counted = [pair for pair in figures if "count" in pair[0]]
    yield "thong-ke/index.md", "Thống kê", f"{_counts(c.models, '', c)}\n\n{_figure_tables(_newest(counted), c)}"
    cells = Counter((figure["unit"], _year(figure["period"])) for figure, _ in figures)
    units = [slug for slug in c.units if slug in own]
    yield "thong-ke/do-phu.md", "Độ phủ", _table("Đơn vị", units, sorted(by_year), cells, c)
    known = [(d, figure, a) for figure, a in figures for d in figure.get("discrepancies", ())]
    lines = [
        f"- {c.unit_name(f['unit'])}: {d['relation']}, {d['stated']}, {d['computed']}, {d['note']} [{a['title']}](/{a['uri']})"
        for d, f, a in known
    ]
    yield "thong-ke/doi-soat.md", "Đối soát", "\n".join(lines)
    yield "thong-ke/da-dung.md", "Đã dừng", _cards([m for m in c.models if m["status"] == "stopped"], c)
    learnt = [m for m in c.models if "replicated_from" in m]
    yield "thong-ke/nhan-rong.md", "Nhân rộng", _cards(learnt, c)
    yield "thong-ke/khen-thuong.md", "Khen thưởng", "Chưa có."


def _year(period) -> str:
    said = str(period.get("to") or period["as_of"]) if isinstance(period, dict) else str(period)
    return said[:4] if said[:4].isdigit() else "khong-ro"


def _counts(models: list[dict], own: str, c: Campaign) -> str:
    if not models:
        return ""
    cells = {key: Counter() for key in ("field", "status", "level", "kind", "year", "history")}
    rows = set()
    for m in models:
        path = c.above(m["unit"])
        at = path.index(own) if own else len(path)
        row = path[at - 1] if at else own
        rows.add(row)
        for key in ("field", "status", "level", "kind"):
            cells[key][row, m[key]] += 1
        cells["year"][m["field"], m["started"][:4]] += 1
        for step in m.get("history", ()):
            cells["history"][step["date"][:4], step["status"]] += 1
    units = [slug for slug in c.units if slug in rows]
    parts = [f"Đếm từ {len(models)} hồ sơ."]
    for key in ("field", "status", "level", "kind"):
        parts.append(_table(key, units, sorted({column for _, column in cells[key]}), cells[key], c))
    for key in ("year", "history"):
        heads = [sorted({cell[side] for cell in cells[key]}) for side in (0, 1)]
        parts.append(_table(key, *heads, cells[key], c))
    return "\n\n".join(parts)


def _table(title: str, rows: list[str], columns: list[str], cells: Counter, c: Campaign) -> str:
    lines = [f"| {title} | {' | '.join(columns)} | Tổng số |", "|---" * (len(columns) + 2) + "|"]
    for row in rows:
        counts = [cells[row, column] for column in columns]
        head = f"[{c.unit_name(row)}](/dia-ban/{row}/index.md)" if row in c.units else row
        lines.append(f"| {head} | {' | '.join(map(str, counts))} | {sum(counts)} |")
    return "\n".join(lines)


def _figure_tables(pairs: list[tuple[dict, dict]], c: Campaign, *, over_time: bool = False) -> str:
    """Figures that may be compared stand in one table: of a measure and kind of count, over the times that are said in one way,
    or over the units of a level at one time."""

    def alike(pair: tuple[dict, dict]) -> list[tuple[str, ...]]:
        figure = pair[0]
        where = () if over_time else (c.units[figure["unit"]]["level"],)
        said = _said_as(figure["period"]) if over_time else _period(figure["period"])
        return [tuple(filter(None, (c.measures[figure["measure"]], figure.get("count"), said, *where)))]

    tables = grouped(pairs, alike).items()
    return "\n\n".join(f"**{', '.join(key)}**\n\n{_figure_table(rows, c)}" for key, rows in tables)


def _newest(pairs: list[tuple[dict, dict]]) -> list[tuple[dict, dict]]:
    """Those of the last year of each unit, measure and kind of count."""

    def of(figure: dict) -> tuple:
        return figure["unit"], figure["measure"], figure.get("count")

    last: dict[tuple, str] = {}
    for figure, _ in pairs:
        year = _year(figure["period"])
        last[of(figure)] = max(last.get(of(figure), ""), year if year.isdecimal() else "")
    return [pair for pair in pairs if last[of(pair[0])] in (_year(pair[0]["period"]), "")]


def _said_as(period) -> str:
    if isinstance(period, dict):
        return period.get("kind") or ("as_of" if "as_of" in period else "range")
    return "unstated" if period == "unstated" else "year"


def _figure_table(pairs: list[tuple[dict, dict]], c: Campaign) -> str:
    lines = ["| Đơn vị | Chỉ tiêu | Loại số đếm | Kỳ | Tổng số | Trong đó | Nguồn |", "|---|---|---|---|---|---|---|"]
    for f, a in pairs:
        unit = f"[{c.unit_name(f['unit'])}](/dia-ban/{f['unit']}/index.md)"
        source = f"[{a['title']}](/{a['uri']})"
        total = _number(f["total"]) if "total" in f else "–"
        cells = (unit, c.measures[f["measure"]], f.get("count", ""), _period(f["period"]), total, _inside(f), source)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _number(number) -> str:
    if isinstance(number, dict):
        return f"{number['qualifier']} {_number(number['value'])}"
    return f"{number:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _period(period) -> str:
    if isinstance(period, dict):
        return f"đến {period['as_of']}" if "as_of" in period else f"{period['from']}–{period['to']}"
    return "không rõ kỳ" if period == "unstated" else str(period)


def _inside(f: dict) -> str:
    parts = [f"{slug}: {_number(n)}" for key in ("by_field", "by_kind") for slug, n in f.get(key, {}).items()]
    parts += [f"{level}: {_number(of['total'])} {of['by_field']}" for level, of in f.get("by_level", {}).items()]
    parts += [f"{', '.join(item['fields'])}: {item['value']}" for item in f.get("merged_fields", ())]
    parts += [f"{i['label']}: {_number(i['value'])}" for key in ("other", "parts", "including") for i in f.get(key, ())]
    parts += [f"{share['of']} {share['percent']}%" for share in f.get("shares", ())]
    parts += [f"so với {change['since']}: {change['by']}" for change in f.get("changes", ())]
    return "; ".join(parts)


# --- helpers ------------------------------------------------------------------------


def _named(records, names) -> tuple[dict[str, list], dict[str, str]]:
    """Groups by slug, and the name of each."""
    groups = grouped(records, lambda r: [slugify(name) for name in names(r)])
    return groups, {slugify(name): name for record in records for name in names(record)}
