"""Filters asked in a browser, by the scripts of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Page as Tab

GROUPS = ("loai", "dia-ban", "linh-vuc", "nam", "trang-thai")


class Filtered(NamedTuple):
    """Addresses in their order; by group how many each of its values would leave, of those that leave any."""

    addresses: list[str]
    counts: dict[str, dict[str, int]]


_FILTER = """async ([address, only, queries]) => {
  const { open } = await import(address + "javascripts/search/index.js");
  const { parsed } = await import(address + "javascripts/search/words.js");
  const { filtered, groupsOf } = await import(address + "javascripts/search/filter.js");
  const index = await open(address + "tim-kiem/chi-muc.json");
  const names = only ? await index.piece(index.contents.names) : null;
  const groups = groupsOf(index, only);
  const answers = [];
  for (const text of queries) {
    const query = new URLSearchParams(text);
    const result = await index.evaluated(parsed(query.get("q") || ""), true);
    const { first, counts } = filtered(index, groups, result, { query, only, names, most: 1e6 });
    const found = await Promise.all(first.map(record => index.shown(record)));
    const said = groups.map((group, which) => [group.key, Object.fromEntries(
      [...group.values].map(([key, { place }]) => [key, counts[which].get(place) || 0]).filter(([, count]) => count))]);
    answers.push([found.map(one => one.address), Object.fromEntries(said)]);
  }
  return answers;
}"""


def filtered(tab: Tab, address: str, queries: Sequence[dict[str, str]], only: str | None = None) -> list[Filtered]:
    """What the page finds at these addresses; `only` of one sort of records."""
    return [Filtered(*one) for one in tab.evaluate(_FILTER, [address, only, [urlencode(query) for query in queries]])]
