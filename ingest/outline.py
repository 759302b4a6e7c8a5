"""The outline of a report: headings -> a tree of sections, and the sections that every block stands in."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ingest.formats.document import RawDocument
from ingest.report import Section

_NUMERAL = "[一二三四五六七八九十百零〇]{1,4}"
# How headings are numbered, the highest first, with a sample.
_STYLES = (
    re.compile(rf"第(?:{_NUMERAL}|\d{{1,2}})篇\s*"),  # 第一篇 总论
    re.compile(rf"第(?:{_NUMERAL}|\d{{1,2}})(?:部分|章|编)\s*[:：]?\s*"),  # 第一章 总则
    re.compile(rf"第(?:{_NUMERAL}|\d{{1,2}})节\s*"),  # 第一节 发展环境
    re.compile(rf"{_NUMERAL}\s*[、．.]\s*"),  # 一、上半年计划执行情况
    re.compile(rf"[（(]\s*{_NUMERAL}\s*[）)]\s*[、.．]?\s*"),  # （一）高强度开展经济调度
    re.compile(r"\d{1,2}\s*(?:、|[.．](?!\d))\s*"),  # 1.海洋科学 but not 2.5
    re.compile(r"[（(]\s*\d{1,2}\s*[）)]\s*"),  # （1）强化监测
    re.compile(r"[①-⑳]\s*"),  # ①强化监测
)
_PARENTHESIZED = 4  # from this style on, numbered lines one below the other are a list, not headings
_ARABIC = 5  # from this style on, a line with a full stop is a paragraph
# 附件, 附件2, 附录一:
_ATTACHMENT = re.compile(r"附(?:件|录|表)\s*[\d一二三四五六七八九十]{0,2}\s*[:：]?")
# 目 录
_CONTENTS = re.compile(r"目\s*录")
# 第一章 总则…………3
_LEADER = re.compile(r"[\s.．…·]*\d*$")
_CONTENTS_LINES, _CONTENTS_CHARACTERS = 300, 100

# The order of a heading among all of its report: attachments and unnumbered parts (0), levels that the format states
# (1), numbers (2), unnumbered subheadings (3), the last of which, sentences, name one paragraph only.
_Key = tuple[int, float]
_TOP: _Key = (0, 0)
_LOWEST: _Key = (3, 0)
_CAPTION: _Key = (3, 1)
_CAPTIONS = 3  # a report writes its headings as sentences if at least so many are


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a report; `paths[i]` are the titles above block i, `plain` the blocks that are paragraphs."""

    sections: tuple[Section, ...]
    paths: tuple[tuple[str, ...], ...]
    plain: tuple[int, ...]


def numbering(line: str) -> tuple[int, str] | None:
    """Return the style of a line's number (0 is the highest) and the line without it; None if it has none.

    >>> numbering("（二）项目投资保持高水平。")
    (4, '项目投资保持高水平。')
    """
    for style, pattern in enumerate(_STYLES):
        match = pattern.match(line)
        if match and match.end() < len(line):
            return style, line[match.end() :]
    return None


def outline(document: RawDocument, front: Collection[int]) -> Outline:
    """Find the headings among the blocks that are not the front, and nest them."""
    lines = [document.line(i) for i in range(len(document.blocks))]
    skipped = set(front) | set(_contents(lines))
    keys = _heading_keys(document, lines, skipped)
    ranks = {found[0]: key for i, key in keys.items() if (found := numbering(lines[i]))}
    tree = _Tree(document)
    for index, line in enumerate(lines):
        if index in keys:
            tree.open(index, keys[index])
        elif index not in skipped and (found := numbering(line)):
            # "（二）…。…", a paragraph, ends the section of the heading "（一）…".
            tree.close(index, ranks.get(found[0]))
        tree.paths.append(tree.path())
        if index not in keys:
            tree.close(index + 1, _CAPTION)
    plain = tuple(i for i in range(len(lines)) if i not in skipped and i not in keys)
    return Outline(tree.finish(), tuple(tree.paths), plain)


@dataclass(slots=True)
class _Tree:
    """The sections while they are being nested: a stack of those that are open."""

    document: RawDocument
    paths: list[tuple[str, ...]] = field(default_factory=list)
    _done: list[Section] = field(default_factory=list)
    _open: list[tuple[_Key, int]] = field(default_factory=list)

    def path(self) -> tuple[str, ...]:
        return tuple(self.document.line(index) for _, index in self._open)

    def open(self, index: int, key: _Key) -> None:
        self.close(index, key)
        self._open.append((key, index))

    def close(self, index: int, key: _Key | None) -> None:
        """End the sections that a heading or a numbered paragraph of this rank cannot stand in."""
        while key and self._open and self._open[-1][0] >= key:
            self._end(index)

    def finish(self) -> tuple[Section, ...]:
        while self._open:
            self._end(len(self.document.blocks))
        return tuple(sorted(self._done, key=lambda section: section.start))

    def _end(self, following: int) -> None:
        _, index = self._open.pop()
        blocks = self.document.blocks
        stop = blocks[following].start if following < len(blocks) else len(self.document.text)
        block = self.document.blocks[index]
        title = self.document.line(index)
        self._done.append(Section(len(self._open) + 1, title, block.start, block.end, stop))


