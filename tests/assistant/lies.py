"""True sentences built from a report's own figures, and every way to make a lie of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.reading import Reading, Readings
from assistant.tracing import Proof
from ingest.clauses import Clause
from ingest.report import Figure, Report


@dataclass(frozen=True)
class Telling:
    """A figure as it is told: what a mutation touches. `number` is the value as written, with its unit."""

    figure: Figure
    clause: Clause
    proof: Proof
    number: str
    indicator: str
    period: str
    tail: str = ""

    @property
    def sentence(self) -> str:
        """The figure in a sentence of its own words: "2022上半年,固定资产投资同比增长0.6%"."""
        figure, planned = self.figure, self.figure.status == "计划"
        comma = "计划:" if planned and figure.aspect == "数值" else ","
        return f"{self.period}{comma if self.period else ''}{self.subject}{self.tail or self.verb}{self.number}"

    @property
    def subject(self) -> str:
        scope = self.figure.scope
        framed = self.figure.aspect in ("排名", "与平均之差")
        return self.indicator if framed or not scope or scope in self.indicator else f"{scope}{self.indicator}"

    @property
    def verb(self) -> str:
        figure = self.figure
        moved = "下降" if figure.value < 0 else "增长"
        ranked = {"同比": "增速", "数值": "总量"}.get(figure.side, "")
        done = {"完成": "完成", "预计": "预计"}.get(figure.status, "")
        return {
            "数值": done,
            "同比": f"同比{moved}",
            "环比": f"环比{moved}",
            "排名": f"{ranked}{figure.scope}排名",
            "完成率": "完成全年任务",
            "目标任务": "全年任务",
            "与平均之差": f"增速高于{figure.scope}平均水平",
        }[figure.aspect]


# Nouns so wide that they name many things of a paragraph: "项目", "任务".
_WIDE = re.compile(r"任务|力争|^(?:项目|企业|措施|政策|建设总数)$")


def tellings(report: Report) -> list[Telling]:
    """Return the figures of a report that a sentence can tell, each proven by the sentence that it stands in."""
    readings = Readings()
    return [t for passage in report.passages for t in _of_passage(readings.of(report, passage))]


def _of_passage(reading: Reading) -> Iterator[Telling]:
    for clause, figures in zip(reading.clauses, reading.figures, strict=True):
        around = [c for c in reading.clauses if c.sentence == clause.sentence]
        proof = Proof(reading, around[0].start, around[-1].end)
        for figure in figures:
            told = Telling(figure, clause, proof, figure.text, figure.indicator, figure.period)
            if figure.aspect in _TOLD and figure.indicator and not _WIDE.search(figure.indicator):
                yield told


_TOLD = ("数值", "同比", "环比", "排名", "完成率", "目标任务", "与平均之差")

Mutation = Callable[[Telling, "World"], Iterator[Telling]]


@dataclass(frozen=True)
class World:
    """All that a report says: where a lie takes another's period, indicator or number from."""

    told: tuple[Telling, ...]

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(t.indicator for t in self.told))

    @cached_property
    def _by_passage(self) -> dict[str, list[Telling]]:
        found: dict[str, list[Telling]] = {}
        for told in self.told:
            found.setdefault(told.figure.passage_id, []).append(told)
        return found

    def beside(self, told: Telling) -> list[Telling]:
        """Return what is told in the same paragraph."""
        return self._by_passage[told.figure.passage_id]

    def is_true(self, lie: Telling) -> bool:
        """Whether the paragraph says the same number of the other indicator as well."""
        key = (abs(lie.figure.value), lie.figure.unit, lie.figure.aspect)
        same = [t for t in self.beside(lie) if (abs(t.figure.value), t.figure.unit, t.figure.aspect) == key]
        return any(t.indicator == lie.indicator for t in same)


def digit(told: Telling, world: World) -> Iterator[Telling]:
    for at, letter in enumerate(told.number):
        for other in "0123456789":
            if letter.isdigit() and letter != other and (at or other != "0"):
                yield replace(told, number=f"{told.number[:at]}{other}{told.number[at + 1 :]}")


def point(told: Telling, world: World) -> Iterator[Telling]:
    if "." in told.number:
        yield replace(told, number=told.number.replace(".", ""))
    elif m := re.match(r"\d{2,}", told.number):
        yield replace(told, number=f"{m[0][:-1]}.{m[0][-1]}{told.number[m.end() :]}")


def longer(told: Telling, world: World) -> Iterator[Telling]:
    if told.number[0] in "123456789":
        yield replace(told, number=f"1{told.number}")
        yield replace(told, number=re.sub(r"^(\d+)", r"\g<1>0", told.number))


def shorter(told: Telling, world: World) -> Iterator[Telling]:
    if re.match(r"\d[1-9]", told.number):
        yield replace(told, number=told.number[1:])


