"""Aspects: which side of an indicator a number tells (数值, 同比, 排名 ...), by the cues beside it."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.language.units import Dimension


class Aspect(StrEnum):
    VALUE = "数值"
    YEAR_ON_YEAR = "同比"
    MONTH_ON_MONTH = "环比"
    RANK = "排名"
    SHARE = "占比"
    COMPLETION = "完成率"
    TARGET = "目标任务"
    AGAINST_AVERAGE = "与平均之差"
    AGAINST_TARGET = "与任务之差"
    CONTRIBUTION = "拉动"
    ORIGIN = "起点"


# "环比", "较5月份增长", "比上月", "比一季度提高"
_MONTHLY = re.compile(r"环比|[较比]\d{1,2}月份?|[较比]上[个]?月|[较比][上一二三四]季度")
# Words of change; the first group falls, the second rises.
FALLS = re.compile(
    r"下降|减少|减[产收支]|降低|回落|下滑|负增长|下跌|收窄|缩减|削减|压减|压降|压缩|缩短|降幅|减[了至]?$|跌"
)
RISES = re.compile(r"(?<!自然)增长|增加(?!值)|增[产支]|上升|提高|上涨|提升|增幅|增速|增收|涨幅|涨|翻|扩大|同比|年均增")
# "提高到58.5%", "由9.8%降至7.5%": the value reached, not the change; "增速提高到6%" stays one
_REACHED = re.compile(
    r"(?:增长|增加|提高|提升|上升|上涨|下降|降低|减少|回落|扩大|缩小|压减|[增降升减扩])(?:到|至|为)(?:了|近|约|超过?|逾|历史[^,]{0,4}|(?:\d{4}年(?:底|末)?|现在|目前|当前)的?)*$"
)
_RATE = re.compile(r"增速|增幅|降幅|涨幅|增长率|同比|环比")
# "居民医保财政补助标准增加30元", "贫困人口减少1386万"
_CHANGED_BY = re.compile(
    r"(?:增加|减少|增长|下降|提高|降低|上升|上涨|回落|少收|多收|[增减][产收支]|[前后]移|[较比](?:年初|上年末?|去年末?)(?:新增|净增))了?(?:近|约|超过?|逾|大约|至少)?$"
)
# "稳定经济增长45条措施": the number counts what follows it
_NAMES = re.compile(r"(?!左右|以上|以下|以内|多|余|和|及)[\u4e00-\u9fff]")
# "拉动GDP增长0.1个百分点", "正向拉动全市投资10.7个百分点"
_PULLS = re.compile(r"拉动|贡献(?!率)")
# "高于全市平均水平", "低于全国", "快于全省"
_AVERAGE = re.compile(
    r"(?:(?:高|低|快|慢|好|优)于|高出|超出)[^,。;]{0,8}?(?:平均|全[国市省区]|地区生产总值|水平|同期)|比全[国市省区][^,。;]{0,6}(?:高|低|快|慢)"
)
# "增速高于全部规上工业2.3个百分点"
_FASTER = re.compile(r"(?:高|低|快|慢)于(?![^,。;]{0,8}(?:上年|去年|同期|\d年))[^,。;\d]{2,14}$")
# "高于市级下达指标任务", "好于年度目标", "超目标"
_AGAINST_TARGET = re.compile(
    r"(?:高|低|好|快|优)于[^,。;]{0,10}?(?:任务|目标|计划|预期)|超(?:过|出)?[^,。;]{0,8}(?:目标|任务|计划|预期)"
)
# "占全市比重", "占比", "比重为"
_SHARE = re.compile(r"占[^,。;]{0,20}$|占比|比重|份额|相当于[^,。;]{2,20}$")
# "争取建设任务162项", "可量化任务15项": tasks that are counted
_TASKS = re.compile(r"[\u4e00-\u9fff”]{2}(?<!全年)(?<!年度)(?<!目标)(?<!下达)(?<!指标)任务$")
# "对经济增长的贡献率接近60%"
_GROWTH_NOUN = re.compile(r"增长(?=的?贡献率)")
# "74%以上用于民生"
_SPENT = re.compile(r"(?:以上|左右|多)?(?:用于|投向|来自)")
# "完成全年任务55.3%", "完成率达84%", "完成进度达82.4%", "完成年度计划的"
_COMPLETION = re.compile(
    r"完成[^,。;\d]{0,6}(?:任务|目标|计划|预算|进度|比例)[^,。;\d]{0,4}$|完成率|进度[达为]?$|完成进度|完成比例|序时进度|投资进度"
    r"|(?:为|占|达到?|相当于)[^,。;\d]{0,4}(?<!公共)(?<!基金)(?<!经营)(?:预算|计划|任务|目标)数?的$"
)
# "全年任务800亿元", "年度目标4%", "目标任务"
_TARGET = re.compile(
    r"(?:任务|目标|计划(?!生育|总投资)|预期(?!寿命)|(?<!公共)(?<!基金)(?<!经营)预算(?!收入|支出|内|外|执行|单位|资金|投资|安排|评审|绩效|调整|稳定|管理|公开|约束)|指标)(?:数|值|量|任务|目标)?(?:是|为|数|:|开工|完工|新增|达到|达|总投资)?[^,。;、和\d完成实现达下]{0,4}$|任务$|目标$"
)


def aspect_of(dimension: Dimension, before: str, after: str = "", clause: str = "") -> Aspect:
    """Return the aspect of a number of `dimension` by the folded text `before` it (from the number before) and `after`
    it; `clause` is all that stands before it in its clause.

    >>> aspect_of(Dimension.PERCENT, "增速高于全市平均水平").value
    '与平均之差'
    """
    if dimension is Dimension.RANK:
        return Aspect.RANK
    if _AGAINST_TARGET.search(before):
        return Aspect.AGAINST_TARGET
    if _AVERAGE.search(before) or (dimension is Dimension.POINTS and _FASTER.search(before)):
        return Aspect.AGAINST_AVERAGE
    if dimension is Dimension.POINTS and _PULLS.search(before):
        return Aspect.CONTRIBUTION
    if _REACHED.search(before) and not _RATE.search(clause or before):
        return Aspect.SHARE if re.search("占比|比重", clause) else Aspect.VALUE
    if dimension in (Dimension.PERCENT, Dimension.TIMES, Dimension.POINTS):
        return _ratio_aspect(dimension, before, after, clause)
    if re.match(r"的(?:年度|全年|预期)?(?:目标|任务)", after):
        return Aspect.TARGET
    if re.search(r"(?:同比|比上年|比去年)[^,。;]{0,6}$", before) or re.search(
        r"(?:较|比)(?:上年|去年)\S{0,4}(?:增加|减少|提高)$", before
    ):
        return Aspect.YEAR_ON_YEAR
    if _CHANGED_BY.search(before) and not _NAMES.match(after):
        return Aspect.YEAR_ON_YEAR
    if dimension is Dimension.COUNT and _TASKS.search(before):
        return Aspect.VALUE
    return Aspect.TARGET if _TARGET.search(before) else Aspect.VALUE


def _ratio_aspect(dimension: Dimension, before: str, after: str, clause: str) -> Aspect:
    if re.match(r"的(?:年度|全年|预期)?(?:目标|任务)", after):
        return Aspect.TARGET
    if _MONTHLY.search(before) or (
        "环比" in clause and "同比" not in before and RISES.search(before + "增" * (not before))
    ):
        return Aspect.MONTH_ON_MONTH
    if _COMPLETION.search(before):
        return Aspect.COMPLETION
    before = _GROWTH_NOUN.sub("", before)
    changed = max((m.start() for r in (FALLS, RISES) for m in r.finditer(before)), default=-1)
    share = max((m.start() for m in _SHARE.finditer(before)), default=-1)
    if share > changed:
        return Aspect.SHARE
    if changed < 0 and _SPENT.match(after):
        return Aspect.SHARE
    if changed >= 0 or dimension is Dimension.POINTS:
        return Aspect.YEAR_ON_YEAR
    return Aspect.TARGET if _TARGET.search(before) else Aspect.VALUE


def direction(before: str) -> int:
    """Return -1 where the text `before` a change says that it fell, else 1; the nearest word decides."""
    falls = max((m.end() for m in FALLS.finditer(before)), default=-1)
    rises = max((m.end() for m in RISES.finditer(before)), default=-1)
    return -1 if falls > rises else 1


# What a question asks for, in the order in which the cues decide.
_ASKED: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    (Aspect.MONTH_ON_MONTH, re.compile(r"环比|[比较]\d{1,2}月份?|[比较]上个?月|[比较]前一?个?月")),
    # "第几", "排名多少", "名次", "排位", "排多少名", "rank"
    (
        Aspect.RANK,
        re.compile(
            r"老几|第几(?![届批次版期章])|[第排列]几名|排名|排第|名次|位次|排位|排在|排行|名列|位列|位居|排几|(?<!安)排多少|(?:老|第)几(?![届批次版期章])|是不是第|第[一二三四五六七八九十](?![批期届轮版个次章产季年])|倒数|(?<![谁个家])领先(?!多少|几|了)|什么(?:名次|位次|位置)|榜首|首位|\brank",
            re.I,
        ),
    ),
    (
        Aspect.COMPLETION,
        re.compile(
            r"完成率|完成(?:到|了)?(?:百分之[几多]|几成)|任务进度|完成进度|完成比例|完成了?(?:全年|年度)?(?:任务|目标|计划)?的?(?:百分之几|百分比|百分之多少|几成|多大比例)|任务的?(?:百分之|比例)|(?:任务|计划|目标)[^,。?]{0,4}完成得?(?:更|最|比较)?[快慢好多]|进度(?:是|为|有|达|到)?(?:多少|如何|怎么样|怎样|百分)|占全年|完成全年任务(?:的)?(?:多少|百分|比例|了)"
        ),
    ),
    (
        Aspect.AGAINST_TARGET,
        re.compile(
            r"(?:(?:高|低|好|优)[于出过]|超[过出]?|跑赢|赢)[^,。]{0,10}(?:任务|目标|计划|预期)[^,。]{0,6}(?:多少|几|百分点)|比[^,。]{0,10}(?:任务|目标|计划)[^,。]{0,4}(?:高|低|好|超)"
        ),
    ),
    (
        Aspect.AGAINST_AVERAGE,
        re.compile(
            r"(?:高|低|快|慢|好|优|强|差)[于出过]?[^,。]{0,8}(?:平均|全[国市省区]|北京市|水平)|比(?![例重])[^,。]{0,6}(?:平均|全[国市省区]|北京市)[^,。]{0,10}(?:高|低|快|慢|多|少)|[高低快]出|百分点|领先了?(?:多少|几)|拉开[^,。]{0,6}(?:差距|距离)|(?:跟|和|与|同)[^,。]{0,6}(?:平均|均值|全[国市省区])|(?:跟|和|与|同)[^,。]{0,4}全[\u4e00-\u9fff]{2}[^,。]{0,2}比|(?:跟|和|与|同)[^,。]{0,6}(?:平均|全[国市省区])[^,。]{0,4}比|输给|赢过|跑赢|比全[\u4e00-\u9fff]{1,3}(?:快|高|慢|低|多|少)|均值"
        ),
    ),
    (Aspect.CONTRIBUTION, re.compile(r"拉动[^,。?]{0,20}(?:多少|几)个?(?:百分)?点")),
    (Aspect.SHARE, re.compile(r"占比|占[^,。地]{0,10}(?:多少|比重|比例|几成|百分)|比重|份额")),
    (
        Aspect.YEAR_ON_YEAR,
        re.compile(
            r"同比|一[增升涨][、,]?一[减降跌]|一[减降跌][、,]?一[增升涨]|增长(?:了|率|速度|幅度)?的?(?:多少|几|百分|是|怎|如何|情况|目标|预期|预计|区间|计划|更|最|快|慢|$)|增速|增幅|降幅|涨幅|跌幅|增长率|(?:下滑|下降|上涨|增长|减少|回落|上升|提高)的?幅度|幅度有?多[大少]|涨了?(?:多少|几|没)|跌了?(?:多少|几)|降了?(?:多少|几|没)|(?:下降|减少|上升|上涨|提高|下滑|增加)了?(?:多少|几|百分|没|吗)"
            r"|[暴大猛狂骤][涨跌增降减]|反弹|回升|缩水|滑坡|(?:下降|下滑|减少|降低|增长|上涨|上升|增加|提高)了?\d|比(?:去年|上年)|较(?:去年|上年)|跟去年比|与去年|增长还是|增还是减|涨还是跌|升还是降|增长吗|下降吗|涨没涨|growth|grow|increase|yoy",
            re.I,
        ),
    ),
)
_ASKED_TARGET = re.compile(
    r"(?:国务院|国家|中央|政府|总理|两会|报告|[省市区]里|年初)[^,。?]{0,8}[定划](?:的|了|下)|定的(?:增速|增长|目标|任务|数|那)"
    r"|控制线|红线|(?:全年|年度|今年|总)的?盘子|(?:全年|年度|今年|本年|下半年)?(?:的)?(?:任务(?!是[哪什]|有哪|包括|清单)|目标|指标)(?:数|值|量)?|计划(?:总|完成|投|要|建|新)|底线|target",
    re.I,
)


def asked_aspects(question: str) -> tuple[Aspect, ...]:
    """Return the aspects that the folded `question` asks for, in the order of the table; () where it names none.

    >>> [a.value for a in asked_aspects("固定资产投资增速多少,全市第几")]
    ['排名', '同比']
    """
    return tuple(aspect for aspect, cue in _ASKED if cue.search(question))


def asks_target(question: str) -> bool:
    """Whether the folded `question` names a target or plan ("全年任务", "目标")."""
    return _ASKED_TARGET.search(question) is not None
