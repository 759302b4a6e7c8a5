"""Text (+ history) -> Question: what is asked for, of what, when and where. No model is needed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from assistant.answer import Turn
from assistant.parts import parts
from assistant.question import Hole, Kind, Question, Term
from assistant.vocabulary import Vocabulary
from assistant.wording import plain, translate, without_padding
from ingest.language.aspects import asked_aspects, asks_target
from ingest.language.folding import fold
from ingest.language.indicators import indicators, synonym_pattern, synonyms
from ingest.language.periods import Calendar, PeriodMention, periods
from ingest.language.quantities import Dimension, quantities, unit_dimension
from ingest.language.statuses import Status
from ingest.places import PROVINCES, short_place

_HISTORY = 6


@dataclass(frozen=True)
class Understanding:
    """What the reports bring to a question: their words, their places, their calendar."""

    vocabulary: Vocabulary
    places: tuple[str, ...]
    calendar: Calendar

    def understand(self, text: str, history: Sequence[Turn] = ()) -> list[Question]:
        """Return the questions that `text` asks after the user's earlier turns, at least one."""
        understood: Question | None = None
        for turn in [t for t in history if t.role == "user"][-_HISTORY:]:
            understood = self._next(turn.content, understood)
        if asks_both(fold(plain(text))):
            return [self._next(without_padding(plain(text)), understood)]
        questions: list[Question] = []
        for part in parts(without_padding(plain(text))):
            question = self._next(part, understood)
            understood = _elaborated(question, questions[-1]) if questions else question
            questions.append(understood)
        return questions

    def _next(self, text: str, before: Question | None) -> Question:
        question = self._alone(text)
        return _follow(question, before) if before is not None else question

    def _alone(self, text: str) -> Question:
        asked = self.vocabulary.corrected(self._localised(translate(plain(text))))
        asked = without_padding(asked)
        folded = fold(asked)
        mentions = tuple(m for m in periods(folded, self.calendar) if not re.match(r"同期|相?比", folded[m.end :]))
        places = tuple(named_places(folded))
        terms = tuple(_sharpened(folded, self._terms(folded, mentions, places)))
        hole = hole_of(folded)
        aspects = asked_aspects(folded)
        question = Question(
            text=text.strip(),
            standalone=asked,
            kind=Kind.TEXT,
            terms=terms,
            aspects=aspects,
            hole=hole,
            period=None if asks_both(folded) else _period(mentions),
            period_text=mentions[0].text if mentions else "",
            places=places,
            status=status_asked(folded, mentions),
            target=asks_target(folded),
            both=asks_both(folded),
            numeric=bool(aspects or hole.dimension or quantities(folded)),
            wide=_WIDE.search(folded) is not None,
        )
        return replace(question, kind=kind_of(folded, question), dangling=_dangles(folded, question))

    def _localised(self, text: str) -> str:
        """Return `text` with Latin spellings of the reports' places in Chinese: "Daxing" -> "大兴"."""
        for m in re.findall(r"[A-Za-z]{4,}", text):
            place = _latin_places(self.places).get(m.lower())
            text = text.replace(m, place) if place else text
        return text

    def _terms(self, folded: str, mentions: Sequence[PeriodMention], places: Sequence[str]) -> Iterator[Term]:
        masked = list(folded.lower())
        for start, end in [(m.start, m.end) for m in mentions]:
            masked[start:end] = " " * (end - start)
        text = "".join(masked)
        for m in _ORDINAL.finditer(text):
            yield Term(m[0], (m[0], *_ordinal_forms(m[0])), 1.2, critical=False, ordinal=True)
        text = _ORDINAL.sub(lambda m: " " * len(m[0]), text)
        for start, end, name in list(indicators().find(text)):
            form = text[start:end]
            yield Term(
                form, _forms(form, indicators().forms[name]), 1.6 * self._weight(name), critical=True, indicator=True
            )
            text = text[:start] + " " * (end - start) + text[end:]
        text = _SLOT_WORDS.sub(lambda m: " " * len(m[0]), text)
        for quantity in quantities(text):
            if quantity.dimension is not Dimension.RANK and re.search(r"\d", quantity.text):
                number = re.match(r"[\d.,]+[万亿千百]*", quantity.text)
                forms = (quantity.text, number[0]) if number else (quantity.text,)
                yield Term(quantity.text, forms, 0.8, critical=False)
                text = text[: quantity.start] + " " * (quantity.end - quantity.start) + text[quantity.end :]
        yield from self._words(text)

    def _words(self, text: str) -> Iterator[Term]:
        """Yield the content words that are left, as jieba cuts them, neighbours that it cut to pieces put together."""
        for m in synonym_pattern().finditer(text):
            if not self.vocabulary.knows(m[0]) and len(m[0]) > 2:  # colloquial forms that no dictionary would cut whole
                yield Term(m[0], _forms(m[0], synonyms()[m[0]]), 0.9, critical=True)
                text = text[: m.start()] + " " * len(m[0]) + text[m.end() :]
        for word, flag in _joined(_tagged(text)):
            if word in _STOP_WORDS or not re.search(r"[\w]", word):
                continue
            share = _SHARES.get(flag[:1], 0.2)
            if len(word) == 1:
                share *= 0.35
            forms = _forms(word, synonyms().get(word, ()))
            critical = flag[:1] in "nje" and len(word) > 1
            yield Term(word, forms, share * self._weight(word), critical, hint=self._hint(word, flag))

    def _hint(self, word: str, flag: str) -> str:
        """Return the rarest character of a two-character noun or verb that the reports do not have, if they have it."""
        if len(word) != 2 or flag[:1] not in "nv" or self.vocabulary.knows(word):
            return ""
        known = [c for c in word if c not in _EMPTY_CHARACTERS and self.vocabulary.count(c)]
        return min(known, key=self.vocabulary.count, default="")

    def _weight(self, word: str) -> float:
        """Return the weight of a word by its rarity in the reports, 0.3 to 1; an unknown one weighs 1."""
        return max(0.3, min(1.0, self.vocabulary.rarity(word) / self.vocabulary.highest + 0.15))