def scale(told: Telling, world: World) -> Iterator[Telling]:
    if re.search("[万亿]", told.number):
        yield replace(told, number=re.sub("[万亿]", "", told.number))
        yield replace(told, number=told.number.translate(str.maketrans("万亿", "亿万")))
    elif told.number[0].isdigit() and told.figure.unit not in ("%", "个百分点"):
        yield replace(told, number=re.sub(r"^([\d.]+)", r"\1万", told.number))


_UNITS = {
    "亿元": ("亿美元", "%", "亿斤"),
    "万元": ("万美元", "元"),
    "%": ("个百分点", "‰", "倍"),
    "个百分点": ("%",),
    "家": ("个", "户"),
    "个": ("家", "项"),
    "项": ("个", "件"),
    "套": ("户", "间"),
    "万平方米": ("平方米", "万亩", "公顷"),
    "公顷": ("亩", "平方公里"),
    "亩": ("公顷", "平方米"),
    "万件": ("件", "万次"),
    "天": ("个月", "小时"),
}


def unit(told: Telling, world: World) -> Iterator[Telling]:
    for other in _UNITS.get(told.figure.unit, ()):
        if told.figure.unit in told.number:
            yield replace(told, number=told.number.replace(told.figure.unit, other))


def rank(told: Telling, world: World) -> Iterator[Telling]:
    if told.figure.aspect == "排名":
        for other in "一二三四五六七八":
            lie = replace(told, number=f"第{other}")
            true = {str(t.number).rstrip("名") for t in world.beside(told) if t.indicator == told.indicator}
            if lie.number not in true:
                yield lie


def frame(told: Telling, world: World) -> Iterator[Telling]:
    for other in ("全国", "全市", "全省"):
        if told.figure.aspect in ("排名", "与平均之差") and other != told.figure.scope:
            yield replace(told, tail=told.verb.replace(told.figure.scope, other))


def comparison(told: Telling, world: World) -> Iterator[Telling]:
    swapped = {"同比": "环比", "环比": "同比"}
    for one, other in swapped.items():
        if one in told.verb:
            yield replace(told, tail=told.verb.replace(one, other))


def direction(told: Telling, world: World) -> Iterator[Telling]:
    for one, other in (("增长", "下降"), ("下降", "增长"), ("高于", "低于")):
        if one in told.verb:
            yield replace(told, tail=told.verb.replace(one, other))


_ASPECTS = {
    "数值": ("同比增长", "全年任务", "环比增长"),
    "同比": ("占全市比重", "完成全年任务", "全年任务", "高于全市平均水平"),
    "环比": ("占全市比重", "完成全年任务", "全年任务"),
    "完成率": ("同比增长", "占全市比重"),
    "目标任务": ("完成", "同比增长", "完成全年任务"),
    "与平均之差": ("同比增长", "同比下降", "环比增长"),
}


def aspect(told: Telling, world: World) -> Iterator[Telling]:
    for other in _ASPECTS.get(told.figure.aspect, ()):
        if not (other == "全年任务" and told.figure.status == "计划"):
            yield replace(told, tail=other)


_PERIODS = ("2022一季度", "2022上半年", "2022年6月", "2022年", "2021上半年", "2023年", "2022年1-5月", "今年8月", "去年")


def period(told: Telling, world: World) -> Iterator[Telling]:
    others = (
        "2022一季度",
        "2022上半年",
        "2022年6月",
        "2022年",
        "2021上半年",
        "2023年",
        "2022年1-5月",
        "今年8月",
        "去年",
    )
    for other in others:
        of_year = told.figure.status == "计划" and other == "2022年"
        if other != told.figure.period and not of_year and told.figure.aspect != "目标任务":
            yield replace(told, period=other)


def indicator(told: Telling, world: World) -> Iterator[Telling]:
    for other in world.indicators:
        within = other in told.clause.text or other in told.indicator or told.indicator in other
        lie = replace(told, indicator=other)
        if not within and other != told.figure.scope and not world.is_true(lie):
            yield lie


def region(told: Telling, world: World) -> Iterator[Telling]:
    for other in ("海淀区", "上海市"):
        yield replace(told, indicator=f"{other}{told.subject}", period="")


def status(told: Telling, world: World) -> Iterator[Telling]:
    if told.figure.aspect != "数值":
        return
    if told.figure.status == "计划":
        yield replace(told, tail="已完成", period="")
        yield replace(told, figure=replace(told.figure, status="完成"), period="今年上半年")
    elif told.figure.status == "完成":
        yield replace(told, figure=replace(told.figure, status="计划"), tail=" ")
        yield replace(told, tail="全年任务")


def elsewhere(told: Telling, world: World) -> Iterator[Telling]:
    stands = {(abs(n.figure.value), n.figure.unit) for n in told.proof.numbers}
    for other in world.told:
        if other.figure.aspect == told.figure.aspect and (abs(other.figure.value), other.figure.unit) not in stands:
            yield replace(told, number=other.number)


MUTATIONS: tuple[Mutation, ...] = (
    digit,
    point,
    longer,
    shorter,
    scale,
    unit,
    rank,
    frame,
    comparison,
    direction,
    aspect,
    period,
    indicator,
    region,
    status,
    elsewhere,
)
