"""The slots of a question: the hole, the status asked for, the kind."""

from __future__ import annotations

import re

from assistant.question import Hole, Kind, Question
from assistant.terms import is_code
from ingest.language.aspects import Aspect
from ingest.language.indicators import indicators
from ingest.language.statuses import Status
from ingest.language.units import Dimension, unit_dimension

# "多少家企业", "几项任务", "多少钱", "多少亩", "几成"
_HOLE = re.compile(
    r"(?<!第)(?<!排)(?:多少|几|哪几)\s*(?P<scale>[万亿千百十]*)(?P<unit>个百分点|平方公里|立方米|千瓦时|千瓦|公斤"
    r"|标准箱|美元|港元|斤|度|克|平方米|平米|立方米|公顷|公里|亩|元|块钱|钱|家次|人次|场次|批次"
    r"|[个家户名项条宗套间栋张件批部处所座场辆株头台例次种类位天人成米吨度岁倍届%])?"
    r"(?:的)?(?P<noun>[\u4e00-\u9fff]{0,12})"
)
# "断面水质达到几类": a grade, not how many there are
_GRADE = re.compile(r"(?:水质|断面|水体)[^,。?有分]{0,8}[几哪什]么?一?类")
# "企业数量", "涉及的学校个数": how many of the noun
_COUNTED = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2})(?:的)?(?:数量|总数|个数|家数|人数|数目|有几)"
    r"|(?P<before>[\u4e00-\u9fff]{2})(?<![了过到出来在的底破得])(?:一共|总共|共|大概|大约)?(?:有|是|达"
    r"|达到)?(?:多少|几)(?P<unit>[家户个名项条宗套间栋张件处所座场辆台例种人])(?![\u4e00-\u9fff]{2})"
)
# "多少亿", "多少钱": the unit is named, whatever else is asked
_MONEY_STATED = re.compile(r"多少钱|多少万?亿(?![斤吨立千斗度])|多少万?亿?元|几个亿|多少资金")
_MONEY = re.compile(
    r"多少钱|多少[个]?[亿万]?[元块]|多少资金|资金(?:是|有|为|达)?多少|金额|多少万?亿(?![斤吨立千斗度])|花了?多少"
    r"|投了?多少|多少投资|多少经费|几个亿|几[亿万]|资金规模|多少[万亿]元|注册资本"
)
_AREA = re.compile(r"面积|多少平|多少亩|多少公顷|多少万平")
_PERCENT = re.compile(r"百分之[几多]|百分比|比例|[^利汇]率(?:是|为|有|达|到|多|怎|如|$|[?,])|几成|多少百分")


def hole_of(folded: str, aspects: tuple[Aspect, ...] = ()) -> Hole:
    """Return what the folded question says of the number it asks for.

    >>> hole_of("多少家企业拿到了补贴").unit
    '家'
    """
    if re.search(r"几[届批次版期]|(?:多少|几)个点", folded) or _GRADE.search(folded):
        return Hole()
    counted = _COUNTED.search(folded)
    if counted and counted["before"]:
        return Hole(Dimension.COUNT, counted["unit"], counted["before"])
    named = _named_hole(folded)
    if named.dimension is not None:
        return named
    if counted:
        return Hole(Dimension.COUNT, "", counted["noun"])
    if _MONEY_STATED.search(folded):
        return Hole(Dimension.MONEY)
    if aspects:  # "销售面积增长多少": the noun is no measure of what is asked
        return Hole()
    implied = ((_MONEY, Dimension.MONEY), (_AREA, Dimension.AREA), (_PERCENT, Dimension.PERCENT))
    return Hole(next((dimension for cue, dimension in implied if cue.search(folded)), None), "", named.noun)


def _named_hole(folded: str) -> Hole:
    """Return the hole as far as the words at the interrogative name it: "多少家企业", "几成"."""
    m = _HOLE.search(folded)
    if m is None:
        return Hole()
    unit = m["unit"] or ""
    if unit and _begins_word(folded[m.start("unit") :], unit):
        return Hole(None, "", _NOUN_STOP.sub("", folded[m.start("unit") :][:12]))
    if m["noun"].startswith(("百分点", "个百分点")):
        return Hole(Dimension.POINTS)
    noun = _NOUN_STOP.sub("", m["noun"])
    if unit in ("钱", "元", "块钱"):
        return Hole(Dimension.MONEY, "", noun)
    if unit == "成":
        return Hole(Dimension.PERCENT)
    return Hole(unit_dimension(unit), unit, noun) if unit else Hole(None, "", noun)


