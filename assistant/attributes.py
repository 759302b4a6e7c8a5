"""Attributes that a thing may have and a report may not state: a price, an address, who is in charge, a list's names.

The thing itself being there proves nothing: "兴海星光里共有产权房的均价" needs a price beside the name. Each row says
how the attribute is asked for and what of it must stand in the evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence import Candidate
from assistant.question import Kind, Question
from ingest.language.folding import fold


@dataclass(frozen=True, slots=True)
class Attribute:
    """`name` is what a refusal calls it; `asked` is looked for in the question, `told` in the evidence."""

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]


_LISTED = (
    r"[\u4e00-\u9fff”》)A-Za-z\d]、[“《\u4e00-\u9fffA-Za-z\d]|[“《‘]|》和|[\u4e00-\u9fff]{2}[和与及][\u4e00-\u9fff]{2}"
)

ATTRIBUTES = (
    Attribute(
        "价格",
        # "均价", "多少钱一平", "每月房租", "面额"
        re.compile(
            r"均价|单价|价格|售价|房价|租金|房租|月租|票价|收费标准|面额|面值|学费|月薪|薪水"
            r"|多少钱[一每](?:平|张|盒|斤|吨|套|次)"
            r"|[一每](?:平米?|张|盒|斤|吨|套|间|次)[^,。?]{0,6}(?:卖|要|收)?多少钱|贵不贵"
        ),
        re.compile(r"价|租金|元/|(?<!消)费|面额|薪|工资"),
    ),
    Attribute(
        "联系方式",
        # "电话多少", "怎么联系"
        re.compile(r"电话(?:是|号|多少|几)|联系(?:方式|电话)|[怎如]\S?么?联系|手机号|邮箱|网址|官网|公众号"),
        re.compile(r"(?<![\d.])\d{5,}(?![\d.]*[\u4e00-\u9fff]?元)|热线|电话|邮箱|网址"),
    ),
    Attribute(
        "地址",
        # "地址在哪", "在哪条路上"
        re.compile(
            r"地址|门牌|位于哪|在哪条(?:路|街)|哪[条些](?:路|街)上|[什哪]个?么?位置|具体位置|怎么走|几号楼"
            r"|选址(?:在|定|是|都|哪|$|[?])|[定建设]在哪(?:里|儿|块|个?地方)?(?=[?。]|$)"
        ),
        re.compile(r"位于|坐落|地址|选址(?:在|于)|[路街道]\d|[东西南北]侧"),
    ),
    Attribute(
        "负责人",
        # "校长是哪位", "负责人是谁"
        re.compile(
            r"负责人|谁(?:来)?(?:负责|主管|牵头|分管)|联系人|牵头人|[校院局处区市县镇]长(?:是|叫|姓)"
            r"|董事长|总经理|法人代表|老板(?:是|叫)|叫什么人|姓什么"
        ),
        re.compile(r"负责人|[校院局处]长|董事长|总经理|法人代表|由[\u4e00-\u9fff]{2,16}(?:牵头|负责|主管|分管|统筹)"),
    ),
    Attribute(
        "办理方式",
        # "怎么领", "需要什么材料"
        re.compile(
            r"怎么(?:领|申请|申领|报名|预约|购买|兑换)|如何(?:领取|申领|申请|报名|预约|购买)"
            r"|办理流程|需要什么(?:材料|条件|手续)|要带什么|申请条件"
        ),
        re.compile(r"申请|申领|报名|预约|材料|条件|领取|登录|流程|窗口"),
    ),
    Attribute(
        "厂商或承办单位",
        # "哪家厂商造的", "由谁承建"
        re.compile(
            r"哪(?:家|个)(?:厂商|厂家|公司|企业|单位)?(?:生产|制造|造的"
            r"|承建|建的|中标|运营)|由谁(?:承建|生产|运营|建)|什么牌子的"
        ),
        re.compile(r"公司|集团|承建|中标|由[\u4e00-\u9fff]{2,}(?:承|建|运营|生产)"),
    ),
    Attribute(
        "时间",
        # "几点开门", "营业时间"
        re.compile(r"几点(?:开|关|上|下|到)|营业时间|开放时间"),
        re.compile(r"\d{1,2}[:点时]|小时"),
    ),
    Attribute(
        "名单",
        # "分别是哪几个", "叫什么名字", "哪三家企业", "名字能列一下吗"
        re.compile(
            r"分别是(?:哪|谁|什么)|(?:分别)?叫什么(?:名字|名)?(?:[?呀啊呢,。]|$)"
            r"|名[字称](?:是|叫|能|列|有)|名单(?:是|有|呢|发|给|列)|都是(?:哪|谁|什么)"
            r"|哪(?:几|两|俩|三|四|五|六|七|八|九|十|\d+)(?:个|家|所|条"
            r"|户|座|款)(?!月|百分点|季度|方面|指标)|什么牌子|哪些品牌"
        ),
        re.compile(_LISTED),
    ),
)


def asks_attribute(question: Question) -> bool:
    """Whether a question asks for one of the attributes of the table."""
    asked = fold(question.standalone)
    return any(attribute.asked.search(asked) for attribute in ATTRIBUTES)


def lacking(question: Question, best: Candidate) -> str:
    """Return the name of an attribute that the question asks for and the evidence does not state, "" where there is
    none."""
    asked = fold(question.standalone)
    said = fold(best.reading.sentences[best.clause.index])
    own = best.clause.text
    for attribute in ATTRIBUTES:
        if not attribute.asked.search(asked):
            continue
        # A list stands with what it lists, not somewhere in its sentence.
        if attribute.told is not _NAMES and attribute.told.search(said):
            continue
        if attribute.told is _NAMES and (question.kind is Kind.FIGURE or _names_something(question, fold(own), asked)):
            continue
        return attribute.name
    return ""


_NAMES = ATTRIBUTES[-1].told


def _names_something(question: Question, own: str, asked: str) -> bool:
    """Whether a clause lists or names what the question does not name itself."""
    if any(not _inside(m, own, asked) for m in _NAMES.finditer(own)) or _PROPER.search(own):
        return True
    if not _ONE_NAME.search(asked) or _SEVERAL_NAMED.search(asked):
        return False
    # "温榆河|公园": more than the word asked for stands before it
    named = (own[: own.find(t.text)][-4:] for t in question.terms if t.critical and t.text in own)
    return any(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", head) and head[-2:] not in asked for head in named)


def _inside(m: re.Match[str], own: str, asked: str) -> bool:
    """Whether what is quoted is the question's own word: "6个街道获评“北京市卫生街道”"."""
    quoted = re.match(r"[“《‘]([^”》’]*)[”》’]", own[m.start() :])
    if quoted is None:
        return False
    pairs = [quoted[1][i : i + 2] for i in range(len(quoted[1]) - 1)]
    return bool(pairs) and sum(pair in asked for pair in pairs) / len(pairs) > 0.5


# "叫什么", "名字是": one name is asked for, no list
_ONE_NAME = re.compile(r"叫什么|名[字称](?:是|叫)|全名")
# "两家企业叫什么"
_SEVERAL_NAMED = re.compile(r"[两二三四五六七八九十\d几]+[家个户所条座款项][^,。?]{0,10}叫")
# "高德打车", "沃尔玛山姆会员店": names that companies and places have
_PROPER = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:公司|集团|打车|医院|学校|小学|中学|大学|银行|会员店|总部|产业园|中心|机场|站)"
)
