"""The reading text of an article or a profile (bản đọc loa): the whole of it as an announcer reads it, and how long that takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..body import Body
from ..text import date_vi, nfc
from .blocks import blocks_of, sentence
from .numbers import cardinal
from .speaker import Speaker

# Announcers before a loudspeaker read 130 to 150 syllables a minute, slower than on the radio, for echoes from other poles and
# listeners at work; the middle of that. Written Vietnamese parts syllables by blanks.
SYLLABLES_A_MINUTE = 140
LENGTH = "Thời lượng đọc: "


def reading_text(
    title: str,
    summary: str,
    body: Body,
    speaker: Speaker,
    *,
    facts: Iterable[tuple[str, str]] = (),
    corrections: Iterable[tuple[date, str]] = (),
    source: str = "",
) -> str:
    """Blocks with a blank line between them: how long it takes, title, summary, `facts` (a label and what it says, as "Địa bàn"),
    the whole body with its footnotes, corrections, the name of the source. No digit is in it but in addresses."""
    say = speaker.spoken
    blocks = [
        sentence(say(title)),
        sentence(say(summary)),
        "\n".join(sentence(say(f"{label}: {value}")) for label, value in facts),
        *blocks_of(body.html, say),
        *(sentence(say(f"Đính chính ngày {date_vi(day)}: {note}")) for day, note in corrections),
        sentence(say(f"Nguồn: {source}")) if source else "",
    ]
    text = nfc("\n\n".join(block for block in blocks if block))
    return f"{LENGTH}{length_in_words(minutes(text))}.\n\n{text}\n"


def minutes(text: str) -> int:
    """How many minutes reading the text aloud takes, rounded; 0 for less than one. The line that says so is not counted."""
    counted = text.split("\n", 1)[1] if text.startswith(LENGTH) and "\n" in text else text
    syllables = _syllables(counted.strip())
    return 0 if syllables < SYLLABLES_A_MINUTE else (syllables + SYLLABLES_A_MINUTE // 2) // SYLLABLES_A_MINUTE


def _syllables(text: str) -> int:
    """Counted by the gaps between them: blanks of a reading text are single, and one line is left free between
    blocks."""
    return text.count(" ") + text.count("\n") - text.count("\n\n") + 1


def length_in_words(count: int) -> str:
    """khoảng ba phút; dưới một phút."""
    return f"khoảng {cardinal(count)} phút" if count else "dưới một phút"
