"""Figure sets as editors write them, in a small campaign, for the tests of what is made of them."""

from __future__ import annotations

import yaml
from portal.contradictions import contradictions
from portal.registers import Registers
from portal.reported import Reported, all_reported
from portal.schema.content import Article
from portal.source import ContentFile

DATA = {
    "campaign": "{schema_version: 1, name: Thử, site_url: 'https://example.org/', publisher: {name: Nơi thử}}",
    "fields": "[{slug: a, name: Lúa}, {slug: b, name: Cá}]",
    "categories": "[{slug: tin, name: Tin}]",
    "units": """
- {slug: mot, name: Một, kind: tỉnh, level: province}
- {slug: bac, name: Bắc, kind: huyện, level: district, parents: [{slug: mot}]}
- {slug: nam, name: Nam, kind: huyện, level: district, parents: [{slug: mot}]}
- {slug: tay, name: Tây, kind: huyện, level: district, parents: [{slug: mot}], valid_to: 2024-12-31, replaced_by: [{slug: tay-moi}]}
- {slug: tay-moi, name: Tây Mới, kind: huyện, level: district, parents: [{slug: mot}]}
- {slug: trong, name: Trong, kind: thị xã, level: district, parents: [{slug: bac}]}
- {slug: xa-xa, name: Xa, kind: xã, level: commune, parents: [{slug: bac, to: 2020-12-31}, {slug: nam, from: 2021-01-01}]}
""",
    "units_of_measure": """
- {slug: cai, name: cái}
- {slug: phan-tram, name: "%"}
- {slug: nguoi, name: đồng/người}
- {slug: trieu, name: triệu, base: cai, factor: 1000000}
""",
    "measures": """
- {slug: m, name: Mô hình, aliases: [mô hình], unit_of_measure: cai, counts_models: true}
- {slug: d, name: Điển hình, aliases: [điển hình], unit_of_measure: cai, counts_models: true}
- {slug: cong, name: Ngày công, aliases: [ngày công], unit_of_measure: cai}
- {slug: tien, name: Tiền, aliases: [tiền], unit_of_measure: trieu, decimals: 3}
- {slug: ty-le, name: Hộ nghèo, aliases: [hộ nghèo], unit_of_measure: phan-tram, decimals: 1}
- {slug: thu, name: Thu nhập, aliases: [thu nhập], unit_of_measure: nguoi}
""",
}


def article(figures: str, slug: str = "bai", **source: str) -> ContentFile[Article]:
    keys = {
        "title": "Bài",
        "date": "2026-01-02",
        "summary": "Tóm tắt.",
        "category": "tin",
        "figures": yaml.load(figures, Loader=yaml.BaseLoader),
        "source": {"name": "Nguồn", **source},
    }
    record = Article.model_validate(keys)
    return ContentFile(f"docs/tin-tuc/2026/{slug}.md", f"/tin-tuc/2026/{slug}/", slug, record, b"", 1, "")


def read(registers: Registers, figures: str, **source: str) -> tuple[Reported, ...]:
    """The sets written in `figures` (YAML), all of one article, as written."""
    written = article(figures, **source)
    found = all_reported((written,), contradictions((written,)), registers)
    order = [id(figure) for figure in written.record.figures]
    return tuple(sorted(found, key=lambda reported: order.index(id(reported.figure))))
