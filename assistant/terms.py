"""The content words of a question: what must be found in the evidence, and how much each word counts."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.question import Term
from assistant.vocabulary import Vocabulary
from ingest.language.folding import fold
from ingest.language.indicators import indicators, synonym_pattern, synonyms
from ingest.language.periods import PeriodMention
from ingest.language.quantities import Dimension, quantities


@dataclass(frozen=True)
class TermReader:
    """Reads the content words of questions, weighed by how rare they are in the reports."""

    vocabulary: Vocabulary

    def read(self, folded: str, mentions: Sequence[PeriodMention], places: Sequence[str]) -> tuple[Term, ...]:
        """Return the terms of a folded question; its periods and places are slots of their own."""
        return tuple(_sharpened(folded, self._terms(folded, mentions, places)))

    def _terms(self, folded: str, mentions: Sequence[PeriodMention], places: Sequence[str]) -> Iterator[Term]:
        masked = list(folded.lower())
        for start, end in [(m.start, m.end) for m in mentions]:
            masked[start:end] = " " * (end - start)
        text = _without_places("".join(masked), places)
        for m in _ORDINAL.finditer(text):
            yield Term(m[0], (m[0], *_ordinal_forms(m[0])), 1.2, critical=False, ordinal=True)
        text = _ORDINAL.sub(lambda m: " " * len(m[0]), text)
        for m in _BOUND.finditer(text):
            yield Term(m[0], (m[0], m[0].replace("级", "")), 1.0, critical=False)
        text = _BOUND.sub(lambda m: " " * len(m[0]), text)
        for start, end, name in list(indicators().find(text)):
            form = text[start:end]
            others = indicators().forms[name] + _GROWS.get(name, ())
            yield Term(form, _forms(form, others), 1.6 * self._weight(name), critical=True, indicator=True)
            text = text[:start] + " " * (end - start) + text[end:]
        text = _SLOT_WORDS.sub(lambda m: " " * len(m[0]), text)
        for quantity in quantities(text):
            if quantity.dimension is not Dimension.RANK and re.search(r"\d", quantity.text):
                number = re.match(r"[\d.,]+[万亿千百]*", quantity.text)
                forms = (quantity.text, number[0]) if number else (quantity.text,)
                yield Term(quantity.text, forms, 0.4, critical=False)
                text = text[: quantity.start] + " " * (quantity.end - quantity.start) + text[quantity.end :]
        yield from self._words(text)

    def _words(self, text: str) -> Iterator[Term]:
        """Yield the content words that are left, as jieba cuts them, neighbours that it cut to pieces put together."""
        for m in synonym_pattern().finditer(text):
            if not self.vocabulary.knows(m[0]) and len(m[0]) > 2:  # colloquial forms that no dictionary would cut whole
                yield Term(m[0], _forms(m[0], synonyms()[m[0]]), 0.9, critical=True)
                text = text[: m.start()] + " " * len(m[0]) + text[m.end() :]
        for word, flag in joined(tagged(text), self.vocabulary):
            if word in _STOP_WORDS or not re.search(r"[\w]", word):
                continue
            share = _SHARES.get(flag[:1], 0.2)
            if flag[:1] == "v" and not self.vocabulary.knows(word):
                share = 0.25  # people's verbs tell little: "拿出", "砸", "弄到"
            if len(word) == 1:
                share *= 0.35
            if len(word) > 3 and not self.vocabulary.knows(word):
                yield from self._split(word)
                continue
            forms = _forms(word, synonyms().get(word, ()))
            critical = flag[:1] in "nje" and len(word) > 1
            unknown = not self.vocabulary.knows(word)
            yield Term(word, forms, share * self._weight(word), critical, hint=self._hint(word, flag), unknown=unknown)

    def _split(self, word: str) -> Iterator[Term]:
        """Yield the parts of a compound that the reports do not have: "大型超市" -> "大型", "超市"."""
        import jieba

        parts = [p for p in jieba.cut_for_search(word) if p != word and len(p) > 1] or [word]
        for part in parts:
            yield Term(part, _forms(part, synonyms().get(part, ())), 1.6 * self._weight(part) / len(parts), True)

    def _hint(self, word: str, flag: str) -> str:
        """Return the rarest character of a two-character noun or verb that the reports do not have, if they have it."""
        if len(word) != 2 or flag[:1] not in "nv" or self.vocabulary.knows(word):
            return ""
        known = [c for c in word if c not in _EMPTY_CHARACTERS and self.vocabulary.count(c)]
        return min(known, key=self.vocabulary.count, default="")

    def _weight(self, word: str) -> float:
        """Return the weight of a word by its rarity in the reports, 0.3 to 1; an unknown one weighs 1."""
        return max(0.3, min(1.0, self.vocabulary.rarity(word) / self.vocabulary.highest + 0.15))


def _without_places(text: str, places: Sequence[str]) -> str:
    """Blank the places of a question: they choose the reports, and every sentence of those is about them."""
    for place in places:
        text = text.replace(place.lower(), " " * len(place))
    return _OWN_REGION.sub(lambda m: " " * len(m[0]), text)


_OWN_REGION = re.compile(r"我国|全国|中国|我[省市区县]|全[省市区县]|本[省市区县]")


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


# What reports say of an indicator's growth without its name.
_GROWS = {"地区生产总值": ("经济增长",)}

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
    "缺口 差额 减去 减掉 合起来 加总 差别 区别 列 列一下 老几 盘子 离 根子 根源 原因 缘故 出现 怎么回事 届 区间 预期 口径 精确 精确数 具体数 上限 下限 覆盖到 单月 当月 名字 口号 名称 那种 这种 这类 那类 那家 这家 老街坊 街坊 报 享受 享有 拿到 得到 收尾 帮 覆盖 独特 之处 独特之处 份 那份 意见书 类似 当中 扣掉 扣除 任务额 输给 输 差 点 个点 能 针对 围绕 多少 几 什么 哪 哪些 哪个 哪几 哪几个 哪家 哪里 哪儿 怎么 怎样 怎么样 如何 咋 咋样 咋办 啥 谁 为什么 为何 何时 是 的 了 吗 呢 啊 呀 吧 嘛 哦 有 没有 没 在 和 与 及 或 个 "
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
    r"(?:几|多少|哪|两|哪几)[个家户项条种套间栋张件处所座场辆台例类层级部名位次批天](?![月])|反弹|回升|暴[涨跌]|[大猛狂][涨跌增降]|骤[降减增]|缩水|滑坡|幅度|同比|环比|增长率?|增速|增幅|降幅|涨幅|下降|上升|上涨|排名|名次|排第|排在|第几名?|位列|位居|名列|完成率|完成进度|完成比例|占比|比重|全市平均(?:水平)?|平均水平|年度|全年|今年|本年|百分点|百分之"
    r"|是多少|有多少|多少|是什么|什么|哪些|哪几[个家项条种类]?|哪[个家里儿]|怎么样?|怎样|如何|咋样?|啥时候|什么时候|多[大长高久]|具体|总共|一共|合计|分别|各自|哪一?[年月天日]|目前|现在|情况|吗|呢|啊|吧|呀"
)
# "亿元级以上项目", "千万级企业"
_BOUND = re.compile(r"[十百千]?[万亿]元?级?及?以上|[十百千][万亿]级")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+(?:批|期|届|轮|版|个|次|章|产业)|首批|首期|首届")


def _ordinal_forms(word: str) -> tuple[str, ...]:
    return ("第一" + word[1:],) if word.startswith("首") else ("首" + word[2:],) if word.startswith("第一") else ()


def tagged(text: str) -> list[tuple[str, str]]:
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


def joined(found: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Join the characters of a name that the dictionary cut to pieces, where the reports join them: 临|空区, 厨|余|垃圾."""
    word, flag = "", ""
    for part, tag in found:
        empty = (part in _STOP_WORDS or word in _STOP_WORDS) and part not in _SIZES and word not in _SIZES
        single = not empty and (len(part) == 1 or len(word) == 1)
        whole = single and len(word) < 5 and _HAN_WORD.fullmatch(word + part) is not None
        if word and whole and vocabulary.knows(word[-1:] + part[:1]):
            word, flag = word + part, "joined"
            continue
        if word:
            yield word, "n" if flag == "joined" else flag
        word, flag = part, tag
    if word:
        yield word, "n" if flag == "joined" else flag


# Stop words that also begin names: 小|微企业, 高|标准农田
_SIZES = frozenset("小大高低新")
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
