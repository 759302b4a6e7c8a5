"""Words of one class, which stand for each other: a turn that names one takes none of the others over."""

from __future__ import annotations

import re

from assistant.followup.turns import SHORT, TAIL, Continued, LaterTurn
from ingest.language.folding import fold


def contrasted(turn: LaterTurn) -> Continued | None:
    """Return the question before with a word turned into the one that this turn puts against it: "竣工的呢"."""
    if len(turn.own) > SHORT:
        return None
    text = fold(turn.before.standalone)
    bare = _FILLING.sub("", TAIL.sub("", turn.own))
    for words in _CONTRASTS:
        if bare not in words or bare in text:
            continue
        said = [w for w in words if w in text]
        if said:
            text = text.replace(max(said, key=len), bare)
            return Continued(text, text.replace(bare, ""), 1.0, turn.before)
    return None


def without_contrasts(subject: str, own: str) -> str:
    """Return the subject before without the words that the new turn contrasts with: 开工 when it asks for 竣工."""
    for words in _CONTRASTS:
        named = [w for w in words if w in own]
        for other in words if named else ():
            if other not in named and not any(other in n for n in named):
                subject = subject.replace(other, "")
    return subject


# Words of one class stand for each other: a turn that names one takes none of the others over.
_CONTRASTS = (
    ("开工", "竣工", "完工", "投产", "封顶", "建成", "投用", "动工", "新开工", "续建"),
    ("收入", "支出"),
    ("进口", "出口", "进出口"),
    ("城镇居民", "农村居民", "农民"),
    ("城镇", "农村", "城乡"),
    ("增长", "下降"),
    ("住宅", "产业", "商业", "工业"),
    ("首批", "第一批", "第二批", "第三批", "第四批", "首期", "一期", "二期", "三期", "第一期", "第二期", "第三期"),
    ("首届", "第一届", "第二届"),
    ("存款", "贷款"),
    ("生产", "销售", "消费"),
    ("一产", "二产", "三产", "第一产业", "第二产业", "第三产业"),
    ("北区", "南区", "东区", "西区", "东片区", "西片区"),
    ("计划", "实际"),
    ("全国", "全市", "全省", "全区", "全县"),
)
# "投产的也说下", "完工几个"
_FILLING = re.compile(r"的|[也又]?(?:说|讲|问)(?:一?下|说)?|[有是]?(?:多少|几)[个家户项宗套亿元]*|[呢吗呀啊]|了")