_INTERROGATIVE = re.compile(r"什么|哪[个些家里种几俩两项]?|多少|几(?!乎)|谁|啥|怎么?样?|如何|何时|吗|没有?$")


def _sharpened(folded: str, terms: Iterable[Term]) -> Iterator[Term]:
    """Give more weight to the words beside the interrogative: "财源建设里要**杜绝**的是什么"."""
    asked = [(m.start(), m.end()) for m in _INTERROGATIVE.finditer(folded)]
    for term in terms:
        at = folded.lower().rfind(term.text)
        stop = at + len(term.text)
        near = at >= 0 and any(0 <= start - stop <= 2 or 0 <= at - end <= 1 for start, end in asked)
        yield replace(term, weight=term.weight * 1.35) if near and len(term.text) > 1 and not term.ordinal else term


def _forms(word: str, others: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, *(fold(o).lower() for o in others))))


# How much a word weighs by its part of speech (jieba's first letter): nouns, verbs, adjectives, abbreviations ...
_SHARES = {
    "n": 1.0,
    "j": 1.0,
    "e": 1.0,
    "v": 0.7,
    "a": 0.5,
    "l": 0.8,
    "i": 0.8,
    "b": 0.6,
    "s": 0.5,
    "t": 0.4,
    "z": 0.4,
    "x": 0.8,
    "g": 0.5,
    "k": 0.3,
    "f": 0.3,
}

# Characters that carry no meaning of their own in a word.
_EMPTY_CHARACTERS = frozenset("子儿头老小大多少好人家的了面里边个有无不可以为中上下出来去到得")