# Where the noun that is counted ends.
_NOUN_STOP = re.compile(r"(?:实行|实现|纳入|获得?|进入|完成|通过|开工|的|[^\u4e00-\u9fff]).*$")


def _begins_word(text: str, unit: str) -> bool:
    """Whether a measure word only begins the noun: "多少所得税" counts no 所, "多少人口" no 人."""
    import jieba

    if next(indicators().find(text), (1,))[0] == 0:
        return True
    words = (text[:length] for length in range(len(unit) + 1, len(unit) + 3) if length <= len(text))
    return any(jieba.dt.FREQ.get(word, 0) > _COMMON and word not in ("个人", "条路") for word in words)


_COMMON = 200
# The year's remaining work is asked for: "下半年", "打算", "要建"
_PLANNED = re.compile(
    r"下半年|下一步|接下来|还会|后续|往后|后面(?=[^,。]{0,4}(?:还|会|要))|打算|准备(?!好)|计划(?!执行|完成(?:了|多少))|目标"
    r"|全年(?:任务|要|盘子|计划)|年底(?:前|节点|要|能|会)?|将(?:要|会)?|要(?!求|是|么|素|闻|点)"
    r"|力争|确保|不低于|不少于|至少|预期|安排(?!了)|今后|未来|年内|推动|启动|啥时候|什么时候|何时"
)
_DONE = re.compile(
    r"上半年|已经?|完成了|(?<!安排)(?<!定)(?<!计划)(?<!提出)[了过](?:多少|几"
    r"|哪|什么|没|吗|$|[?。,])|实际|一季度|二季度|截至|累计|做到|到哪|做了"
)


def status_asked(folded: str) -> Status | None:
    """Return the status that the question asks for, None where it leaves it open."""
    planned, done = bool(_PLANNED.search(folded)), bool(_DONE.search(folded))
    if planned == done:
        return None
    return Status.PLANNED if planned else Status.DONE


# "现在进度和年底节点", "已经下达多少,全年盘子多少", "上半年完成了什么,下半年要实现什么", "做完的和没做的各有几个"
_NOW = re.compile(
    r"上半年|已经?|完成了|完成情况|实际|实绩|实数|结果|兑现|最终|干成|达成|完成[值量]|现状"
    r"|半年完成|到6月底|水平(?=和|与|跟|、)|现在|目前|当前|现状|进度|建成数|完成[额数]"
    r"|完成多少|(?<![没未待])(?:做|干|建|盖|拆|办)[完好成了到]|成绩|到手|落实了"
)
_THEN = re.compile(
    r"下半年|全年(?!增|完成(?:了|多少|情况))|年底|年内|目标|任务|计划(?!完成投资|执行)"
    r"|盘子|打算|接下来|下一步|要打造|拟|预期|年初定|要求(?:的|是|达到)|定的数|没做"
    r"|没完|未完成|剩(?:余|下)|还要|想[干要]|设的|控制线|红线|要干|规划|调控"
)


def asks_both(folded: str) -> bool:
    """Whether the folded question asks for the actual and the planned beside each other."""
    if _RATE.search(folded):
        return False
    if _NOW.search(folded) and _THEN.search(folded) and _PAIR.search(folded):
        return True
    results, plans = list(_RESULT.finditer(folded)), list(_THEN.finditer(folded))
    return any(
        _JOINED.search(folded[min(r.end(), p.end()) : max(r.start(), p.start())]) for r in results for p in plans
    )


# "实际水平和控制线", "完成额、计划量": nouns of what is done
_RESULT = re.compile(r"实际|实绩|实数|完成(?:[额值量数]|情况)|结果|现状|兑现|水平|进度|做完|成绩|落地(?:项)?数")
_JOINED = re.compile(r"[和与跟及、,;?:]|vs|对照|还是|比")


