"""How well figures are read: hand-labelled numbers of real reports against the extracted ones, field by field.

A label says where a number stands (the `nth` occurrence of `text` in the report's text) and what it means. A paragraph
that holds a label is labelled completely, so that any other figure read there is one too many, except kinds that
nobody labelled: ordinals, levels, spans of years, names, bounds that are a part of a name, and vague numbers.
"""

from __future__ import annotations

import json
import re
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from evals.dataset import DATA
from evals.split import Split
from evals.texts import overlap
from ingest import Figure, IngestError, Report, read_report
from ingest.figures import extract_figures, standard_name
from ingest.language.folding import fold
from ingest.language.indicators import indicators

FIELDS = ("indicator", "aspect", "period", "status", "scope")
# A full figure says all of these right; scopes are judged, but what a report calls one is often a matter of taste.
FULL = ("indicator", "aspect", "period", "status")
PREFIX = "figures-"


@dataclass(frozen=True, slots=True)
class Label:
    """One number as a reader understands it; of every field all values that are right, the first the best."""

    file: str
    text: str
    nth: int
    accepted: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Tally:
    """Counts over the labels of a half. `read` are the figures that were found where everything is labelled."""

    labels: int = 0
    read: int = 0
    matched: int = 0
    full: int = 0
    right: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.labels += other.labels
        self.read += other.read
        self.matched += other.matched
        self.full += other.full
        self.right += other.right

    def shares(self) -> dict[str, float]:
        """Return every measure by its name in the table, as a share of 1.

        >>> Tally(labels=4, read=5, matched=4, full=2, right=Counter(scope=3)).shares()["数值+单位 召回"]
        1.0
        """
        per_field = {key: _share(self.right[key], self.matched) for key in FIELDS}
        return {
            "数值+单位 召回": _share(self.matched, self.labels),
            "数值+单位 准确": _share(self.matched, self.read),
            **{_NAMES[key]: per_field[key] for key in FIELDS},
            "全部 召回": _share(self.full, self.labels),
            "全部 准确": _share(self.full, self.read),
        }