_STOP_WORDS = frozenset(
    "单月 当月 名字 口号 名称 那种 这种 这类 那类 那家 这家 老街坊 街坊 报 享受 享有 拿到 得到 收尾 帮 覆盖 独特 之处 独特之处 份 那份 意见书 类似 当中 扣掉 扣除 任务额 输给 输 差 点 个点 能 针对 围绕 多少 几 什么 哪 哪些 哪个 哪几 哪几个 哪家 哪里 哪儿 怎么 怎样 怎么样 如何 咋 咋样 咋办 啥 谁 为什么 为何 何时 是 的 了 吗 呢 啊 呀 吧 嘛 哦 有 没有 没 在 和 与 及 或 个 "
    "大概 大约 具体 目前 现在 情况 数据 数字 数值 报告 里面 里 中 上 下 我们 我 你 您 他 她 它 咱 咱们 我区 我市 我省 本区 本市 本省 全区 全市 全省 全国 区里 市里 省里 区 市 告诉 帮 查 查询 看 看看 说 说说 讲 讲讲 请 问 问一下 "
    "一下 一共 总共 共 合计 总计 到底 究竟 分别 各 各自 各是 还 也 都 就 才 又 再 把 被 给 对 对于 关于 从 向 往 到 比 跟 让 用 以 等 等等 这 那 这个 那个 这些 那些 那边 这边 其 其中 该 此 本 "
    "多 少 大 小 高 低 好 想 要 会 能 能够 可以 应 应该 可 需 需要 知道 了解 介绍 完成 实现 达到 达 做 做到 进行 开展 得 地 过 着 来 去 起来 出 出来 成 为 称 叫 叫做 名叫 属于 "
    "今年 去年 明年 年 月 日 时候 时间 期间 当前 近期 最近 一年 半年 全年 数 数量 规模 总量 水平 程度 方面 问题 内容 东西 事 事情 那么 然后 但是 不过 如果 因为 所以 而 而且 以及 之 并 且 将 已 已经 曾 刚 正 正在 还有 还是 是否 是不是 有没有 能不能 会不会 对不对 "
    "大兴区 政府 地方 单位 使 由 于 至 按 按照 根据 每 某 另 另外 其他 其它 主要 相关 有关 多大 多长 多高 多久 多远 多重 % 百分之 百分之几 百分比 比例 元 亿 亿元 万 万元 钱 块钱 人 人次 家 户 项 条 套 间 栋 件 名 位 次 场 处 座 所 部 台 辆 亩 公顷 平方米 平米 平 天 类 种 批 批次 张 "
    "请问 您好 你好 谢谢 麻烦 哈 嗯 呃 哎 唉 诶 嘞 滴 嗷 想问 那 俩 仨 计划 打算 准备 预计 目标 任务 指标 增长 增速 增幅 同比 环比 下降 上升 排名 名次 第几 排 第 占比 占 成 不 不是 别 只 只是 仅 光 就是 说是 听说 据说 好像 似乎 真的 真 确实 吧 对 呗 哟 噢 喔 老 很 非常 特别 最 更 太 挺 上半年 下半年 一季度 二季度 年初 年底 年内 第一 "
    "金额 总额 总数 总 额 值 量 结果 成绩 进展 表现 状况 怎么回事 一样 一般 之间 之后 之前 以后 以前 以来 后 前 时 下一步 接下来 后续 今后 未来 拿 弄 搞 整 办 干 砸 花 算 放 装 建 盖 开 卖 问问 聊聊 谈谈 简单 简要 详细 详情 哪年 哪天 哪月 几个 几家 几项 几号 几月 节点 要求 底线 名额 打算 动手 走到 环节 盘子 对照 实际 达成 落到 分 分为 包括 包含 涉及 提到 提及 写 写到 写明 记载 显示 "
    "一个 一些 有些 一点 有点 点 吧 上面 下面 前面 后面 刚才 刚刚 回到 换 另一个 接着 继续 再问 顺便 按 倒推 推算 估算 计算 算算 平均 每个 每家 每人 差 还差 剩 剩下 还剩".split()
)
# Words of slots, not of content: they are read by aspects, periods, status and hole.
_SLOT_WORDS = re.compile(
    r"反弹|回升|暴[涨跌]|[大猛狂][涨跌增降]|骤[降减增]|缩水|滑坡|幅度|同比|环比|增长率?|增速|增幅|降幅|涨幅|下降|上升|上涨|排名|名次|排第|排在|第几名?|位列|位居|名列|完成率|完成进度|完成比例|占比|比重|全市平均(?:水平)?|平均水平|年度|全年|今年|本年|百分点|百分之"
    r"|是多少|有多少|多少|是什么|什么|哪些|哪几[个家项条种类]?|哪[个家里儿]|怎么样?|怎样|如何|咋样?|啥时候|什么时候|多[大长高久]|具体|总共|一共|合计|分别|各自|哪一?[年月天日]|目前|现在|情况|吗|呢|啊|吧|呀"
)
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+(?:批|期|届|轮|版|个|次|章|产业)|首批|首期|首届")
_WIDE = re.compile(
    r"分别|各(?:是|有|为|自|多少|几)|对照|对比|相比|和.{1,20}(?:哪个|谁)|哪个(?:更|多|大|高|快)|以及|[?？].+[?？]|现在.{0,10}(?:年底|目标)|[、和与].{1,12}(?:各|分别|都)"
)


