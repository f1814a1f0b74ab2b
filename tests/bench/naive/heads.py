"""What a page's head tells programs: feeds, properties for sharing, and the page in the terms of schema.org."""

from __future__ import annotations

import json
from html import escape

from campaign import SECTIONS
from portal.text import slugify


def on_post_page(output, page, config):
    campaign = config.extra["campaign"]
    record = campaign.by_uri.get(page.file.src_uri, {})
    head = "\n".join((*_feeds(page, config), *_shared(record, page, config), _linked(record, page, config)))
    return output.replace("</head>", f"{head}\n</head>", 1)


def _feeds(page, config):
    folders = [("", config.site_name)]
    folder = page.url.split("trang/")[0]  # what later pages of a list are under
    if folder == "mo-hinh/" or folder in config.extra["campaign"].feeds:
        folders.append((folder, f"{config.site_name}: {page.title}"))
    for folder, title in folders:
        for suffix, kind in (("xml", "atom+xml"), ("json", "feed+json")):
            address = f"{config.site_url}{folder}feed.{suffix}"
            yield f'<link rel="alternate" type="application/{kind}" title="{escape(title)}" href="{address}">'


def _shared(record, page, config):
    told = [
        ("og:site_name", config.site_name),
        ("og:locale", "vi_VN"),
        ("og:title", page.title),
        ("og:url", page.canonical_url),
        ("og:type", "article" if "category" in record else "website"),
    ]
    if record:
        told.append(("og:description", record["summary"]))
    if "category" in record:
        names = config.extra["campaign"].categories
        told += [("article:published_time", _at(record)), ("article:section", names[record["category"]])]
        told += [("article:tag", tag) for tag in record["tags"]]
    images = record.get("images", ())
    told += [("og:image", f"{config.site_url}{i['file']}") for i in images[:1]]
    told += [("og:image:alt", i["alt"]) for i in images[:1]]
    for key, said in told:
        yield f'<meta property="{key}" content="{escape(said)}">'
    if record:
        yield f'<meta name="description" content="{escape(record["summary"])}">'
    yield f'<meta name="twitter:card" content="summary{"_large_image" * bool(images)}">'


def _linked(record, page, config) -> str:
    campaign = config.extra["campaign"]
    publisher = campaign.data["campaign"]["publisher"]
    graph = [
        {
            "@type": "Organization",
            "@id": f"{config.site_url}#co-quan",
            "name": publisher["name"],
            "url": config.site_url,
            "email": publisher["email"],
        }
    ]
    graph.append(_site(config) if page.is_homepage else _crumbs(record, page, config))
    if "category" in record:
        graph.append(_article(record, page, config))
    elif record:
        graph.append(_model(record, page, config))
    elif page.url.startswith("thong-ke/"):
        graph.append(_statistics(page, config))
    said = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    said = said.replace("</", r"<\/")  # what ends a script
    return f'<script type="application/ld+json">{said}</script>'


def _site(config):
    search = {"@type": "EntryPoint", "urlTemplate": f"{config.site_url}tim-kiem/?q={{search_term_string}}"}
    return {
        "@type": "WebSite",
        "@id": f"{config.site_url}#cong",
        "url": config.site_url,
        "name": config.site_name,
        "inLanguage": "vi",
        "publisher": _publisher(config),
        "potentialAction": {
            "@type": "SearchAction",
            "target": search,
            "query-input": "required name=search_term_string",
        },
    }


def _crumbs(record, page, config):
    steps = [("Trang đầu", config.site_url)]
    section = page.url.split("/")[0]
    if section in SECTIONS and page.url != f"{section}/":
        steps.append((SECTIONS[section], f"{config.site_url}{section}/"))
    if "category" in record:
        names = config.extra["campaign"].categories
        steps.append((names[record["category"]], f"{config.site_url}chuyen-muc/{record['category']}/"))
    steps.append((page.title, page.canonical_url))
    items = [{"@type": "ListItem", "position": n, "name": name, "item": at} for n, (name, at) in enumerate(steps, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _article(a, page, config):
    campaign, site = config.extra["campaign"], config.site_url
    authors = [
        {
            "@type": "Person",
            "name": author["name"],
            "affiliation": _thing("Organization", author["organisation"], site, "tac-gia", author["organisation"]),
        }
        for author in a["authors"]
    ]
    documents = [(slug, campaign.documents[slug]) for slug in a.get("documents", ())]
    models = [campaign.by_slug[slug] for slug in a["models"]]
    return {
        **_about(a, page, config, "NewsArticle", "bai"),
        "headline": a["title"],
        "description": a["summary"],
        "datePublished": _at(a),
        "dateModified": _at(a),
        "isAccessibleForFree": True,
        "author": authors,
        "articleSection": campaign.categories[a["category"]],
        "genre": a["genre"],
        "about": [_thing("DefinedTerm", campaign.fields[slug], site, "linh-vuc", slug) for slug in a["fields"]],
        "contentLocation": [_place(slug, config) for slug in a["units"]],
        "mentions": [{"@type": "CreativeWork", "name": m["title"], "url": m["url"]} for m in models],
        "citation": [_thing("CreativeWork", name, site, "van-ban", slug) for slug, name in documents],
        "isBasedOn": {"@type": "CreativeWork", "name": a["source"]["title"], "creditText": a["source"]["name"]},
    }


def _model(m, page, config):
    field = config.extra["campaign"].fields[m["field"]]
    return {
        **_about(m, page, config, "CreativeWork", "mo-hinh"),
        "name": m["title"],
        "abstract": m["summary"],
        "creativeWorkStatus": m["status"],
        "dateCreated": m["started"],
        "locationCreated": [_place(m["unit"], config)],
        "creator": {"@type": "Organization", "name": m["organisation"]},
        "about": _thing("DefinedTerm", field, config.site_url, "linh-vuc", m["field"]),
        "subjectOf": {"@type": "CreativeWork", "name": m["source"]["title"], "creditText": m["source"]["name"]},
    }


def _about(record, page, config, kind: str, fragment: str):
    """What is said of an article as of a model."""
    images = [{"@type": "ImageObject", "url": f"{config.site_url}{i['file']}"} for i in record.get("images", ())[:1]]
    return {
        "@type": kind,
        "@id": f"{page.canonical_url}#{fragment}",
        "url": page.canonical_url,
        "mainEntityOfPage": page.canonical_url,
        "inLanguage": "vi",
        "publisher": _publisher(config),
        "keywords": record["tags"],
        **({"image": images[0]} if images else {}),
    }


def _statistics(page, config):
    steps = page.url.split("/")
    return {
        "@type": "Dataset",
        "@id": f"{page.canonical_url}#du-lieu",
        "url": page.canonical_url,
        "mainEntityOfPage": page.canonical_url,
        "inLanguage": "vi",
        "name": f"{page.title} – {config.site_name}",
        "description": f"{page.title}. Đếm từ hồ sơ mô hình và số liệu các nguồn báo cáo.",
        "isAccessibleForFree": True,
        "creator": _publisher(config),
        "publisher": _publisher(config),
        **({"spatialCoverage": [_place(steps[2], config)]} if steps[1] == "dia-ban" else {}),
    }


def _place(slug: str, config):
    return _thing("AdministrativeArea", config.extra["campaign"].unit_name(slug), config.site_url, "dia-ban", slug)


def _thing(kind: str, name: str, site: str, folder: str, slug: str):
    return {"@type": kind, "name": name, "url": f"{site}{folder}/{slugify(slug)}/"}


def _at(article) -> str:
    return f"{article['date']}+07:00"


def _publisher(config):
    return {"@id": f"{config.site_url}#co-quan"}
