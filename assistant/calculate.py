"""Declared calculations over figures of the reports: gap, sum, difference, average, multiple, share, last year's value.

Every operand is a figure with its own citation; the formula is part of the answer. What a report states itself is
never worked out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.calculation.asking import Source
from assistant.calculation.averages import average
from assistant.calculation.changes import pace_of_whole, year_before
from assistant.calculation.computation import Computation
from assistant.calculation.grammar import working_of
from assistant.calculation.medals import medals
from assistant.calculation.operands import Ask, Operands
from assistant.calculation.relations import between, related
from assistant.calculation.shares import share
from assistant.calculation.sides import Lacking, operands_of
from assistant.calculation.targets import completion, gap, of_plan, remainder, whole
from assistant.evidence import Candidate
from assistant.question import Hole, Question
from assistant.slots import hole_of
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.units import Dimension

__all__ = ["DIFFERENCE", "Computation", "Lacking", "Source", "between", "compute", "left", "worked"]


def worked(text: str, source: Source) -> Computation | Candidate | Lacking | None:
    """Return what a folded question asks to be worked out: the calculation, the figure that tells it, or what it lacks;
    None where its grammar shows no calculation."""
    working = working_of(text, (*source.places_of(text), *(text[a:b] for a, b, _ in indicators().find(text))))
    if working is None:
        return None
    hole = Hole(Dimension.POINTS) if _POINTS.search(text) else hole_of(text)
    used = operands_of(working, hole, source)
    if used is None or isinstance(used, Lacking):
        return used
    return related(working.operation, used) if len(used) > 1 else used[0].candidate


# "几个点", "几个百分点"
_POINTS = re.compile(r"(?:多少|几)个?(?:百分)?点")


def compute(question: Question, ask: Ask) -> Computation | None:
    """Return the calculation that the question asks for, None where it asks for none or an operand is missing."""
    if set(question.aspects) & _NEVER or question.spread:
        return None
    operands = Operands(question, fold(question.standalone), ask)
    for cue, method in _METHODS:
        if cue.search(operands.text) and (found := method(operands)) is not None:
            return found
    return None


def left(question: Question, ask: Ask) -> Candidate | None:
    """Return the figure that tells what else would be worked out: what is left of a task, how much of it is done."""
    if question.both or question.wide:
        return None
    operands = Operands(question, fold(question.standalone), ask)
    for cue, finds in ((_LEFT, remainder), (_METHODS[0][0], of_plan)):
        if cue.search(operands.text) and (found := finds(operands)) is not None:
            return found.candidate
    return None


# Aspects that only a report tells.
_NEVER = {Aspect.RANK, Aspect.MONTH_ON_MONTH, Aspect.CONTRIBUTION}
# "相差多少", "高出多少", "多了几个": how far apart two are
DIFFERENCE = re.compile(r"相差|差距|差额|差多少|差几|[多少高低快慢大小]出?(?:了)?(?:多少|几)")
# "还剩多少没做"
_LEFT = re.compile(r"剩(?:下|余)?|没(?:做|完成|建|拆|办|落)|尚未|未完成")

_METHODS: tuple[tuple[re.Pattern[str], Callable[[Operands], Computation | None]], ...] = (
    # "完成了任务的百分之几", "完成全年目标的几成", "完成了几成"
    (
        re.compile(
            r"(?:完成|达到|实现|占)[^,。]{0,10}(?:任务|目标|计划|全年|指标)[^,。]{0,6}(?:百分"
            r"|几成|比例|多少%)|完成率|完成比例|完成了?(?:多大比例|几成|百分之)"
        ),
        completion,
    ),
    # "还差多少", "离目标差多少", "缺口", "超额完成多少", "到2025年比现有的再添几家"
    (
        re.compile(
            r"还[差剩缺得要需有欠短]|缺口|超额.{0,6}(?:多少|几)|超出?.{0,4}(?:任务|目标).{0,4}(?:多少|几)"
            r"|剩(?:下|余)?(?:多少|几)|[离距].{1,16}差|差.{0,4}(?:完成|达到|目标)"
            r"|比.{0,4}(?:任务|目标|计划|要求)[^,。]{0,4}[多少低高](?:多少|几|了)"
            r"|(?:目标|任务|计划)[^,。]{0,4}比[^,。]{0,10}(?:实际|完成)"
            r"|实际[^,。]{0,6}比[^,。]{0,8}(?:目标|任务|计划)"
            r"|比(?:现有|现在|目前|已有).{0,6}(?:多|再|增|添|加)|再[\u4e00-\u9fff]{1,4}(?:多少|几)"
        ),
        gap,
    ),
    # "去年同期是多少", "按增速倒推", "去年上半年大概多少"
    (
        re.compile(
            r"倒推|反推|推算|折算|倒算|(?<![比较])(?:去年|上年).{0,16}(?:大概|大约|算|约)"
            r"|(?<![比较])(?:去年|上年)(?:同期|上半年|[一二三四]季度).{0,14}(?:多少|几)(?!.{0,4}(?:增|降))"
        ),
        year_before,
    ),
    # "全市社零增速是多少": a district tells its own and its lead
    (re.compile(r"全[市省国区].{0,24}(?:增速|增长|同比|涨|跌|下降|升|降)"), pace_of_whole),
    # "总数推算是多少"
    (
        re.compile(
            r"(?:总数|总量|总共|一共|总任务|全部|总计).{0,20}(?:推|算"
            r"|估)|(?:推|算|估).{0,10}(?:总数|总量|总共|一共|总任务)"
        ),
        whole,
    ),
    # "平均每家企业", "每1元撬动多少", "户均"
    (re.compile(r"平均|每一?1?[家户个人名元亩套辆件场次项条所处座].{0,12}(?:多少|几)|[人户]均|[1一][元块]"), average),
    # "占全市的比重", "里占多少"
    (re.compile(r"占.{0,16}(?:多少|比重|比例|百分|几成|份额|多大)|占比|占.{2,12}的?比"), share),
    # "一共多少枚奖牌"
    (re.compile(r"奖牌|几块牌|多少牌"), medals),
)
