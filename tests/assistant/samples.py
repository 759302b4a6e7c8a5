"""Invented reports that look alike, and a way to ask that reads as a conversation.

Three places of one template: 清河区 with two years, 和平区, and 绿水市, a name that no dictionary of places has.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer, Turn
from assistant.pipeline import Assistant
from ingest.report import Report

_TEMPLATE = """{place}{year}年政府工作报告

——{year}年1月{day}日在{place}第八届人民代表大会第四次会议上

{place}{office}  {name}

  一、{before}年工作回顾

  {before}年,地区生产总值完成{done[0]}亿元,增长{done[1]}%。一般公共预算收入完成{done[2]}亿元,增长{done[3]}%。固定资产投资增长{done[4]}%。社会消费品零售总额完成{done[5]}亿元,增长{done[6]}%。城镇新增就业{done[7]}万人,城镇调查失业率为{done[8]}%。

  {project}新建口袋公园{done[9]}个,改造老旧小区{done[10]}个,惠及居民{done[11]}万户。

  二、{year}年工作安排

  {year}年经济社会发展的主要预期目标是:地区生产总值增长{goal[0]}%左右,一般公共预算收入增长{goal[1]}%,固定资产投资增长{goal[2]}%,城镇新增就业{goal[3]}万人以上。

  {intent}改造老旧小区{goal[4]}个,新增公办幼儿园学位{goal[5]}个。
"""


@dataclass(frozen=True)
class Year:
    """What one report says: the actuals of the year before it, the targets of its own."""

    place: str
    year: int
    done: str
    goal: str
    project: str
    intent: str
    office: str = "区长"
    name: str = "林远"
    day: int = 16

    def text(self) -> str:
        return _TEMPLATE.format(
            place=self.place,
            year=self.year,
            before=self.year - 1,
            day=self.day,
            office=self.office,
            name=self.name,
            done=self.done.split(),
            goal=self.goal.split(),
            project=self.project,
            intent=self.intent,
        )


LOOK_ALIKES = {
    "qinghe-2024.txt": Year(
        "清河区",
        2024,
        "1180.5 5.1 86.2 4.3 6.4 402.6 7.2 3.1 5.3 18 42 1.6",
        "5.5 4 7 3 50 3600",
        "",
        "开工建设清河大桥。",
    ),
    "qinghe-2025.txt": Year(
        "清河区",
        2025,
        "1248.3 5.6 89.9 4.2 7.3 428.4 6.4 3.3 5.1 25 53 2.1",
        "5 3.5 6 3.2 60 4200",
        "清河大桥开工建设。",
        "清河大桥年底合龙。",
    ),
    "heping-2025.txt": Year(
        "和平区",
        2025,
        "842.7 4.8 58.4 2.9 3.1 305.1 5.2 2.4 5.4 12 31 0.9",
        "5.2 3 4.5 2.5 35 1800",
        "绿水湖生态廊道建成开放。",
        "启动绿水湖二期治理。",
        name="陈河",
        day=21,
    ),
    "lvshui-2025.txt": Year(
        "绿水市",
        2025,
        "1250.6 5.4 90.8 4.4 7.1 418.2 6.6 3.5 5.2 27 57 2.3",
        "5.8 3.8 6.5 3.4 65 4500",
        "建成绿水客运站。",
        "开工建设绿水北站。",
        office="市长",
        name="周原",
        day=20,
    ),
}


def write_look_alikes(folder: Path) -> Path:
    folder.mkdir()
    for name, report in LOOK_ALIKES.items():
        (folder / name).write_text(report.text(), encoding="utf-8")
    return folder


class Visitor:
    """Asks an assistant; a conversation that was had before is not had again."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._heard: dict[tuple[str, ...], Answer] = {}

    def ask(self, *turns: str) -> Answer:
        """Return the answer to the last of `turns`."""
        if turns not in self._heard:
            history = [Turn("user", turn) for turn in turns[:-1]]
            self._heard[turns] = self.assistant.ask(turns[-1], history)
        return self._heard[turns]

    def report(self, report_id: str) -> Report:
        return next(report for report in self.assistant.index.reports if report.id == report_id)


def bare(text: str) -> str:
    """Return `text` in half width without spaces, thousands separators and citation marks."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\[\d+\]", "", re.sub(r"(?<=\d),(?=\d{3})", "", text))


def turns_of(dialogue: str) -> tuple[str, ...]:
    """Return the turns of a dialogue written in one line: "失业率多少 → 同比呢"."""
    return tuple(turn.strip() for turn in dialogue.split("→"))


def holds(text: str, fragment: str) -> bool:
    """Whether `text` holds a fragment whole: "50亿元" is not in "150亿元"."""
    return re.search(rf"(?<![\d.]){re.escape(fragment)}(?![\d.])", bare(text)) is not None
