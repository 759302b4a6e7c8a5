"""Nouns: what the numbers of a clause count or measure. Works on folded text.

Callers put "|" for the periods of a clause, one for each character, so that "27项任务三季度全部完成" reads
"27项任务|||全部完成": a period belongs to no noun, and every offset stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.language.indicators import indicators
from ingest.language.periods import PeriodMention
from ingest.language.quantities import FOOTNOTE, Quantity
from ingest.language.units import Dimension

# What may stand before a subject: "其中", "全区", "截至目前", "一是"
_LEAD = re.compile(
    r"^(?:[\s|①-⑳]|(?<=\|)(?:以来|[底末]?前)|\d{1,2}[、.](?!\d)|其中|同时|此外|另外|目前|当前|截至[^,]{0,4}(?=,)|今年以来|年初以来|一年来|累计|分别|并且|并|且|同期|已|共|全年|预计|初步核算"
    r"|[一二三四五六七八九十]是|方面|[、\-#*]|主要是|特别是|尤其是|也|还(?![本款贷清债息])|又|均|都|仍|则)+"
)
_CHANGED = r"增加|减少|提高|上升|上涨|增长|下降|降低|回落|扩大|收窄|缩短|新增|净增|突破|超过|超"
# A clause that starts so says something of the last subject: "同比增长", "总量全市排名第三", "比2016年全年增速高"
_ELLIPTICAL = re.compile(
    r"^(?:同比|环比|比(?![例重赛])|较|[增减][产收支](?=[|\d约近])|同口径|扭亏|[由从][负降]转[正增]|增长|下降|上涨|增速|增幅|降幅|涨幅|(?:现价|可比价|不变价)?总量|总产量|总产|规模(?=[达为比较超近居位列跃扩增缩约突\d|]|$)|数量|总额|总数|产量|排名|稳居|跃居|名列|升至|位居|位列|列(?![车入])|居(?![民住家])"
    r"|全[市国省区]排名|在?全[市国省区](?:第(?![一二三]产业)|排|位|率先|领先|前列)|高于|低于|好于|快于|优于|高出|达到|达(?![产标成])|占|占比|比重|完成(?:\|*(?:任务|计划|目标)|全年|年度|率|进度|比例)|提前完成|超额|其|年均|成为"
    r"|实现(?:正增长|翻番)|综合成绩|整体进度|总投资|预计|计划总|翻了?[一两]番|连续\d|折合|(?:正向|负向)?拉动[^,]{0,14}?\d[\d.]*个?百分点|[由从](?=[|\d])|同期[为是]"
    rf"|(?:{_CHANGED}|降|升|增)(?:了|到|至)?(?:近|约|超|逾)?(?:\||\d(?!\d*[A-Za-z]))"
    r"|(?:任务|目标|指标)(?:数|值|量)?(?:为|是|:)?(?:\d|开工|完工|新增))"
)
# Where the subject ends and the predicate begins.
_PREDICATE = re.compile(
    r"\|+|完成|实现|达到|(?:提高|增加|增长|下降|降低|上升|扩大|提升|缩小|压缩|压减|缩短|收窄|调整|优化|拓展|减少)[到至为]|到?(?:现在|目前)|[从由](?=[|每]|人均|$)|(?:(?<!改造)提升|降低|压降|压减|削减|缩减|压缩|缩短|缩小|扩大)(?=[\d|约近超逾了不]|$)|(?<![下传送表到])达(?![标产成率])|为(?![民企群主基期重了])|是(?!否)|(?<!公)共(?![体同享建青产和管治商赢鸣识性用])有?|(?<![国所拥享私公没具])有(?![效序力机关限色望所量])|位列|位居|排名|[列居](?=全[国省市区县镇乡州旗球]|世界)|(?<!侵)占(?!地(?!区))"
    r"|超过|(?<![商赶])超(?![市级额高长大低前声])|突破|负增长|(?<!自然)增长(?!的?贡献率|极|点)|下降|上升|提高|减少|增加(?!值)|上涨|回落|[降增升减](?:至|到)|迈上|跨过|迈入|跃上|跨入|跨越|站上|跃升至|连跨|连上|登上|跻身|高于|低于|好于|快于|优于|(?<![占同环对之评类])(?<!师生)(?<!收入)(?<!存贷)比(?![例重率值赛价拼亚由从为缩扩])|保持|稳定在|持平|(?:显著|明显|不断|持续|稳步|大幅|加快|进一步)(?=[提增改优壮完扩下上缩])|同比|环比|增速|分别|累计"
    r"|不低于|不少于|不高于|不超过|控制在|较(?![好快大高低多少强])|比上年|比去年|仅|已达|(?<![平人户年日月])均(?=[位居超达为高])|形成|预计|作为|(?<![节合契特预简制])约(?!束|谈)"
)
# Behind these stands what is compared with, not what is measured: "高于全市平均水平", "不低于当地标准的1.6倍"
_COMPARES = re.compile(r"比|较|高于|低于|好于|快于|优于|比上年|比去年")
# Verbs between a holder and its measure: "第一产业实现增加值", "区政府投资项目下达资金"
_HOLDS = re.compile(r"完成|实现|形成|取得|获得|下达")
_TRIM = " 、的,:;-—·|①②③④⑤⑥⑦⑧⑨⑩"
# Words that are no noun alone: "力争使55%的县", "可按照不低于50%的比例", "年均增长"
_EMPTY = re.compile(
    r"(?:力争|确保|努力|使|让|可以?|按照?|年均|每年|每个?月|平均|累计|全年|至少|不少于|将|拟|已|又|再|共|计划|预计|实际|名义|各|均|要|达|仅|约|近|超|连续|双双|创|首次|千方百计|其中|综合|人均|(?:全[国省市区]|世界|全球)前?|前|五年|两年|三年|每(?:公斤|斤|吨|亩|人|户|平方米|天))+"
)
_PAIRS = (("“", "”"), ("‘", "’"), ("(", ")"), ("《", "》"), ("[", "]"), ("「", "」"))
# What a degree of completion is of: "完成年度预算的53.1%", "完成县下达任务的103%"
_YARDSTICK = re.compile(
    r"(?:[省市县区镇]?(?:里|级)?下达的?|全年|年度|年初|当年|调整|变动)*(?:预算|任务|目标|计划)数?的?"
)
# Words that say how firmly, not what: "确保生活垃圾回收利用率", "稳步推进老旧小区改造"
_FRONT = re.compile(
    r"^(?:[将把](?=[^,]{3})|确保|力争|提出|包括|争取|努力|全力|计划(?=总投资|完成|新|实)|拟|预计|累计|共计|总共|已经|全年|每年|继续|持续|进一步|稳步|压茬|加快|大力|积极|扎实|深入|有效|圆满|如期|高质量|高标准"
    r"|推进|推动|开展|实施|组织|举办|举行|策划|(?:全年|年度)?任务(?=开工|完工|新增))+(?=[^推进]{2})"
)
# Words between a noun and its number: "实际增长", "拟按", "近1亿", "从3.5亿元"
_TAIL = re.compile(
    r"(?:实际|名义|继续|进一步|拟按|拟|按照|稳定|平均每[年月]|年均|月均|日均|平均(?=$)|合计|共计|总计|年初(?=$)|预期(?=$)|全部(?=$)|统一(?=$)|大约|大概|不到|高达|将近|接近|逾|再(?=$)|已|也|(?<!成)就|(?<![偿归返])还|则|仍|连续(?:[\d一二三四五六七八九十]{1,2}年)?|每年|全年|力争|分别|累计|预计|安排(?=$)"
    r"|(?<![节合契特预简])约|(?<!服)从|(?<![截乃甚以直])至|(?<![来各])自|(?<![自理缘])由|(?<![重需主首纪摘概必])要|(?<![发直])达|(?<!公)共|(?<![附邻靠最相])近"
    r"|(?<![占同环对之率])(?<!收入)(?<!师生)(?<!存贷)比|(?<!参)与|(?<![总柔缓饱温])和|(?<![平人户年日月])均|(?<![存现所实])在|(?<![遵]守)按|将|(?<![惠普涉波顾])及|以|被|首次|双双|逆势|一举|率先|历史性|(?<![首成古新])都|每月|每天|平均每|每人?(?=$)|[一二两三四五六七八九十]年(?=$|累计)|翻了?|人均(?=$))+$"
)
# What says which side of the subject a number tells and is no noun of its own.
_SIDE = re.compile(
    r"(?:现价|可比价|不变价)?(?:总量|增速|增幅|降幅|涨幅|规模|数量|总额|总数|占比|比重|产量|完成率|完成进度|完成比例|总成绩|成绩|综合成绩|整体进度|进度|名次|任务|目标|全年任务|年度任务|年度目标)"
)
# Measures that need a holder: "实现增加值2570亿元" after "规模以上工业企业达429户"
_MEASURE = (
    r"(?:期末)?存栏量?|出栏量?|单产|(?:计划)?总投资|收入|支出|总产值|增加值|产值|产量|总产量|营业收入|主营业务收入|销售收入|利润|利润总额|利税|投资|投资额"
    r"|销售额|销售面积|面积|营业额|总收入|税收|占地面积|建筑面积|总建筑面积|就业人数|从业人员"
)
_BARE_MEASURE = re.compile(_MEASURE)
_MEASURE_END = re.compile(
    rf"(?:播种面积|种植面积|综合覆盖率|增长速度|出口|进口|零售总额|零售额|总值|余额|收入|支出|人数|户数|总额|存栏|出栏|比重|占比|占有率|覆盖率|[\u4e00-\u9fff]{{1,3}}率|{_MEASURE})$"
)
# Stages of a project that need to be told what they are stages of: "开工21个、完工7个"
_STAGE = re.compile(r"(?:新|基本)?(?:开工|完工|竣工|投产|达产|交付|建成|施工|复工|续建)")
_STAGE_END = re.compile(rf"{_STAGE.pattern}$")


def trimmed(noun: str) -> str:
    """Return `noun` without separators, adverbs and half pairs of quotes or brackets at its ends.

    >>> trimmed("确保生活垃圾回收利用率"), trimmed("居民收入实际"), trimmed("小空间”改造"), trimmed("“小空间”改造")
    ('生活垃圾回收利用率', '居民收入', '小空间改造', '“小空间”改造')
    """
    noun = _balanced(noun.strip(_TRIM))
    before = None
    while noun != before:
        before = noun
        noun = _FRONT.sub("", noun).strip(_TRIM)
        cut = _TAIL.sub("", noun).strip(_TRIM)
        noun = cut if len(cut) > 1 and not _SUM.fullmatch(noun) else noun
    return _balanced(noun)


# The last line of an account is its own: "收入总计623亿元"
_SUM = re.compile(r"(?:收入|支出)(?:总计|合计)")
_MARKS = re.compile(r"[“”‘’()《》\[\]「」]")


def _balanced(noun: str) -> str:
    if not _MARKS.search(noun):
        return noun
    for left, right in _PAIRS:
        if noun[:1] == left and noun.find(right) == len(noun) - 1:
            noun = noun[1:-1]
        if noun.count(left) != noun.count(right):
            noun = noun.replace(left, "").replace(right, "")
    return noun


def noun_before(head: str) -> str:
    """Return the noun that `head`, the words before a number, measures.

    >>> noun_before("固定资产投资完成"), noun_before("第一产业实现增加值"), noun_before("达产后预计实现纳税额超")
    ('固定资产投资', '第一产业增加值', '纳税额')
    """
    parts, verbs, at = [], [], 0
    for m in _PREDICATE.finditer(head):
        parts.append(head[at : m.start()])
        verbs.append(m[0])
        at = m.end()
        if _COMPARES.fullmatch(m[0]):
            break
    else:
        parts.append(head[at:])
    parts = [trimmed(part) for part in parts]
    named = [
        (part, verbs[i - 1] if i else "")
        for i, part in enumerate(parts)
        if len(part) > 1 and not any(p.fullmatch(part) for p in (_EMPTY, _VAGUE_AMOUNT, _YARDSTICK))
    ]
    if not named:
        return ""
    last, verb = named[-1]
    holder = named[-2][0] if len(named) > 1 else ""
    circumstance = holder.endswith(("后", "前", "时", "以来"))  # "达产后预计实现纳税额"
    if holder and not circumstance and _HOLDS.fullmatch(verb) and (len(last) <= 5 or _BARE_MEASURE.fullmatch(last)):
        return holder + last
    return _of_list(last)


# "新增A、B等入库项目": the head of a list of examples, with the verb before them
_EXAMPLES = re.compile(
    r"^(?P<verb>(?:新增|储备|引进|引入|协调|解决|落地|签约|推进|建设|实施|完成|支持|培育|打造|建成|新建|改造|整治|开工|谋划|入库|举办|出台)*)"
    r"[^等]+、[^等]+等(?P<head>[^、]{2,})$"
)


def _of_list(noun: str) -> str:
    """Return what a list of examples is of: "新增中能建、神州医疗等入库项目" -> "新增入库项目"."""
    m = _EXAMPLES.match(noun)
    return m["verb"] + m["head"] if m else noun


_RELATIVE = {Dimension.PERCENT, Dimension.POINTS, Dimension.RANK, Dimension.TIMES}
# What follows a number and is no noun: "1万人次以上", "30%左右", "100条(个)"
_NOT_NOUN = re.compile(r"^(?:及?以上|及?以下|左右|以内|多|余|的|方面的?(?=[\u4e00-\u9fff]{2})|\([^()]{1,3}\))+")
# Adverbs end the noun that a number counts: "5宗集建地尽快上市", "85项改革任务落地见效"
_ADVERB = (
    r"全部|全面|尽快|加快|顺利|陆续|相继|提前|正式|集中(?!式|供|连|区|治|整|隔|度|管)"
    r"|逐一|一对一|按期|如期|全程|常态化|显著|明显|大幅|不断|有序|圆满|办结|免费|得到|得以|启用|试运行|获批|持续|稳步"
    r"|全力|分别|合计|累计|成功|到位|注册(?=落户)|上市(?!公司)|落地|落户|落成|启动|投入|投用|投运|纳入"
    r"|没有|尚未|未能|刷新|列入|亮相|荣登|跻身|获评|荣获|入选|进入|通过(?=[\u4e00-\u9fff])|稳定(?=[消脱增运达就])|挂牌|揭牌|封顶|实行"
    r"|签约|中$|中(?=,)"
)
# So do verbs, where a noun stands before them.
_VERB = (
    r"入驻|建立|办理(?!项目|事项)|签订|签署|下沉|给予|享受|受益|参加|参与|开展|取得|获得|接受|配备|提供|缓缴|减免|发放|安置|形成|制定|推进|成立"
    r"|支持|惠及|覆盖|举办|转移(?!人口|支付|就业|性|基地|中心|平台|机构|示范)|加强|用于|投放|(?<!所)在(?!建|校|谈|线|职|册|地|途|岗|园)|被|由|向|从|对(?!外|口|象|标|接|应|手)|以(?![上下内及外旧工奖])"
)
_STOP_AFTER = re.compile(
    rf"[,。;:)|]|\((?![^()\d]{{1,4}}\)[\u4e00-\u9fff])|\d|{_PREDICATE.pattern}|{_ADVERB}|(?<=[^|]{{2}})(?:{_VERB}|[\u4e00-\u9fff]{{2}}了)"
)
# "大型智能(仿真)实训基地": a bracket inside a name
_ASIDE = re.compile(r"\([^()\d]{1,4}\)(?=[\u4e00-\u9fff])")
# "1324人凭转化贡献晋升职称"
_DOING = re.compile(rf"凭|{_VERB}")
# "、" ends the noun where the next item has a number of its own; else the items are counted together.
_NEXT_ITEM = re.compile(r"[、和及与](?=[^,。;()]{0,30}?(?:\d|[一二两三四五六七八九十]{1,3}[个家项条名种座所]))")
# Nouns that a number counts whatever follows: "200张床位方舱医院", "11个县(市、区)通过验收"
_COUNTED = re.compile(r"(?:床|学|车|泊|工|座|机|展|席|停车|就业岗|岗)位|[省市县区州旗]\((?:[省市县区州旗盟]、?)+\)")
# "具有独立法人资格的公办幼儿园", "基础雄厚、引领未来的优势学科": what comes before the noun says which
_WHICH = re.compile(
    r"(?:[^,。;()\d的、]{2,8}、)?(?:具有|具备|符合|适应|面向|引领|支撑|服务于|带动|代表|突出|体现|实现|达到|列入|纳入|获得)[^,。;()\d的]{2,16}的(?=[\u4e00-\u9fff]{2})"
)
# "从3万元提高到10万元等优惠政策", "5个、"
_NO_NOUN = re.compile(r"[等、和及与]")
# "两次全面降准"
_MANNER = re.compile(r"^(?:全面|成功|先后|陆续|相继|大幅|分别)+")
# "在建项目施工进度", "重点企业动态": what is done with the things counted
_CONCERN = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?:(?:施工|建设|工程)?(?:进度|动态|情况)|建设任务)$")
# "迈上6万亿元台阶", "跨入2万亿元行列": a mark, not a noun
_MILESTONE = re.compile(r"(?:新)?(?:台阶|大关|关口|门槛|水平|行列|规模|高位|区间|目标|任务(?!清单))(?![\u4e00-\u9fff])")
# "突破万亿元", "连跨两个万亿元台阶": an amount without a number
_VAGUE_AMOUNT = re.compile(
    r"[数几十百千万亿]{1,3}(?:美?元|辆|吨|人|户|家|亩|斤|台|人次|公里|千瓦)(?:台阶|大关|关口|规模|行列)?"
)
_LONGEST = 24
_SHORT = 4  # "房建、市政工程", "主次干路及支路": a first item so short says little alone


def noun_after(body: str, quantity: Quantity) -> str:
    """Return the noun that a number counts: "1500万元消费券" -> "消费券", "" where none follows at once."""
    part = quantity.dimension is Dimension.TIMES and ("/" in quantity.text or "分之" in quantity.text)
    if not part and quantity.dimension in _RELATIVE:
        return ""
    tail = _NOT_NOUN.sub("", body[quantity.end : quantity.end + 60])
    if counted := _counted(tail, quantity):
        return counted
    tail = _narrowed(tail, quantity)
    stop = _STOP_AFTER.search(_ASIDE.sub(lambda m: "〇" * len(m[0]), tail))
    phrase = tail[: stop.start()] if stop else tail
    if item := _NEXT_ITEM.search(tail, 0, len(phrase) + 30):
        phrase = phrase[: item.start()]
    first = trimmed(phrase.partition("、")[0])
    noun = _CONCERN.sub("", trimmed(phrase) if len(first) <= _SHORT else first)
    people = quantity.unit[-1:] in ("名", "人", "户") or quantity.unit in ("万", "亿")
    if (people or part) and noun.find("的") > 1:  # "5200万名学生的学杂费"
        noun = noun[: noun.index("的")]
    return noun if 2 <= len(noun) <= _LONGEST and not _VAGUE_AMOUNT.fullmatch(noun) else ""


def _counted(tail: str, quantity: Quantity) -> str:
    """Return the noun at the beginning of `tail` that is counted whatever follows, "" where there is none."""
    if counted := _COUNTED.match(tail):
        return "" if _is_milestone(tail, quantity) else counted[0]
    return "人口" if tail.startswith("口") and quantity.unit.endswith("人") else ""


def _is_milestone(tail: str, quantity: Quantity) -> bool:
    return quantity.dimension is not Dimension.COUNT and _MILESTONE.match(tail) is not None


def _narrowed(tail: str, quantity: Quantity) -> str:
    """Return `tail` from where the noun begins, "" where what follows is none."""
    if _is_milestone(tail, quantity) or _NO_NOUN.match(tail):
        return ""
    if quantity.unit.endswith("次"):
        tail = _MANNER.sub("", tail)
    if which := _WHICH.match(tail):
        tail = tail[which.end() :]
    return "" if quantity.unit[-1:] in ("人", "次", "户") and _DOING.match(tail) else tail


# "在促消费政策带动下", "随着疫情好转", "按不变价格计算": circumstances, not subjects
_ADVERBIAL = re.compile(
    r"(?:在[^,]*?(?:下|中|上|基础上|方面|同时|背景下|过程中)|随着.*|面对.*|受[^,]*影响|按[^,]{2,10}(?:计算|核算|口径))$"
)
# "在全县季度考评中,三季度位列第一": what is ranked
_CONTEST = re.compile(r"在(?P<name>[^,|]{2,16}(?:考核|考评|测评|评比|评价|评估|评议|竞赛|检查))(?:中|里)$")


def masked(body: str, mentions: Sequence[PeriodMention]) -> str:
    """Return a clause with "|" for each character of its periods and the marks of its footnotes."""
    for mention in mentions:
        body = body[: mention.start] + "|" * (mention.end - mention.start) + body[mention.end :]
    return FOOTNOTE.sub(lambda m: "|" * len(m[0]), body)


def subject_of(body: str, found: Sequence[Quantity], mentions: Sequence[PeriodMention] = ()) -> str:
    """Return the noun that the folded clause `body` speaks of, "" where it names none.

    >>> from ingest.language.quantities import quantities
    >>> subject_of("固定资产投资完成442.1亿元", quantities("固定资产投资完成442.1亿元"))
    '固定资产投资'
    """
    body = masked(body, mentions)
    start = lead_of(body)
    if contest := _CONTEST.match(body, start):
        return contest["name"]
    if _ELLIPTICAL.match(body[start:]) or _ADVERBIAL.match(body[start:].replace("|", "")):
        return ""
    first = next((q for q in found if q.start >= start), None)
    if first is None:
        head = body[start:]
        predicate = _PREDICATE.search(head)
        return trimmed(head[: predicate.start() if predicate and predicate.start() > 1 else 20])
    head = body[start : first.start]
    if first.dimension is Dimension.PERCENT and (at := _share_at(head)) > 0:
        head = head[:at]
    before = noun_before(_holder_of(head, first))
    return noun_after(body, first) or before or _share_of(body, first)


def _holder_of(head: str, quantity: Quantity) -> str:
    """Return of the words before a rank those that say whose it is."""
    if quantity.dimension is not Dimension.RANK:
        return head
    opening = _EVERYWHERE.match(head)
    standing = _STANDING.search(head, opening.end() if opening else 0)
    head = head[: standing.start()] if standing else head
    return "" if _EVERYWHERE.fullmatch(head.strip(_TRIM)) else head


def lead_of(body: str) -> int:
    """Return where the subject of a masked clause may start: behind connectives and periods."""
    lead = _LEAD.match(body)
    return lead.end() if lead else 0


def has_measure(noun: str) -> bool:
    """Whether a noun says what of a thing is measured: "粮食产量", not "粮食"."""
    return _MEASURE_END.search(noun) is not None


def is_dependent(noun: str) -> bool:
    """Whether a noun needs one before it: a bare measure ("增加值") or a stage ("竣工")."""
    return bool(_BARE_MEASURE.fullmatch(noun) or _STAGE.fullmatch(noun))


def completed(noun: str, holder: str) -> str:
    """Return a dependent noun with the holder that it belongs to.

    >>> completed("增加值", "规模以上工业企业"), completed("竣工", "棚改安置房开工"), completed("增加值", "农业总产值")
    ('规模以上工业企业增加值', '棚改安置房竣工', '农业增加值')
    """
    if noun == "税收" and holder.startswith(noun):
        return holder  # "税收收入11.35亿元,税收占比61%"
    ending = _STAGE_END if _STAGE.fullmatch(noun) else _MEASURE_END if _BARE_MEASURE.fullmatch(noun) else None
    if ending is None or not holder:
        return noun
    stem = ending.sub("", holder)
    return f"{stem if len(stem) > 1 else holder}{noun}"


# "60岁及以上老人", "年纳税额20万元以上企业": a bound that says which things are meant, not how many
_BOUND = re.compile(r"(?:及?以[上下内]|[内外])(?:的)?(?!的?目标|增长|同比|占)[\u4e00-\u9fff]")


def is_bound(body: str, quantity: Quantity) -> bool:
    return quantity.dimension not in (Dimension.COUNT, Dimension.RANK, Dimension.POINTS) and bool(
        _BOUND.match(body, quantity.end)
    )


def names_of(body: str, found: Sequence[Quantity], subject: str, earlier: Sequence[str], stated: bool) -> list[str]:
    """Return the noun of each number of a masked clause.

    `subject` is what the clause speaks of, `stated` whether it names that itself; `earlier` are the nouns of the
    sentence before it.

    >>> from ingest.language.quantities import quantities
    >>> body = "粮食、大豆播种面积分别达到12.3万亩和1.24万亩"
    >>> names_of(body, quantities(body), "", (), True)
    ['粮食播种面积', '大豆播种面积']
    """
    if shared := _respective(body, found, earlier):
        return [_ADDED.sub("", name) for name in shared] if _IN_ALL.match(body) else shared
    names: list[str] = []
    for i in range(len(found)):
        last = names[-1] if names else ""
        noun = _own_noun(body, found, i, stated)
        before = last or (earlier[-1] if earlier else "")
        if _SIDE.fullmatch(noun) and not (noun == "产量" and (before or subject).endswith("面积")):
            noun = ""
        if is_dependent(noun):
            noun = completed(noun, before or ("" if noun in subject else subject))
        elif (
            _HOLDER_END.search(noun or subject)
            and found[i].dimension in (Dimension.MONEY, Dimension.PERCENT)
            and not last
            and earlier
            and stated
        ):
            noun = _measured(noun or subject, earlier[-1])
        if not noun and not last and earlier and not stated:
            of_subject = not subject or _SIDE.fullmatch(subject) or earlier[-1].startswith(subject)
            noun = earlier[-1] if of_subject else ""
        noun = _of_kind(noun, before) or last or subject
        total = not stated and found[i].dimension not in _RELATIVE and _IN_ALL.match(body)
        names.append(_ADDED.sub("", noun) if total else noun)
    return names


# "4A级5家" after "A级景区14家", "参保率97%" after "居民医保参保2.9万人", "化解率98%" after "化解矛盾纠纷326起"
_GRADE = re.compile(r"[\u4e00-\u9fffA-Z\d]{1,4}级")
_RATE = re.compile(r"(?P<done>[\u4e00-\u9fff]{2})率")
# "公用经费小学提高到760元、初中提高到980元"
_ALLOWANCE = re.compile(r"(?:标准|经费|定额|补助|补贴|费用)$")
# "高新技术企业净增32家,总数达到487家", "新建高标准农田4.2万亩,累计建成41.5万亩"
_IN_ALL = re.compile(r"(?:目前|现)?(?:总数|总量|总计|累计(?!新|净|增|减))")
_ADDED = re.compile(r"^(?:新增|净增|新建|新设|新培育|新认定)(?=.{2})|(?<=.{2})(?:新增|净增)$")


def _of_kind(noun: str, before: str) -> str:
    """Return a bare grade or rate with the things of the name before it, any other noun as it is."""
    if _GRADE.fullmatch(noun) and len(things := before.partition("级")[2]) > 1:
        return noun + things
    for alike in _COUNTERPARTS:
        other = next((word for word in alike if before.endswith(word)), "")
        if noun in alike and other and _ALLOWANCE.search(before.removesuffix(other)):
            return before.removesuffix(other) + noun
    rate = _RATE.fullmatch(noun)
    if not rate or rate["done"] not in before or noun in indicators().names:
        return noun
    things = before.rpartition(rate["done"])[2]
    if not things:
        return f"{before}率"
    return f"{things}{noun}" if len(things) > 2 else noun


# "石化公司1.1亿元" after "油田产能项目完成投资150亿元": who has the measure named before
_HOLDER_END = re.compile(r"(?:公司|集团|企业|管理局|[第][一二三]产业|工业|商业|行业|地方|市直|县区|类)$")
_SHAREABLE = re.compile(r"(?:投资|零售额|销售额|价格|营业收入|利润|税收|总产值|产值|增加值|出口|进口|产量)$")


def _measured(holder: str, before: str) -> str:
    """Return a bare holder with the measure of the name before it: "石化公司投资"."""
    measure = _SHAREABLE.search(before)
    return holder + measure[0] if measure and not _MEASURE_END.search(holder) else holder


def _own_noun(body: str, found: Sequence[Quantity], i: int, stated: bool) -> str:
    """Return the noun that the clause gives the i-th number, "" where it gives none."""
    quantity = found[i]
    start = found[i - 1].end if i else lead_of(body)
    while i and start and is_bound(body, found[i - 1]):
        i -= 1
        start = found[i - 1].end if i else lead_of(body)
    between = body[start : quantity.start]
    if between.endswith("总投资") and (owner := noun_after(body, quantity)):  # "总投资410亿元的新材料项目"
        return f"{owner}总投资"
    if i:
        between = _own_part(between)
    elif not stated and not is_bound(body, quantity):
        before = noun_before(between)
        return noun_after(body, quantity) or (before if is_dependent(before) else "")
    if is_bound(body, quantity):
        return noun_before(between if between[-1:] not in tuple("、,和及") else "") or noun_after(body, quantity)
    if quantity.dimension is Dimension.RANK:
        return noun_before(_holder_of(between, quantity))
    if quantity.dimension is Dimension.POINTS and "拉动" in between:
        return noun_before(between[: between.index("拉动")].removesuffix("正向").removesuffix("负向"))
    if (at := _share_at(between)) >= 0:
        return noun_before(between[:at])
    noun = noun_after(body, quantity) or noun_before(_without_measure(between, quantity))
    return noun if noun and not _EVERYWHERE.fullmatch(noun) else _share_of(body, quantity) or noun


def _share_at(between: str) -> int:
    """Return where the words before a share say of what it is one ("占全市投资比重"), -1 where they do not."""
    at = between.rfind("占")
    return -1 if re.match("占(?:地(?!区)|用)", between[at:]) else at


# "全国96.68%的办税缴费事项"
_EVERYWHERE = re.compile(r"全[国省市区县]|我[国省市区县]")


_OF = re.compile(r"(?:左右|以上|多)?的")
# "八成以上财政资金用于民生"
_OPENING_SHARE = re.compile(r"(?:左右|以上|多)?的?")


def _share_of(body: str, quantity: Quantity) -> str:
    """Return what a percentage is a part of: "96.68%的办税缴费事项实现网上办理" -> "办税缴费事项"."""
    of = (
        _OF.match(body, quantity.end)
        if body[: quantity.start].strip(_TRIM + "|")
        else _OPENING_SHARE.match(body, quantity.end)
    )
    if quantity.dimension is not Dimension.PERCENT or not of:
        return ""
    tail = body[of.end() : of.end() + 40]
    if counted := _COUNTED.match(tail):
        return counted[0]
    stop = _STOP_AFTER.search(tail)
    noun = trimmed(tail[: stop.start()] if stop else tail)
    return (
        noun
        if (1 if of[0].endswith("的") else 2) < len(noun) <= _LONGEST
        and not re.search("目标|任务|水平|速度|比例|增长|标准|规模|幅度|增速|同时", noun)
        else ""
    )


# "均居全国首位", "总量全市排名第三", "稳居发展中国家首位"
_STANDING = re.compile(
    r"稳居|位居|跃居|名列|位列|排名|排在|排|(?<!新)(?<!定)居(?![民住家])|列(?![车入])|连续|保持|升至|(?:全[国市省区县]|世界|全球|各省)(?=第|排|位|居|列|前|首|领|率|各|主要|同类|\||$)|(?<![存现所实])在(?![线建校册职岗])"
)


def _without_measure(between: str, quantity: Quantity) -> str:
    """Return the words before "是Y的1.6倍" without Y."""
    if quantity.dimension is not Dimension.TIMES or not between.endswith("的"):
        return between
    verbs = list(_PREDICATE.finditer(between))
    return between[: verbs[-1].start()] if verbs else between


def _own_part(between: str) -> str:
    """Return what of the words between two numbers belongs to the second: "车企入驻我区、引进项目" -> "引进项目"."""
    between = between.lstrip(" ")
    if between[:1] in tuple("、和及与,"):
        return between[1:]
    parts = re.split("[、和及,]", between, maxsplit=1)
    return parts[-1]


_JOINED = re.compile(
    r"(?:左右|以上|以下)?[、,和及以与: ]*(?:每[人户]每?[年月])?(?:(?:同比|环比)?(?:增长|下降|提高|上涨|减少|增加))?"
)


def _respective(body: str, found: Sequence[Quantity], earlier: Sequence[str]) -> list[str]:
    """Return the i-th noun of a list for the i-th number of a row: "A、B分别为x和y", "A和B增长x、y"; else []."""
    at = body.find("分别")
    run = [q for q in found if q.start > at]
    alike = len(run) > 1 and all(
        (q.dimension is run[0].dimension or (at >= 0 and not {q.dimension, run[0].dimension} & _RELATIVE))
        and _JOINED.fullmatch(body, run[i].end, q.start)
        for i, q in enumerate(run[1:])
    )
    if not alike or len(run) < len(found):
        return []
    head = body[lead_of(body) : at if at >= 0 else run[0].start]
    gaps = [body[a.end : b.start] for a, b in pairwise(run)]
    if at < 0 and not all(re.fullmatch(r"(?:左右|以上|以下)?[、,和及以与: ]+", gap) for gap in gaps):
        return []
    noun = noun_before(head)
    if gaps[0] == ":" and noun.endswith("产业"):  # "三次产业比为3.9:59.5:36.6"
        noun += "比重"
    if noun and not _SIDE.fullmatch(noun):
        return listed(noun, len(run))
    if at < 0 and noun:
        return []
    distinct = list(dict.fromkeys(earlier))[-len(run) :]
    return distinct if len(distinct) == len(run) else []


_INDUSTRIES = re.compile(r"^(?:(?P<all>三次)|第?(?P<some>[一二三](?:[、和及]?第?[一二三])+))产业?(?P<tail>.*)$")


# Words that stand for two: "城乡居民收入分别增长", "存贷款余额分别增长"
_PAIRED = (("城乡", "城镇", "农村"), ("存贷款", "存款", "贷款"))


def listed(noun: str, count: int) -> list[str]:
    """Return the `count` items that `noun` lists, what the last alone says given to all; [] where it lists no so many.

    >>> listed("粮食、大豆、蔬菜播种面积", 3), listed("三次产业", 3)
    (['粮食播种面积', '大豆播种面积', '蔬菜播种面积'], ['第一产业', '第二产业', '第三产业'])
    """
    if m := _INDUSTRIES.match(noun):
        ordinals = "一二三" if m["all"] else re.findall("[一二三]", m["some"])
        return [f"第{n}产业{m['tail']}" for n in ordinals] if len(ordinals) == count else []
    if count == 2 and (pair := next((p for p in _PAIRED if p[0] in noun), None)):
        return [noun.replace(pair[0], one, 1) for one in pair[1:]]
    for separators in ("、", "、和及与"):
        items = [trimmed(item) for item in re.split(f"[{separators}]", noun)]
        if len(items) == count and all(items):
            tail = _shared_tail(items)
            return [item + tail for item in items[:-1]] + items[-1:]
    return []


# "城市、农村低保标准分别为": words that share what the last of them stands before
_COUNTERPARTS = (("城市", "农村", "城镇", "乡村"), ("小学", "初中", "高中"), ("企业", "个人"))


def _shared_tail(items: Sequence[str]) -> str:
    """Return what the last item says for all: "播种面积" of 粮食, 蔬菜播种面积; "" where each says it itself."""
    *others, last = items
    for alike in _COUNTERPARTS:
        own = next((word for word in alike if last.startswith(word)), "")
        if own and last != own and all(item in alike for item in others):
            return last[len(own) :]
    names = indicators().names
    for k in range(1, len(last) - 1):
        if all((item + last[k:]).lower() in names for item in others):
            return last[k:]
    ending = _MEASURE_END.search(last)
    if ending is None or ending.start() == 0 or any(_MEASURE_END.search(item) for item in others):
        return ""
    return ending[0]
