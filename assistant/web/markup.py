"""Text to HTML. The words of reports and of visitors are data: nothing in them may become markup.

Gradio reads what it shows as Markdown, as a JavaScript template and as Handlebars, so escaping `<` is not enough: every
ASCII sign becomes a character reference, which all of these leave alone and the browser turns back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from ingest.report import Report

SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
MARK = re.compile(r"\[(\d{1,3})\]")


def inert(text: str) -> str:
    """`<b>*a*</b>` -> a text that shows exactly so, in HTML, Markdown and templates alike."""
    return SIGNS.sub(lambda sign: f"&#{ord(sign.group())};", text)


def web_address(url: str) -> str:
    """`url` where a link may go to it (http, https), else ""."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def quoted(passage: str, sentence: str) -> str:
    """`passage` with `sentence` in <mark>; without a mark where the sentence does not stand in it, word for word."""
    before, found, after = passage.partition(sentence) if sentence else (passage, "", "")
    return inert(before) + (f"<mark>{inert(found)}</mark>" if found else "") + inert(after)


@dataclass(frozen=True, slots=True)
class Block:
    """A non-empty line of a report: its number from 1 (as `Passage.paragraph` counts), its half-open offsets."""

    number: int
    start: int
    end: int
    text: str


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs of a report's text, headings included, without the spaces around them."""
    number = 0
    for line in re.finditer(r"[^\n]+", text):
        words = line.group().strip()
        if words:
            number += 1
            start = line.start() + len(line.group()) - len(line.group().lstrip())
            yield Block(number, start, start + len(words), words)


def byline(report: Report) -> str:
    """大兴区发展改革委 · 2022-08-29, as far as it is known; already escaped."""
    return " · ".join(escape(part) for part in (report.issuer, report.published) if part)
