"""What a question asks to be worked out, read from its grammar: an operation and the phrases that it works on.

"A比B多多少", "A和B合计", "A是B的几倍", "A占B的几成", "从X年到Y年A增加了多少": the operation stands in a verb or a noun
of the question, the operands stand on its two sides or in a list. A phrase may be short of what the other one says
("广东GDP增速比山东低几个百分点"); assistant/calculation/phrases.py completes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Operation(StrEnum):
    SUM = "合计"
    DIFFERENCE = "相差"
    MULTIPLE = "倍数"
    SHARE = "占比"
    COMPLETION = "完成率"
    GROWTH = "增幅"
    YEARLY = "年均增量"
    BEFORE = "上年值"
    EACH = "平均"


@dataclass(frozen=True, slots=True)
class Working:
    """An operation on `phrases`, two of them unless it is a sum: minuend and subtrahend, part and whole, later and
    earlier. An earlier phrase `ORIGIN` is what a report tells as the start of a change."""

    operation: Operation
    phrases: tuple[str, ...]
    loosely: bool = False
    """Is worked out only where no report tells it ("大概多少")."""


ORIGIN = "原先"
GOAL = "目标"
_MUCH = r"(?:多少|几|多大|多远|多高|百分之)"
# Cheap look for any of the words below, so that other questions cost nothing.
_CUE = re.compile(
    r"比|较|减|差|合计|合[起在到并]|共|总[计和数]|之和|加|倍|翻|占|超|[高低多少快慢]于|[多高]出|落后|领先|增|涨|升|降|延长|扩大|压缩"
    r"|顶|抵|当于|拉开|悬殊|完成|逆差|顺差|倒|推|大概|大约|均|还[差欠短缺]|分之|提高|回落|缩"
)
# The figures themselves are asked for, side by side.
_BESIDE = re.compile(
    r"哪|谁|分别|各(?:是|有|为|自|占|多少|几)|[都一]起?(?:给|报|列|说)|列一?下|一样|怎么|为什么|什么|还是|请?比较"
)
_BREAK = re.compile(r"[?;:!。]")
# "浓度是多少,比上年同期降了百分之几": two numbers are asked for
_TWICE = re.compile(r"(?:多少|几)[^,?;]*[,?;][^,?;]*(?:多少|几)")

_WAY = (
    r"(?:实际|净|一共|总共|整整)?(?:更?(?:[多少高低大小快慢长短]|便宜|贵)(?:收|打|投|安排|干|卖|发|招|产|建)?|(?:净|又|再)?(?:增加|增长|增产|新增|减少|压缩|压减"
    r"|压|扩大|缩小|净增|增|减|涨|下降|降低|回落|下滑|降|上升|提高|提升|升|延长|扩张))[出上到掉]?了?"
)
_TIMES = re.compile(
    r"^(?P<one>.+?)(?:大约|大概|约)?(?:是|为|有|相当于|达到|等于|顶得?上?|抵得?上?|扩大[到为]了?|增[长加][到为]了?|变成了?|涨到了?)了?"
    rf"(?P<other>[^,。]+?)的?(?:{_MUCH}|好几)倍"
)
# "河南的经济总量顶得上几个宁夏"
_SO_MANY = re.compile(
    r"^(?P<one>.+?)(?:大约|约)?(?:相当于|等于|顶得?上?|抵得?上?)(?:多少|几)个(?P<other>[\u4e00-\u9fff]{2,}?)[了呢]?$"
)
# "固投除以建安投资等于几倍"
_DIVIDED = re.compile(rf"^(?P<one>.+?)除以(?P<other>[^,]+?)(?:等于|得|是|约|,|有).{{0,4}}?{_MUCH}")
# "快递业务量五年翻了几番", "增长到多少倍"
_MULTIPLIED = re.compile(rf"^(?P<head>.+?)(?:一共|总共)?(?:翻了?|扩大了?|增[长加]了?){_MUCH}[倍番]")
_MINUS = re.compile(
    r"^(?P<one>.+?)(?:减去|减掉|扣除|扣掉|刨去)(?P<other>[^,，]+?)(?:等于|得|是|还?剩|之?后|,|还|有).{0,8}?(?:多少|几|多大)"
)
# "建安投资和固投相比少了多少亿"
_COMPARED = re.compile(
    rf"^(?P<one>.+?)(?:和|与|跟|同)(?P<other>[^,]+?)(?:相比|比起来|比较|一比)[,]?(?:要|是|还|都)?{_WAY}{_MUCH}"
)
_MORE = re.compile(
    rf"^(?P<one>.+?)[,]?(?:比起|相比|(?<![同环对占])比(?![重例率])|(?<![比])较(?![大高多低快慢少])|跟(?=.{{2,12}}比))(?P<other>.+?)(?:比|相比)?[,]?(?:要|是|还|都)?{_WAY}{_MUCH}"
)
_ABOVE = re.compile(
    r"^(?P<one>.+?)(?:高出|高于|超出|超过|多于|低于|少于|落后于?|领先于?|多出|快于|慢于|大于|小于)了?"
    rf"(?P<other>[^,。]+?)(?:有|了|约)?{_MUCH}"
)
_APART = re.compile(
    r"^(?P<list>.+?)(?:两者|二者)?(?:之间|间)?(?:的|,)?(?:相差|差距|差额|差值|拉开|悬殊|之差|(?<![逆顺温误落])差(?=了?(?:多少|几|多远|多大)))(?!大[吗不])"
)
# Where a list ends and its sum is asked for.
_TOTAL = re.compile(
    r"(?:[,，]?(?:这|那)?(?:两|二|三|四|五|几)(?:样|笔|项|者|块|类|种|家|个)?(?:数)?)?[,，]?(?:都|全)?"
    r"(?:合计|合起来|合到?一?[块起]儿?|合在一[起块]|合并|一共|总共|拢共|共计|总计|总和|之和|总数|加总|加起来|加到?在?一[块起]儿?|凑一块|相加|件数加"
    r"|共(?=有?(?:多少|几)))"
)
_PART = r"(?:几成|百分之|几分之|多大|多高|多少(?![个家件项户人名亩套万亿])|比重|比例|份额|百分比)"
_SHARE = (
    # "A在B里头占几成"
    re.compile(
        rf"^(?P<one>[^,。]+?)在(?P<other>[^,。]+?)(?:里[头面]?|当中|之中|中|内)[,]?(?:大约|约)?占.{{0,4}}?(?:{_PART}|比)"
    ),
    # "A占B的几成", "A占B多大比重"
    re.compile(
        rf"^(?P<one>[^,。]+?)(?:大约|大概|约|能)?占(?:到|了|据)?(?!比)(?P<other>[^,。]+?)(?:的|里|中)?"
        rf"(?:大概|大约|约)?(?:有|是)?{_PART}"
    ),
    # "A相当于B的百分之几", "A是B的几分之几"
    re.compile(r"^(?P<one>[^,。]+?)(?:相当于|等于|是|为)(?P<other>[^,。]+?)的?(?:百分之|几成|几分之)"),
    # "B里,A占几成", "B当中,A占比多少"
    re.compile(
        rf"^在?(?P<other>[^,。]+?)(?<![其集])(?:里[头面]?(?![头面])|当中|之中|中(?![小国央心介医型级直]))[,]?"
        rf"(?P<one>[^,。]+?)的?(?:占了?(?:{_PART}|比)|(?:占比|比重))"
    ),
)
_COMPLETION = re.compile(
    rf"^(?P<one>[^,。]+?)(?:完成|达到|实现)了?(?P<goal>[^,。]{{0,6}}(?:目标|任务|计划)[量数]?)的?(?:{_MUCH}|比例|%)"
)
# "2015年增长目标达到了吗,差几个百分点", "超额完成了多少人"
_OF_GOAL = re.compile(
    rf"^(?P<head>[^,。]+?)(?:目标|任务|计划|预期)[,]?(?:超额)?(?:达到|完成(?!率)|实现|兑现)(?:了)?(?:吗|没有|没|么)?[,]?(?:还?差|超|多|少)?.{{0,3}}?{_MUCH}"
    rf"|^(?P<beyond>[^,。]+?)超额(?:完成)?了?{_MUCH}"
    rf"|^(?P<short>[^,。]+?)的?(?:目标|任务|计划)[量数]?,[^,。]{{0,10}}?(?:还|尚)[差欠短缺].{{0,2}}?{_MUCH}"
)
# "2020到2025年", "五年间", "“十四五”时期": a stretch of years over which something changed
_STRETCH = re.compile(
    r"(?:从|自)?(?P<from>(?:19|20)\d\d)年?末?(?:到|至|-|—|~)(?P<to>(?:19|20)\d\d)年?末?[,]?(?:这|的)?(?:[\d一二三四五六七八九十]+年)?(?:间|里|来|期间)?[,的]?"
    r"|(?:这|过去|近)?(?<![\d第])(?P<years>[两二三四五六七八九十\d]{1,2})年(?:间|里|来|下来|内|期间|时间)?[,的]?(?!目标)"
    r"|“?(?P<plan>十[二三四五]五)”?(?:时期|期间|以来|这五年|五年)?[,的]?"
)
_CHANGED = re.compile(
    rf"(?P<yearly>年均|平均每年|每年平均)?(?:一共|总共|共|累计|大约|约)?(?:净|多|又)?(?:增[加长产]|新增|净增|增|涨|上[升涨]|提[高升]|升高|扩大|延长|减少|下降|降低|缩减|压减|多|少)(?:出来|出|上去)?了?(?P<much>{_MUCH})"
    r"|(?:净?增[量加额]|涨幅|增幅|增长率)(?:是|为|有|约|大约|折合)*(?P<rate>百分之|多少)"
)
# "2025年进出口总额同比增加了多少亿元", "高速公路通车里程增加了多少公里"
_RISEN = re.compile(
    r"^(?P<head>[^,]{3,}?)(?P<yearly>同比|比上年|比去年)?(?:净增加?|增加|增长|增产|提高|提升|减少|下降|降低|缩短|延长)了?(?:多少|几)(?!%|百分之)[万亿]*[\u4e00-\u9fff]"
)
_PLANS = {"十二五": 2010, "十三五": 2015, "十四五": 2020, "十五五": 2025}
# What a report's readers call a difference or a quotient by a name of its own.
_DERIVED: tuple[tuple[re.Pattern[str], Operation, tuple[str, str]], ...] = (
    (re.compile(r"(?:外贸|贸易)逆差"), Operation.DIFFERENCE, ("进口", "出口")),
    (re.compile(r"(?:外贸|贸易)顺差"), Operation.DIFFERENCE, ("出口", "进口")),
    (re.compile(r"贷存比|存贷比"), Operation.SHARE, ("贷款余额", "存款余额")),
    (
        re.compile(r"城乡(?:居民)?(?:人均)?(?:可支配)?收入(?:之)?比"),
        Operation.MULTIPLE,
        ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
    ),
)
# "从2005年的报告倒着算", "按增幅推算": a value is worked out from the one a year later
_BACKWARDS = re.compile(r"倒[着回过]?[去来]?[推算]|[反倒]推|推算|折算|还原|往回算")
_ROUGHLY = re.compile(r"大概|大约|约(?=多少|几|有)|差不多")
_ASIDE = re.compile(r"^[^,]*?(?:报告|增幅|降幅|增速|倒|推|口径|增长)[^,]*,(?=.{4})|,[^,]*(?:报告|倒|推算|反推)[^,]*$")
# "…推算下来是多少": where what is asked of ends
_ASKS = re.compile(r"(?:是|有|为|大概|大约|约|推算|算)*(?:下来)?(?:大概|大约|约)?(?:是|有)?(?:多少|几)")
_OF_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年")
# "2016年赤字比上年多5600亿,那2015年安排的是多少"
_GIVEN_CHANGE = re.compile(
    rf"^(?P<head>.*?(?P<year>(?:19|20)\d\d)年[^,]*?)比(?:上一?年|去年|前一年)(?:同期)?(?:增[长加]|减少|下降|[多少高低])了?\d[^,]*,那?么?"
    rf"(?P<asked>(?:19|20)\d\d年|上一?年|去年|前一年)[^,]*?{_MUCH}"
)
# "两区新增入库项目平均一个预计投多少亿", "1270户企业户均缓了多少": the things counted, then what comes on each
_EACH = re.compile(
    r"^(?P<counted>[^,]{3,}?)[,]?(?:(?P<per>[户家人])均|(?:平均|均摊)(?:下来|到)?每?一?(?P<unit>[家户个人名亩套辆件场次项条所处座头栋]))"
    rf"(?P<rest>.{{0,16}}?{_MUCH}.*)$"
)
_LIST_MARKS = re.compile(
    r"、|和(?!谐|平)|与|以及|及(?!格)|(?<![增追添参])加上?(?!快|强|大|总|起|到|在|工)|跟|同(?!比|期|步)"
)
# "三批美丽乡村": the batches one by one
_BATCHES = re.compile(r"^(?P<before>.*?)(?:这|全部)?(?P<count>[两二三四])批(?P<noun>[\u4e00-\u9fff].+)$")
_HEAD_NOISE = re.compile(r"^(?:请问|那么|那|这|如果|要是|把|按|照|用|算算|算一算|算一下)+|[,，]?(?:算一下|算算)$")
_BRACKETED = re.compile(r"^(?P<before>.*?)\((?P<list>[^()]*[、和与][^()]*)\)(?P<after>.*)$")


def working_of(text: str, names: Sequence[str] = ()) -> Working | None:
    """Return what a folded question asks to be worked out of figures that it names, None where its words show nothing.
    No conjunction is looked for inside `names` ("呼和浩特", "批发和零售业").

    >>> working_of("广东GDP增速比山东低几个百分点")
    Working(operation=<Operation.DIFFERENCE: '相差'>, phrases=('广东GDP增速', '山东'))
    """
    if not _CUE.search(text) or _BESIDE.search(text) or _TWICE.search(text):
        return None
    for name in names:
        text = text.replace(name, name.translate(_MASKED))
    text = _HEAD_NOISE.sub("", text.rstrip("?？。!呢啊呀吧 "))
    found = next((found for rule in _RULES if (found := rule(text)) is not None), None)
    if found is None or any(_BREAK.search(phrase) for phrase in found.phrases):
        return None
    return replace(found, phrases=tuple(phrase.translate(_UNMASKED) for phrase in found.phrases))


_INNER = "和与及跟同加较共"
_MASKED = {ord(c): 0xE000 + n for n, c in enumerate(_INNER)}
_UNMASKED = {0xE000 + n: c for n, c in enumerate(_INNER)}


def _derived(text: str) -> Working | None:
    for name, operation, (one, other) in _DERIVED:
        if m := name.search(text):
            before, after = text[: m.start()], re.split(r"[是有约大为多,(?]", text[m.end() :])[0]
            return Working(operation, (f"{before}{one}{after}", f"{before}{other}{after}"))
    return None


def _multiple(text: str) -> Working | None:
    if (m := _TIMES.search(text)) or (m := _SO_MANY.search(text)) or (m := _DIVIDED.search(text)):
        return Working(Operation.MULTIPLE, (m["one"], m["other"]))
    if m := _MULTIPLIED.search(text):
        return Working(Operation.MULTIPLE, _ends(m["head"]))
    return None


def _share(text: str) -> Working | None:
    m = next((m for pattern in _SHARE if (m := pattern.search(text))), None)
    return Working(Operation.SHARE, (m["one"], m["other"])) if m and not _GOALS.search(m["other"]) else None


_GOALS = re.compile(r"目标|任务|计划")


def _completion(text: str) -> Working | None:
    m = _COMPLETION.search(text)
    return Working(Operation.COMPLETION, (m["one"], m["goal"])) if m else None


def _of_goal(text: str) -> Working | None:
    m = _OF_GOAL.search(text)
    return Working(Operation.DIFFERENCE, (m["head"] or m["beyond"] or m["short"], GOAL)) if m else None


def _change(text: str) -> Working | None:
    stretch, changed = _STRETCH.search(text), _CHANGED.search(text)
    if stretch is None or changed is None or stretch.start() > changed.start():
        return None
    rest = f"{text[: stretch.start()]}{text[stretch.end() : changed.start()]}".strip(" ,的")
    if not rest or re.search(r"比(?![重例率])", rest):
        return None
    operation = Operation.DIFFERENCE
    if changed["yearly"]:
        operation = Operation.YEARLY
    elif "百分之" in (changed["much"], changed["rate"]):
        operation = Operation.GROWTH
    return Working(operation, _ends(rest, stretch))


def _ends(head: str, stretch: re.Match[str] | None = None) -> tuple[str, str]:
    """Return the phrases of a change: what it is at the end, what it was at the start."""
    stretch = stretch or _STRETCH.search(head)
    if stretch is None:
        return head, ORIGIN
    rest = head if stretch[0] not in head else head.replace(stretch[0], "").strip(" ,的")
    first = last = None
    if stretch["from"]:
        first, last = int(stretch["from"]), int(stretch["to"])
    elif stretch["plan"]:
        first = _PLANS[stretch["plan"]]
        last = first + 5
    if first is None:
        return rest, ORIGIN
    return f"{rest}{last}年", f"{first}年"


def _difference(text: str) -> Working | None:
    for pattern in (_MINUS, _COMPARED, _MORE, _ABOVE):
        if (m := pattern.search(text)) and not _AVERAGE.search(m["other"]):
            return Working(Operation.DIFFERENCE, (m["one"], m["other"]))
    if (m := _APART.search(text)) and len(items := _listed(m["list"])) == 2 and not _AVERAGE.search(m["list"]):
        return Working(Operation.DIFFERENCE, items)
    return None


def _risen(text: str) -> Working | None:
    m = _RISEN.search(text)
    if m is None or _STRETCH.search(m["head"]):
        return None
    return Working(Operation.DIFFERENCE, (m["head"], "前一年" if m["yearly"] else ORIGIN), loosely=True)


# What only a report sets a figure against: "高于全市平均多少"
_AVERAGE = re.compile(r"全[市省国区县]|平均|均值")


def _sum(text: str) -> Working | None:
    m = _TOTAL.search(text)
    if m is None or not _RESULT.search(text[m.end() :]):
        return None
    head = text[: m.start()].strip(" ,")
    if b := _BRACKETED.match(head):
        return Working(Operation.SUM, tuple(f"{b['before']}{item}{b['after']}" for item in _listed(b["list"])))
    if b := _BATCHES.match(head):
        count = {"两": 2, "二": 2, "三": 3, "四": 4}[b["count"]]
        return Working(Operation.SUM, tuple(f"{b['before']}第{n}批{b['noun']}" for n in "一二三四"[:count]))
    items = _listed(head)
    return Working(Operation.SUM, items) if 2 <= len(items) <= _ITEMS else None


_ITEMS = 5
_RESULT = re.compile(rf"{_MUCH}|^[是为有]?$")


def _listed(text: str) -> tuple[str, ...]:
    """Return the items of a list.

    >>> _listed("粮食、大豆和蔬菜三样的播种面积")
    ('粮食', '大豆', '蔬菜三样的播种面积')
    """
    return tuple(item for part in _LIST_MARKS.split(text) if len(item := part.strip(" ,的")) > 1)


def _before(text: str) -> Working | None:
    if m := _GIVEN_CHANGE.search(text):
        return Working(Operation.BEFORE, (m["head"],))
    backwards, roughly = _BACKWARDS.search(text), _ROUGHLY.search(text)
    if backwards is None and roughly is None:
        return None
    head = _ASKS.split(_ASIDE.sub("", text))[0]
    m = _OF_YEAR.search(head)
    if m is None or len(_OF_YEAR.findall(head)) > 1:
        return None
    later = f"{head[: m.start()]}{int(m['year']) + 1}年{head[m.end() :]}"
    return Working(Operation.BEFORE, (later,), loosely=backwards is None)


def _each(text: str) -> Working | None:
    m = _EACH.search(text)
    if m is None or _STRETCH.search(text):
        return None
    unit = m["per"] or m["unit"]
    return Working(Operation.EACH, (f"{m['counted']}有多少{unit}", f"{m['counted']}{m['rest']}"))


_RULES: tuple[Callable[[str], Working | None], ...] = (
    _derived,
    _before,
    _each,
    _multiple,
    _completion,
    _of_goal,
    _share,
    _difference,
    _change,
    _risen,
    _sum,
)