_NAMES = {"indicator": "指标", "aspect": "方面", "period": "期间", "status": "状态", "scope": "范围"}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def read_labels(path: Path) -> list[Label]:
    """Read a file of labels: one JSON object a line; `also` are further names, `also_period` … further values."""
    return [_label(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _label(row: Mapping[str, object]) -> Label:
    def accepted(key: str) -> tuple[str, ...]:
        also = row.get("also" if key == "indicator" else f"also_{key}") or ()
        return (str(row[key]), *map(str, also if isinstance(also, list) else ()))

    keys = (*FIELDS, "value", "unit")
    return Label(str(row["file"]), str(row["text"]), int(str(row["nth"])), {key: accepted(key) for key in keys})


def labels_of(split: Split, data: Path = DATA) -> dict[Split, list[Label]]:
    """Return the labels of each half that `split` names."""
    halves = (Split.DEV, Split.TEST) if split is Split.ALL else (split,)
    return {half: read_labels(data / f"{PREFIX}{half}.jsonl") for half in halves}


def find_report(name: str, folders: Sequence[Path]) -> Report | None:
    """Read the report of this file name from the first folder that has it."""
    found = next((path for folder in folders if (path := folder / name).is_file()), None)
    return read_report(found) if found else None


def judge(report: Report, labels: Sequence[Label]) -> Tally:
    """Compare the figures of a report with its labels."""
    tally = Tally(labels=len(labels))
    for label, figure in pairs(report, labels):
        if figure is None:
            continue
        right = [key for key in FIELDS if is_right(key, figure, label)]
        tally.matched += 1
        tally.right.update(right)
        tally.full += set(FULL) <= set(right)
    tally.read = tally.matched + sum(1 for _ in surplus(report, labels))
    return tally


def pairs(report: Report, labels: Sequence[Label]) -> Iterator[tuple[Label, Figure | None]]:
    """Yield every label with the figure that says its value and unit at its place, None where none does."""
    taken: set[int] = set()
    for label in labels:
        span = span_of(report, label)
        near = [f for f in _overlapping(report, span) if f.start not in taken and _same_amount(f, label)]
        figure = max(near, key=lambda f: overlap((f.start, f.end), span), default=None)
        if figure:
            taken.add(figure.start)
        yield label, figure


def surplus(report: Report, labels: Sequence[Label]) -> Iterator[Figure]:
    """Yield the figures of completely labelled paragraphs that match no label and are of no unlabelled kind."""
    spans = [span_of(report, label) for label in labels]
    matched = {figure.start for _, figure in pairs(report, labels) if figure}
    starts = [passage.start for passage in report.passages]
    paragraphs = {report.passages[bisect_right(starts, start) - 1].paragraph for start, _ in spans}
    places = {passage.id for passage in report.passages if passage.paragraph in paragraphs}
    for figure in report.figures:
        if figure.passage_id not in places or figure.start in matched:
            continue
        if any(overlap((figure.start, figure.end), span) for span in spans) or not is_unlabelled(report, figure):
            yield figure


def span_of(report: Report, label: Label) -> tuple[int, int]:
    """Return the half-open span of a label in the report's text.

    :raises IngestError: where the text has no such occurrence, so that the labels are of another text.
    """
    at = -1
    for _ in range(label.nth + 1):
        at = report.text.find(label.text, at + 1)
        if at < 0:
            raise IngestError(f"{label.file}：没有第 {label.nth + 1} 处“{label.text}”,标注与报告不符。")
    return at, at + len(label.text)


def _overlapping(report: Report, span: tuple[int, int]) -> list[Figure]:
    return [f for f in report.figures if overlap((f.start, f.end), span)]


_CLOSE = Decimal("0.0001")  # labels write a third as 0.3333


def _same_amount(figure: Figure, label: Label) -> bool:
    values = map(Decimal, label.accepted["value"])
    return figure.unit in label.accepted["unit"] and any(abs(figure.value - value) <= _CLOSE for value in values)


def is_right(key: str, figure: Figure, label: Label) -> bool:
    """Tell whether a field of a figure is one of the accepted ones."""
    found = getattr(figure, key)
    accepted = label.accepted[key]
    return any(same_indicator(found, name) for name in accepted) if key == "indicator" else found in accepted


# "全市", "我省", "“": what makes no other indicator of one
_NEUTRAL = re.compile(r"^(?:全[国省市区县]|我[国省市区县]|本[省市区县]|其中)|[“”\"'‘’《》()·、的\s]")
# "规模以上企业数量": measures of what has no other
_MEASURES = re.compile(r"(?:总?数量?|总量|总额|额|个数|人数|户数|家数|规模|总数|水平|增速|增幅|占比|比重|排名)$")


def same_indicator(found: str, wanted: str) -> bool:
    """Tell whether two names mean one indicator.

    They do where they, or their standard names, are equal but for quotes, 全市 and a measure ("数", "增速") at the
    end; or where one ends the other, the head noun with words next to it ("协调解决企业问题", "企业问题"): three
    characters of a wanted name, four of a found one or three that are half of what is wanted; or where one begins the
    other and is three fifths of it ("棚户区改造", "棚户区改造开工"). Two indicators of the lexicon are never one.

    >>> same_indicator("全市高新技术企业", "高新技术企业数量"), same_indicator("增加值", "工业增加值")
    (True, False)
    >>> same_indicator("第二产业增加值", "第一产业增加值"), same_indicator("新增上市企业", "上市企业")
    (False, True)
    """
    if not found or standard_name(found) == standard_name(wanted):
        return bool(found)
    ours, theirs = _plain(found), _plain(wanted)
    if theirs in {ours, *map(_plain, indicators().forms.get(found, ()))}:
        return True
    if {standard_name(found), standard_name(wanted)} <= indicators().forms.keys():
        return False
    short, long = sorted((ours, theirs), key=len)
    if len(short) >= 4 and long.startswith(short) and len(short) >= 0.6 * len(long):
        return True
    more = len(theirs) >= 3 and ours.endswith(theirs)
    enough = len(ours) >= 4 or len(ours) >= max(3, len(theirs) / 2)
    return more or (enough and theirs.endswith(ours))


def _plain(name: str) -> str:
    plain = _NEUTRAL.sub("", fold(name).lower())
    return _MEASURES.sub("", plain) or plain


# "第三批", "第34届": ordinals; "首个"
_ORDINAL = re.compile(r"(?:第|首)$")
# "三年行动", "百强县", "三级医院", "五四制": spans, lists, levels
_KIND_AFTER = re.compile(r"年|强|级|届|周年|期|世纪|月|日|版|号|代|维|星")
_KIND_UNIT = ("级", "期", "届", "线", "周年", "岁", "周岁", "方面", "步")
# "60岁以上", "20万元以上企业", "一万人口以下的": bounds in the name of what is counted
_BOUND = re.compile(r"(?:及?以[上下内外]|[内外])的?[\u4e00-\u9fff]")
# "数百家", "几十项", "上千": vague numbers
_VAGUE = re.compile(r"[数几上]$")


def is_unlabelled(report: Report, figure: Figure) -> bool:
    """Tell whether a figure is of a kind that the labels leave out on purpose."""
    before, after = fold(report.text[max(0, figure.start - 12) : figure.start]), fold(report.text[figure.end :][:12])
    quoted = max(before.rfind(mark) for mark in "“《") > max(before.rfind(mark) for mark in "”》")
    return bool(
        quoted
        or figure.unit in _KIND_UNIT
        or _ORDINAL.search(before)
        or _VAGUE.search(before)
        or _KIND_AFTER.match(after)
        or _BOUND.match(after)
    )


def speed(reports: Iterable[Report]) -> float:
    """Return how many characters a second of one core are read into figures."""
    characters, seconds = 0, 0.0
    for report in reports:
        started = time.process_time()
        extract_figures(report)
        seconds += time.process_time() - started
        characters += len(report.text)
    return characters / seconds if seconds else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run over the labels found: a tally per half, the files that were not there, characters a second."""

    tallies: Mapping[Split, Tally]
    missing: tuple[str, ...]
    speed: float


def evaluate(labels: Mapping[Split, Sequence[Label]], folders: Sequence[Path]) -> Outcome:
    """Judge every half on the reports that `folders` have."""
    tallies: dict[Split, Tally] = {}
    missing: list[str] = []
    read: list[Report] = []
    for half, ours in labels.items():
        tally = tallies[half] = Tally()
        for name in dict.fromkeys(label.file for label in ours):
            report = find_report(name, folders)
            if report is None:
                missing.append(name)
                continue
            tally.add(judge(report, [label for label in ours if label.file == name]))
            read.append(report)
    return Outcome(tallies, tuple(missing), speed(read))


def told(outcome: Outcome) -> str:
    """Return the outcome as lines for the terminal."""
    lines = []
    for half, tally in outcome.tallies.items():
        lines.append(f"{half}:{tally.labels} 个标注,读出 {tally.read} 个,数值和单位对上 {tally.matched} 个")
        lines += [f"  {name} {100 * share:.1f}%" for name, share in tally.shares().items()]
    lines += [f"没有找到报告 {name}。请用 --reports 指定它所在的文件夹。" for name in outcome.missing]
    lines.append(f"速度:每秒 {outcome.speed:,.0f} 字(单核)")
    return "\n".join(lines)