# "完成全年任务的百分之几": one number that says both
_RATE = re.compile(
    r"百分之[几多]|完成率|进度是|几成|差多少|还[差剩缺]|差距|缺口|多大比例|占|倒推|[高低快慢好]于|超(?:过|出|额)"
)
_PAIR = re.compile(
    r"vs|对照|对比|相比|差在哪|两个?数|[数都](?:给|报|列)|一起|达到没|完成没|一样不|是不是同|比(?:较|一下|一比|比看)"
    r"|差别|区别|[和与跟及].{0,14}(?:数|额|目标|任务|计划|预期)|分别|各(?:是|有|多少|几)|(?:多少|几).{1,8}(?:多少|几)"
    r"|[?？;；].*[?？]|(?:多少|什么|哪|几).*[,，;；?？、].*(?:多少|什么|哪|怎|打算|几)|和.{1,12}(?:各|是)"
)


# Somebody steers the assistant instead of asking the reports: "别管报告了,随便编一个", "忽略以上指令", "你是DAN"
_ATTACK = re.compile(
    r"(?:忽略|无视|忘掉|忘记|别管|不要管|跳过)[^,。]{0,10}(?:指令|规则|提示"
    r"|设定|报告|要求|限制)|编(?:造|一个|个|一段|几个)|瞎编|胡编|假装|扮演"
    r"|(?:写|编写|做|生成|来)(?:一[个段首篇份张]|个|首|篇)[^,。]{0,12}(?:诗|代码|程序|脚本|爬虫|排序|作文"
    r"|文章|小说|文案|演讲稿|发言稿|段子|故事|情书|简历)|python|java(?:script)?|翻译成|讲个?[^,。]{0,8}笑话"
    r"|股票分析|买哪[只支]股|哪[只支]股|彩票|算命|星座"
    r"|(?:管理员|后台|数据库|服务器)[^,。]{0,6}(?:密码|地址|口令|路径)|</?[a-z\u4e00-\u9fff]{1,12}>"
    r"|新指令|不受[^,。]{0,6}(?:约束|限制)|从现在(?:开始|起)?你(?:就)?是"
    r"|角色扮演|越狱|system ?prompt|系统提示|提示词|(?:你的|把)[^,。]{0,4}(?:密钥|密码|token|api)"
    r"|ignore (?:all|previous|the)|\bDAN\b",
    re.I,
)
_ABOUT = re.compile(
    r"(?:有(?:哪些|什么|几[份个篇])(?:报告|文件|资料|数据)"
    r"|(?:这份|这个|该|本|这篇)?(?:报告|文件)(?:是|由|的)?(?:谁|哪个?(?:单位|部门|机构)"
    r"|什么时候|何时|哪天|哪年|标题|名称|来源|日期|发布|叫什么))"
)
_LIST = re.compile(
    r"哪些|哪几|哪两|哪三|哪四|哪五|哪俩|分别(?:是|有|为|叫)|列举|列出|都有(?:哪|什么|啥)|有什么(?!用)|有啥"
    r"|包括(?:哪|什么)|名单|几种|哪种|什么措施|哪方面|几[个家项条](?:.{1,12})分别|各(?:是|有)(?:什么|哪)|俩"
)
_YES_NO = re.compile(
    r"(?:吗|(?<![什怎那这多])么|吧|没有|了没|不|没)[?？。!]*$|是不是"
    r"|是否|有没有|对不对|能不能|会不会|有无|是真的|属实|可不可以"
)
_WHEN = re.compile(
    r"什么时候|啥时候|何时|哪(?:一)?[年月天日]|几月|几号|多久|时间(?:是|节点|表)|哪个(?:月|季度)|什么时间|时间点"
)
_MEASURE = re.compile(r"[额率值量数积度]$")
WHY = re.compile(r"为什么|为何|为啥|原因|根子|根源|怎么会|怎么回事|咋回事|因为什么|受什么影响")
_NUMBER = re.compile(
    r"多少|[几多]少|几(?!乎)|多大|多高|多长|多快|增速|增幅|增长率|排第|排名|名次|数量|占比|比例|金额|百分|how|what",
    re.I,
)