def _heading_keys(document: RawDocument, lines: Sequence[str], skipped: Collection[int]) -> dict[int, _Key]:
    stated = {i: block.level for i, block in enumerate(document.blocks) if block.level and i not in skipped}
    twins = _stated_styles(lines, stated)
    keys: dict[int, _Key] = {i: (1, level) for i, level in stated.items()}
    body = [i for i in range(len(lines)) if i not in skipped and i not in stated and not document.blocks[i].row]
    numbered = _numbered_headings(lines, body)
    keys |= {i: _key(style, twins) for i, style in numbered.items()}
    keys |= dict.fromkeys((i for i in body if _ATTACHMENT.fullmatch(lines[i])), _TOP)
    return keys if stated else keys | _bare_headings(document, lines, body, keys)


def _stated_styles(lines: Sequence[str], stated: dict[int, int]) -> dict[int, int]:
    """Map the number styles to the level that the format gives to headings with such a number."""
    twins: dict[int, int] = {}
    for index, level in stated.items():
        if found := numbering(lines[index]):
            twins[found[0]] = min(level, twins.get(found[0], level))
    return twins


def _key(style: int, twins: dict[int, int]) -> _Key:
    """Place a number style among the levels that the format states, so that 一、 stays above a styled （一）."""
    if style in twins:
        return 1, twins[style]
    higher = [level for other, level in twins.items() if other < style]
    lower = [level for other, level in twins.items() if other > style]
    if higher:
        return 1, max(higher) + 0.1 + style / 100
    return (1, min(lower) - 1 + style / 100) if lower else (2, style)


def _numbered_headings(lines: Sequence[str], body: Sequence[int]) -> dict[int, int]:
    candidates = {i: found[0] for i in body if (found := numbering(lines[i])) and _names(*found)}
    return {i: style for i, style in candidates.items() if not _is_list_item(i, candidates)}


def _names(style: int, title: str) -> bool:
    """Tell whether a numbered line names a section, rather than being a paragraph with a number."""
    if "|" in title or re.search(r"[。；;！!？?].", title):
        return False
    if style >= _ARABIC:
        return len(title) <= 40 and title[-1] not in "。；;：:，,！!"
    return len(title) <= (50 if title[-1] == "。" else 70) and title[-1] not in "；;，,"


def _is_list_item(index: int, candidates: dict[int, int]) -> bool:
    style = candidates[index]
    return style >= _PARENTHESIZED and style in (candidates.get(index - 1), candidates.get(index + 1))


def _bare_headings(
    document: RawDocument, lines: Sequence[str], body: Sequence[int], keys: dict[int, _Key]
) -> dict[int, _Key]:
    """Find the headings without a number.

    Those that come before the first 一、 are the parts of the report, others are subheadings. Sentences on a line of
    their own ("生态底色更加亮丽。") count where the report uses them throughout.
    """
    rest = [i for i in body if i not in keys and i + 1 < len(lines) and not document.blocks[i + 1].row]
    rest = [i for i in rest if numbering(lines[i]) is None]
    bare = [i for i in rest if _is_bare_heading(i, lines, keys)]
    captions = [i for i in rest if _is_caption(lines[i]) and _is_prose(lines[i + 1])]
    rank = _TOP if bare and bare[0] < min(keys, default=-1) else _LOWEST
    return dict.fromkeys(bare, rank) | dict.fromkeys(captions if len(captions) >= _CAPTIONS else (), _CAPTION)


def _is_bare_heading(index: int, lines: Sequence[str], keys: Collection[int]) -> bool:
    """Tell whether an unnumbered line is a heading: short, no sentence, and text or a numbered heading follows."""
    line = lines[index]
    short = len(re.findall("[一-鿿]", line)) >= 4 and len(line) <= 30
    # not 单位：亿元, not the broken line 经济社会发展的
    if not short or re.search(r"[，,。；;：:！!？?|、]|[的和与或及]$", line):
        return False
    before, after = lines[index - 1] if index else "", lines[index + 1]
    follows = index - 1 in keys or before.endswith(("。", "！", "？", "；", "："))
    leads = index + 1 in keys or (len(after) > 30 and "。" in after) or numbering(after) is not None
    return follows and leads and "|" not in after


def _is_caption(line: str) -> bool:
    """Tell whether a line is a sentence that names the paragraph below it: "生态底色更加亮丽。"."""
    number = re.match(r"[一二三四五六七八九十]{1,3}[是要]", line)
    name = line[number.end() if number else 0 : -1]
    return (
        line.endswith("。")
        and 4 <= len(name) <= (40 if number else 20)
        and not re.search(r"[\d。，；：！|]|[以如]下", name)
    )


def _is_prose(line: str) -> bool:
    return len(line) > 60 and "。" in line and "|" not in line


def _contents(lines: Sequence[str]) -> range:
    """Return the blocks of the table of contents: from 目录 until its first entry comes again, as a heading."""
    start = next((i for i, line in enumerate(lines[:60]) if _CONTENTS.fullmatch(line)), None)
    if start is None or start + 1 >= len(lines) or len(lines[start + 1]) > _CONTENTS_CHARACTERS:
        return range(0)
    entry = _bare(lines[start + 1])
    for index in range(start + 2, min(len(lines), start + _CONTENTS_LINES)):
        if len(lines[index]) > _CONTENTS_CHARACTERS:
            break
        if _bare(lines[index]) == entry:
            return range(start, index)
    return range(0)


def _bare(line: str) -> str:
    return re.sub(r"\s", "", _LEADER.sub("", line))
