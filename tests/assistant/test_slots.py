"""The slots of a question by its words alone: the hole, the status, actual beside plan."""

from __future__ import annotations

import pytest

from assistant.question import Hole
from assistant.slots import asks_both, hole_of, status_asked
from ingest.language.aspects import Aspect
from ingest.language.statuses import Status
from ingest.language.units import Dimension

HOLES = {
    "things counted": ("临空区新增多少家企业", Hole(Dimension.COUNT, "家", "企业")),
    "people": ("新增就业多少人", Hole(Dimension.COUNT, "人", "就业")),
    "number of a noun": ("涉及的学校个数", Hole(Dimension.COUNT, "", "学校")),
    "money": ("发放了多少钱的消费券", Hole(Dimension.MONEY, "", "消费券")),
    "area in a unit": ("造林多少亩", Hole(Dimension.AREA, "亩", "")),
    "area by the noun": ("销售面积是多少", Hole(Dimension.AREA, "", "")),
    "percent": ("失业率百分之几", Hole(Dimension.PERCENT, "", "")),
    "tenths": ("完成几成", Hole(Dimension.PERCENT)),
    "rank is an aspect": ("全市排第几", Hole()),
    "ordinal of an edition": ("举办了第几届", Hole()),
    "grade of water": ("断面水质达到几类", Hole()),
    "nothing named": ("固投完成多少", Hole()),
}


@pytest.mark.parametrize(("text", "hole"), HOLES.values(), ids=HOLES)
def test_the_hole_says_what_is_counted(text: str, hole: Hole) -> None:
    assert hole_of(text) == hole


def test_the_measure_of_an_indicator_is_not_that_of_its_growth() -> None:
    assert hole_of("销售面积增长多少", (Aspect.YEAR_ON_YEAR,)) == Hole()


STATUSES = {
    "half a year that is over": ("上半年完成了多少", Status.DONE),
    "already": ("已经竣工多少套", Status.DONE),
    "rest of the year": ("下半年打算做什么", Status.PLANNED),
    "target": ("全年目标是多少", Status.PLANNED),
    "wish": ("力争建成几个", Status.PLANNED),
    "open": ("固投多少", None),
    "both": ("上半年完成多少,全年目标多少", None),
}


@pytest.mark.parametrize(("text", "status"), STATUSES.values(), ids=STATUSES)
def test_the_status_asked_for(text: str, status: Status | None) -> None:
    assert status_asked(text) is status


BOTH = {
    "respectively": ("实际和目标分别是多少", True),
    "two halves": ("已经下达多少,全年盘子多少", True),
    "done and to do": ("上半年完成了什么,下半年要实现什么", True),
    "now and then": ("现在进度和年底节点各是什么", True),
    "one figure": ("固投多少", False),
    "a target alone": ("全年目标是多少", False),
    "a gap is a calculation": ("离全年目标还差多少", False),
}


@pytest.mark.parametrize(("text", "both"), BOTH.values(), ids=BOTH)
def test_actual_beside_plan_is_asked_for(text: str, both: bool) -> None:
    assert asks_both(text) is both