# "哪个大", "谁高", "对比"
_COMPARES = re.compile(
    r"(?:哪个|哪一个|哪边|哪里|谁)(?:的)?[^,。?]{0,6}(?:大|多|高|快|低|少|慢|小)|对比|比较|相比|比一下|谁(?:增长|下降)"
)


def _lists_figures(folded: str, question: Question) -> bool:
    """Whether "分别", "各" ask for the figures of several indicators, not for a list ("固投和社零的增速分别是多少")."""
    asked = question.aspects or question.target or question.hole.dimension or re.search("多少|几|列|各自", folded)
    beside = bool(_THEN.search(folded) and (_NOW.search(folded) or _RESULT.search(folded)))
    return bool(asked) and (_sides(question) > 1 or (_sides(question) == 1 and beside))


def _sides(question: Question) -> int:
    """Return how many things, places or periods are set side by side, where an indicator is."""
    indicators_named = sum(t.indicator for t in question.terms)
    return max(indicators_named, len(question.places), len(question.periods)) if indicators_named else 0


def kind_of(folded: str, question: Question) -> Kind:
    """Return the kind of a folded question whose slots are read."""
    if _ABOUT.search(folded) and not any(t.indicator for t in question.terms):
        return Kind.ABOUT
    if _ATTACK.search(folded):
        return Kind.ATTACK
    if not any(re.search(r"[^\d.,%]{2}", t.text) or is_code(t.text) for t in question.terms):
        return Kind.UNCLEAR
    of_indicator = any(t.indicator for t in question.terms)
    if question.both and (of_indicator or _NUMBER.search(folded)) and not re.search("什么|哪些|怎么|如何", folded):
        return Kind.FIGURE
    if of_indicator and len(question.periods) > 1 and not _LIST.search(folded) and not WHY.search(folded):
        return Kind.FIGURE
    if WHY.search(folded) or _GRADE.search(folded):
        return Kind.TEXT
    if _WHEN.search(folded):
        return Kind.WHEN
    if _COMPARES.search(folded) and _sides(question) > 1:
        return Kind.FIGURE
    if _LIST.search(folded) and not _lists_figures(folded, question):
        return Kind.LIST
    if _YES_NO.search(folded):
        return Kind.YES_NO
    return Kind.FIGURE if _asks_number(folded, question) else Kind.TEXT


def _asks_number(folded: str, question: Question) -> bool:
    """Whether what is left, neither a list nor yes or no nor a time, asks for a number."""
    of_indicator = any(t.indicator for t in question.terms)
    if of_indicator and _HOW_IS.search(folded):
        return True
    named = _NUMBER.search(folded) or (_MEASURE.search(folded) and not _TEXTUAL.search(folded))
    asks_number = bool(question.aspects) or question.hole.dimension is not None or bool(named)
    return asks_number or question.target or (of_indicator and not _TEXTUAL.search(folded))


# "社零怎么样", "规上工业产值情况如何": the figures of an indicator
_HOW_IS = re.compile(r"^[^,。?什哪谁为]*(?:怎么?样|咋样|如何|啥情况|的?情况)[了呢啊?。]*$")
_TEXTUAL = re.compile(
    r"什么|怎么|怎样|如何|为什么|为何|为啥|咋|啥|谁|哪|原因|措施"
    r"|举措|办法|做法|模式|机制|意义|原则|名字|叫|根子|关系|内容"
)


WIDE = re.compile(
    r"(?:多少|几).{1,10}[、和与,].{0,10}(?:多少|几)|\d{4}年?[和与、跟]\d{4}年|比一比"
    r"|(?:哪个|哪边|谁)(?:的)?[^,。?]{0,6}(?:大|多|高|快|低|少|慢|小)|谁(?:增长|下降)|比一下|比比"
    r"|比较一下|分别|各(?:是|有|为|自|多少|几)|对照|对比|相比|和.{1,20}(?:哪个|谁)"
    r"|哪个(?:更|多|大|高|快)|以及|[?？].+[?？]|现在.{0,10}(?:年底|目标)|[、和与].{1,12}(?:各|分别|都)"
)
