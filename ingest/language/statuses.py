"""Status: whether a figure is done, planned or expected."""

from __future__ import annotations

import re
from enum import StrEnum


class Status(StrEnum):
    DONE = "完成"
    PLANNED = "计划"
    EXPECTED = "预计"


# "预计投入资金", "有望"
_EXPECTED = re.compile(r"预计|预期实现|有望|估算|预测")
# "力争", "确保全年", "计划总投资", "不少于13家", "全年任务800亿元"
_PLANNED = re.compile(
    r"力争|确保|(?<!行动)(?<!工作)计划(?:总投资|完成|新|建|投|实|引|开|用|安排)|(?:全年|年度|目标|预期)(?:的)?任务(?!的|提前|完成)|(?<!实现)(?<!完成)(?<!达到)目标(?!的?(?:顺利|全面|提前|如期|完成|实现|责任|考核))|(?:(?<=[年度标])|(?<![\u4e00-\u9fff”]))任务(?:[是为:]|目标|\d)|将(?=达|实现|完成|建成|建设\d|新[增建开]|增长|超过|突破|投[入资用]|开工|形成|于|在|有|继续|推动|力争)|拟|争取(?=实现|达到|完成|到|在|全年)|年内|(?<![加长高升降达大增减])到20\d\d年|不少于|不低于|年底前?"
)
# Headings that say what lies under them.
_PLAN_HEADING = re.compile(
    r"下半年|下一步|下一阶段|工作安排|主要措施|主要任务|重点工作|重点任务|目标任务|主要目标|工作目标|总体要求|总体思路|工作打算|工作建议|发展目标|预期目标"
    r"|工作部署|努力完成|政府工作总体|20\d\d年工作$|20\d\d年(?:的)?(?:工作|政府工作)(?!回顾|总结)|“?十[四五六]五”?时期(?:的)?(?:主要|经济社会发展|目标|发展|总体)|今后五年|未来五年|建议"
)
_DONE_HEADING = re.compile(
    r"回顾|执行情况|完成情况|工作总结|取得|成效|成就|运行(?:基本)?(?:特点|情况|分析)|过去|基本情况|现状|综合"
)


def status_of_heading(heading: str) -> Status | None:
    """Return the status of what lies under a heading, None where it tells nothing.

    >>> status_of_heading("二、努力完成全年计划的主要措施").value
    '计划'
    """
    if _DONE_HEADING.search(heading):
        return Status.DONE
    return Status.PLANNED if _PLAN_HEADING.search(heading) else None


def status_of_section(section: tuple[str, ...]) -> Status:
    """Return the status that a section path sets; the outermost heading that tells one decides, else 完成."""
    return next((s for s in map(status_of_heading, section) if s is not None), Status.DONE)


def status_of_clause(clause: str, default: Status) -> Status:
    """Return the status of the folded `clause` under a section of status `default`."""
    if _EXPECTED.search(clause):
        return Status.EXPECTED
    if default is Status.DONE and _PLANNED.search(clause):
        return Status.PLANNED
    return default
