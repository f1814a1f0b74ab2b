"""The server of `make audit` serves as hosts do: headers by their rules, compression, what a browser has already."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from audit.figures import ToolError
from audit.server import Rule, Server, headers_of, read_rules, serving

RULES = """\
# what the host adds
/*
  Content-Security-Policy: default-src 'none'; img-src 'self' data:
  X-Both: one
/assets/*
  Cache-Control: public, max-age=1

  X-Both: two
/mo-hinh/:ten/
  X-Model: yes
"""


def test_header_rules_are_read_as_hosts_read_them() -> None:
    rules = read_rules(RULES)
    assert [rule.pattern for rule in rules] == ["/*", "/assets/*", "/mo-hinh/:ten/"]
    policy = {"Content-Security-Policy": "default-src 'none'; img-src 'self' data:"}
    assert headers_of(rules, "/") == {**policy, "X-Both": "one"}
    assert headers_of(rules, "/assets/a/b.css") == {
        **policy,
        "X-Both": "one, two",
        "Cache-Control": "public, max-age=1",
    }
    assert headers_of(rules, "/mo-hinh/a/") == {**policy, "X-Both": "one", "X-Model": "yes"}
    assert headers_of(rules[2:], "/mo-hinh/a/b/") == {}


def test_dots_of_a_pattern_are_dots() -> None:
    rule = Rule("/a.b", (("X", "y"),))
    assert rule.means("/a.b")
    assert not rule.means("/aXb")
    assert not rule.means("/a.b/c")


def test_rules_are_those_of_the_address_where_the_site_is_published(tmp_path: Path) -> None:
    canonical = '<!doctype html><link rel="canonical" href="https://vd.example/cong/dan-van/">'
    (tmp_path / "index.html").write_text(canonical, encoding="utf-8")
    (tmp_path / "_headers").write_text(
        "/cong/dan-van/\n  X-Home: yes\n/*\n  X-All: yes\n/\n  X-Root: yes\n", encoding="utf-8"
    )
    with serving(tmp_path) as server:
        line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        line.connect()
        answer, _ = ask(line, "/")
        line.close()
    assert [answer.headers[name] for name in ("X-Home", "X-All", "X-Root")] == ["yes", "yes", None]


@pytest.mark.parametrize("text", ["  X-Early: yes\n", "/*\n  no header\n", "/*\nX-Flush: left\n", "assets/*\n  X: y\n"])
def test_a_line_that_is_no_rule_is_an_error_with_its_place(text: str) -> None:
    with pytest.raises(ToolError, match=r"_headers:\d: neither"):
        read_rules(text)


PAGE = "<!doctype html><title>Trang</title>" + "<p>Dân vận khéo</p>" * 200
PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        **{"index.html": PAGE, "tin/index.html": PAGE, "404.html": "<!doctype html><title>Không có</title>"},
        **{"assets/main.0123abcd.css": "p { color: red }" * 50, "_headers": RULES, "_redirects": "/x /y 301\n"},
        **{"style.css": "p { color: red }"},
    }
    for path, text in files.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text, encoding="utf-8")
    (tmp_path / "site/assets/anh.jpg").write_bytes(PICTURE)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    with serving(site) as server:
        yield server


@pytest.fixture
def line(server: Server) -> Iterator[http.client.HTTPConnection]:
    """One connection: a second answer over it shows that it is kept alive."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.connect()
    yield connection
    connection.close()


def ask(line: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str):
    socket = line.sock
    line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = line.getresponse()
    body = answer.read()
    assert line.sock is socket is not None
    return answer, body


def test_text_is_compressed_for_those_who_take_it(server: Server, line: http.client.HTTPConnection) -> None:
    answer, packed = ask(line, "/tin/", Accept_Encoding="gzip, br")
    assert (answer.status, answer.headers["Content-Encoding"], answer.headers["Vary"]) == (
        200,
        "gzip",
        "Accept-Encoding",
    )
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert int(answer.headers["Content-Length"]) == len(packed) < 300
    assert gzip.decompress(packed).decode() == PAGE
    answer, plain = ask(line, "/tin/")
    assert (answer.headers["Content-Encoding"], plain.decode()) == (None, PAGE)
    answer, picture = ask(line, "/assets/anh.jpg", Accept_Encoding="gzip")
    assert (answer.headers["Content-Encoding"], answer.headers["Content-Type"], picture) == (
        None,
        "image/jpeg",
        PICTURE,
    )


def test_an_answer_is_as_large_as_it_is_said_to_be(server: Server, line: http.client.HTTPConnection) -> None:
    answer, body = ask(line, "/tin/?a=b", Accept_Encoding="gzip")
    head = "\r\n".join(["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in answer.headers.items()), "", ""])
    ask(line, "/style.css", "HEAD")
    assert [(sent.address, sent.size) for sent in server.sent[:1]] == [("/tin/", len(head) + len(body))]


def test_what_the_site_says_of_headers_comes_before_what_the_server_would(line: http.client.HTTPConnection) -> None:
    def kept(path: str) -> str:
        answer, _ = ask(line, path)
        assert answer.headers.get_all("Content-Security-Policy") == ["default-src 'none'; img-src 'self' data:"]
        (value,) = answer.headers.get_all("Cache-Control")
        return value

    assert kept("/assets/anh.jpg") == "public, max-age=1"
    assert (kept("/tin/"), kept("/style.css")) == ("no-cache", "public, max-age=600")


def test_without_rules_a_name_made_of_the_content_is_kept_for_ever(site: Path) -> None:
    (site / "_headers").unlink()
    with serving(site) as server:
        line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        line.connect()
        answer, _ = ask(line, "/assets/main.0123abcd.css")
        line.close()
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_a_browser_has_is_not_sent_again(line: http.client.HTTPConnection) -> None:
    answer, _ = ask(line, "/tin/")
    again, body = ask(line, "/tin/", If_None_Match=answer.headers["ETag"])
    assert (again.status, body) == (304, b"")
    assert ask(line, "/style.css", If_None_Match=answer.headers["ETag"])[0].status == 200


@pytest.mark.parametrize(
    "path",
    ["/khong-co/", "/_headers", "/_redirects", "/../secret.txt", "/%2e%2e/secret.txt", "/style.css/", "/assets/"],
)
def test_what_is_not_there_is_the_notice_with_status_404(line: http.client.HTTPConnection, path: str) -> None:
    answer, body = ask(line, path)
    assert (answer.status, "Không có" in body.decode()) == (404, True)


def test_an_address_without_its_slash_leads_to_the_one_with_it(line: http.client.HTTPConnection) -> None:
    answer, _ = ask(line, "/tin")
    assert (answer.status, answer.headers["Location"]) == (301, "/tin/")