def _ordinal_forms(word: str) -> tuple[str, ...]:
    return ("第一" + word[1:],) if word.startswith("首") else ("首" + word[2:],) if word.startswith("第一") else ()


@cache
def _latin_places_of(places: tuple[str, ...]) -> dict[str, str]:
    from pypinyin import lazy_pinyin

    return {"".join(lazy_pinyin(short_place(p))): short_place(p) for p in places if p}


def _latin_places(places: tuple[str, ...]) -> dict[str, str]:
    return _latin_places_of(places)


def _tagged(text: str) -> list[tuple[str, str]]:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    cut: Any = jieba.posseg.lcut
    return [(w.word, w.flag) for part in text.split() for w in [*cut(part, HMM=False), _GAP]]


@dataclass(frozen=True)
class _Gap:
    word: str = " "
    flag: str = "x"


_GAP = _Gap()


def _joined(tagged: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Join a single character with its neighbours where both are names cut to pieces: 临|空区 -> 临空区."""
    word, flag = "", ""
    for part, tag in tagged:
        content = part not in _STOP_WORDS and re.fullmatch(r"[\u4e00-\u9fff]+", part)
        if content and word and (len(part) == 1 or len(word) == 1) and tag[:1] in "nvjagbkfsz" and len(word) < 4:
            word, flag = word + part, "n" if "n" in (tag[:1], flag[:1]) else flag
            continue
        if word:
            yield word, flag
        word, flag = (part, tag) if content or re.search(r"\w", part) else ("", "")
        if word and not content:
            yield word, flag
            word, flag = "", ""
    if word:
        yield word, flag


def _period(mentions: Sequence[PeriodMention]) -> Any:
    return mentions[0].period if mentions else None


# "多少家企业", "几项任务", "多少钱", "多少亩", "几成"
_HOLE = re.compile(
    r"(?:多少|几|哪几)\s*(?P<scale>[万亿千百十]*)(?P<unit>个百分点|平方公里|平方米|平米|立方米|公顷|公里|亩|元|块钱|钱|家次|人次|场次|批次|[个家户名项条宗套间栋张件批部处所座场辆株头台例次种类位天人成米吨度岁倍届%])?(?:的)?(?P<noun>[\u4e00-\u9fff]{0,12})"
)
# "企业数量", "涉及的学校个数": how many of the noun
_COUNTED = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2})(?:的)?(?:数量|总数|个数|家数|人数|数目|有几)|(?P<before>[\u4e00-\u9fff]{2})(?:一共|总共|共|大概|大约)?(?:有|是|达|达到)?(?:多少|几)(?P<unit>[家户个名项条宗套间栋张件处所座场辆台例种人])(?![\u4e00-\u9fff]{2})"
)
_MONEY = re.compile(
    r"多少钱|多少[个]?[亿万]?[元块]|多少资金|金额|多少亿|花了?多少|投了?多少|多少投资|多少经费|几个亿|几[亿万]|资金规模|多少[万亿]元|注册资本"
)
_AREA = re.compile(r"面积|多大|多少平|多少亩|多少公顷|多少万平")
_PERCENT = re.compile(r"百分之[几多]|百分比|比例|[^利汇]率(?:是|为|有|达|到|多|怎|如|$|[?,])|几成|多少百分")


def hole_of(folded: str) -> Hole:
    """Return what the folded question says of the number it asks for.

    >>> hole_of("多少家企业拿到了补贴").unit
    '家'
    """
    counted = _COUNTED.search(folded)
    if counted and counted["before"]:
        return Hole(Dimension.COUNT, counted["unit"], counted["before"])
    m = _HOLE.search(folded)
    unit = (m["unit"] or "") if m else ""
    noun = re.sub(r"(?:实行|实现|纳入|获得?|进入|完成|通过|开工|的).*$", "", m["noun"] or "") if m else ""
    if unit in ("钱", "元", "块钱"):
        return Hole(Dimension.MONEY, "", noun)
    if unit == "成":
        return Hole(Dimension.PERCENT)
    if unit:
        return Hole(unit_dimension(unit), unit, noun)
    if counted:
        return Hole(Dimension.COUNT, "", counted["noun"])
    for pattern, dimension in ((_MONEY, Dimension.MONEY), (_AREA, Dimension.AREA), (_PERCENT, Dimension.PERCENT)):
        if pattern.search(folded):
            return Hole(dimension, "", noun)
    return Hole(None, "", noun)


# The year's remaining work is asked for: "下半年", "打算", "要建"
_PLANNED = re.compile(
    r"下半年|下一步|接下来|打算|准备(?!好)|计划(?!执行|完成(?:了|多少))|目标|全年(?:任务|要|盘子|计划)|年底(?:前|节点|要|能|会)?|将(?:要|会)?|要(?!求|是|么|素|闻|点)|力争|确保|不低于|不少于|至少|预期|安排(?!了)|今后|未来|年内|推动|启动|啥时候|什么时候|何时"
)
_DONE = re.compile(
    r"上半年|已经?|完成了|[了过](?:多少|几|哪|什么|没|吗|$|[?。,])|实际|一季度|二季度|截至|累计|做到|到哪|做了"
)


def status_asked(folded: str, mentions: Sequence[PeriodMention]) -> Status | None:
    """Return the status that the question asks for, None where it leaves it open."""
    planned, done = bool(_PLANNED.search(folded)), bool(_DONE.search(folded))
    if planned == done:
        return None
    return Status.PLANNED if planned else Status.DONE


# "现在进度和年底节点", "已经下达多少,全年盘子多少", "上半年完成了什么,下半年要实现什么"
_NOW = re.compile(r"上半年|已经?|完成了|实际|现在|目前|当前|现状|进度")
_THEN = re.compile(r"下半年|全年|年底|目标|任务|计划|盘子|打算|接下来|下一步")


def asks_both(folded: str) -> bool:
    """Whether the folded question asks for the actual and the planned beside each other."""
    return bool(_NOW.search(folded) and _THEN.search(folded) and _PAIR.search(folded))


_PAIR = re.compile(
    r"分别|对照|对比|相比|各(?:是|有|多少)|[?？;；].*[?？]|(?:多少|什么|哪).*[,，;；?？].*(?:多少|什么|哪|怎|打算)|和.{1,12}(?:各|是)"
)


_GREETING = re.compile(
    r"^(?:你好|您好|嗨|哈喽|喂|hi|hello|早上好|下午好|晚上好|在吗|谢谢|再见|拜拜)[啊呀吗的,,!。.~\s]*$", re.I
)
_ABOUT = re.compile(
    r"(?:你是谁|你(?:能|会|可以)(?:做|回答|干|查|帮)|你叫什么|怎么用|有(?:哪些|什么|几[份个篇])(?:报告|文件|资料|数据)|(?:这份|这个|该|本|这篇)?(?:报告|文件)(?:是|由|的)?(?:谁|哪个?(?:单位|部门|机构)|什么时候|何时|哪天|哪年|标题|名称|来源|日期|发布|叫什么))"
)
_LIST = re.compile(
    r"哪些|哪几|哪两|哪三|哪四|哪五|哪俩|分别(?:是|有|为|叫)|列举|列出|都有(?:哪|什么|啥)|有什么(?!用)|有啥|包括(?:哪|什么)|名单|几种|哪种|什么措施|哪方面|几[个家项条](?:.{1,12})分别|各(?:是|有)(?:什么|哪)|俩"
)
_YES_NO = re.compile(
    r"(?:吗|(?<![什怎那这多])么|吧|没有|了没|不|没)[?？。!]*$|是不是|是否|有没有|对不对|能不能|会不会|有无|是真的|属实|可不可以"
)
_WHEN = re.compile(
    r"什么时候|啥时候|何时|哪(?:一)?[年月天日]|几月|几号|多久|时间(?:是|节点|表)|哪个(?:月|季度)|什么时间|时间点"
)
_NUMBER = re.compile(
    r"多少|[几多]少|几(?!乎)|多大|多高|多长|多快|增速|增幅|增长率|排第|排名|名次|数量|占比|比例|[额率值量数积度]$|金额|百分|how|what",
    re.I,
)


def kind_of(folded: str, question: Question) -> Kind:
    """Return the kind of a folded question whose slots are read."""
    if _GREETING.match(folded):
        return Kind.GREETING
    if _ABOUT.search(folded) and not any(t.indicator for t in question.terms):
        return Kind.ABOUT
    if not question.terms:
        return Kind.UNCLEAR
    if _WHEN.search(folded):
        return Kind.WHEN
    if _LIST.search(folded):
        return Kind.LIST
    if _YES_NO.search(folded):
        return Kind.YES_NO
    asks_number = bool(question.aspects) or question.hole.dimension is not None or bool(_NUMBER.search(folded))
    bare = question.target or (any(t.indicator for t in question.terms) and not _TEXTUAL.search(folded))
    return Kind.FIGURE if asks_number or bare else Kind.TEXT


_TEXTUAL = re.compile(
    r"什么|怎么|怎样|如何|为什么|为何|为啥|咋|啥|谁|哪|原因|措施|举措|办法|做法|模式|机制|意义|原则|名字|叫|根子|关系|内容"
)

_PRONOUN = re.compile(
    r"^(?:那|那么)?(?:它们?|其|这个|那个|该|这些|那些|这|他们|她们|前者|后者|上述|刚才)|(?:它们?|这个|那个|该)(?:的|是|有|排|占|增|完|在|跟|和|总|一共|呢|,)|回到|前面|刚才|上面"
)
_TRAILING = re.compile(r"(?:呢|呀|吧)?[?？。!]*$")
_CONTINUES = re.compile(r"^(?:那么?|还有|另外|再|其中|同期|同样)|呢[?？。!]*$")
# "我问的是6月份", "不是计划,是实际": a correction keeps everything else
_CORRECTS = re.compile(r"^(?:我(?:问|说|指|想问)的是|不是.{1,12}[,，]?\s*是|改成|换成)")


def _follow(question: Question, before: Question) -> Question:
    """Return `question` with what it takes over from the question before it; a change of subject takes over nothing."""
    text = fold(question.standalone)
    pronoun, continues, corrects = _PRONOUN.search(text), _CONTINUES.search(text), _CORRECTS.search(text)
    subject = [t for t in question.terms if t.critical]
    if question.kind in (Kind.GREETING, Kind.ABOUT):
        return question
    if before.kind in (Kind.GREETING, Kind.ABOUT) or not before.terms:
        return question
    if not subject and not question.places:
        return _merged(question, before, keep=1.0)
    if pronoun or corrects:
        return _merged(question, before, keep=0.6)
    if continues and len(text) <= 16:
        return _swapped(question, before)
    short = len(text) <= 12 and not question.period and not any(t.indicator for t in subject)
    return _merged(question, before, keep=0.35) if short and _generic(question) else question


def _elaborated(question: Question, before: Question) -> Question:
    """Return a later question of one text, asked of what the one before it names, unless it names its own:
    "北大医院南院区哪天开诊,有多少张床位" asks for the beds of that hospital."""
    named = [t for t in before.terms if t.critical and not t.indicator]
    if not named or any(t.critical and not t.indicator for t in question.terms) or question.kind is Kind.UNCLEAR:
        return question
    texts = {t.text for t in question.terms}
    return replace(question, terms=(*question.terms, *(t for t in named if t.text not in texts)))


def _dangles(folded: str, question: Question) -> bool:
    """Whether a question points at something and names nothing that would tell what."""
    return bool(re.search(r"^(?:那|这)(?:个|些|项|家)|^(?:它|其|该)", folded)) and _generic(question)


def _generic(question: Question) -> bool:
    """Whether a question names nothing of its own that would stand alone ("年度目标是什么水平")."""
    return sum(t.weight for t in question.terms) < 1.2


def _merged(question: Question, before: Question, keep: float) -> Question:
    """Keep the subject before, and what the new question leaves open."""
    old = tuple(replace(t, weight=t.weight * keep, critical=t.critical and keep > 0.5) for t in before.terms)
    aspects = question.aspects
    if not aspects and not question.target and question.hole.dimension is None:
        aspects = before.aspects
    merged = replace(
        question,
        dangling=False,
        standalone=f"{before.standalone.rstrip('?？。呢吗')} {question.standalone}",
        terms=(*question.terms, *(t for t in old if t.text not in {x.text for x in question.terms})),
        aspects=aspects,
        period=question.period or before.period,
        period_text=question.period_text or before.period_text,
        places=question.places or before.places,
        status=question.status or (None if question.target else before.status),
    )
    kind = before.kind if question.kind in (Kind.UNCLEAR, Kind.TEXT) and not question.terms else question.kind
    if question.kind is Kind.UNCLEAR and (merged.aspects or merged.target or merged.hole.dimension):
        kind = Kind.FIGURE
    return replace(merged, kind=kind)


def _swapped(question: Question, before: Question) -> Question:
    """Put the new subject in the place of the old: "建筑业总产值呢" asks of it what was asked before."""
    ordinal = any(_ORDINAL.match(t.text) for t in question.terms) and not any(t.indicator for t in question.terms)
    old = tuple(t for t in before.terms if not (ordinal and _ORDINAL.match(t.text)))
    keep = 1.0 if ordinal else 0.3
    kept = tuple(replace(t, weight=t.weight * keep, critical=False) for t in old if not (t.indicator and not ordinal))
    return replace(
        question,
        dangling=False,
        standalone=f"{question.standalone.rstrip('?？。呢')}({before.standalone.rstrip('?？。')})",
        kind=before.kind if question.kind in (Kind.UNCLEAR, Kind.TEXT, Kind.FIGURE) else question.kind,
        terms=(*question.terms, *(t for t in kept if t.text not in {x.text for x in question.terms})),
        aspects=question.aspects or before.aspects,
        hole=question.hole if question.hole.dimension else before.hole,
        period=question.period or before.period,
        period_text=question.period_text or before.period_text,
        places=question.places or before.places,
        status=question.status or before.status,
        target=question.target or before.target,
    )


def named_places(folded: str) -> Iterator[str]:
    """Yield the administrative places that the folded text names, as jieba's dictionary knows them."""
    for word, _ in _tagged(folded):
        if len(word) > 1 and _is_place(word):
            yield word


@cache
def _is_place(word: str) -> bool:
    """Whether the dictionary has `word` as a place of rank: "海淀区", and "青岛" because it has "青岛市"."""
    import jieba.posseg

    table: dict[str, str] = jieba.posseg.dt.word_tag_tab
    if word in PROVINCES or word in PROVINCES.values():
        return True
    if table.get(word) != "ns" or word in _NO_PLACES or len(word) > 6:
        return False
    return bool(_RANKED.search(word)) or any(table.get(word + rank) == "ns" for rank in "市州")


_RANKED = re.compile(r".(?:(?<!超)市|[省区县州盟旗])$")
# Tagged as places by the dictionary, but words of every report.
_NO_PLACES = frozenset("城区 市区 郊区 新区 城市 上市 县市 小区 社区 地区 山区 灾区 园区".split())
