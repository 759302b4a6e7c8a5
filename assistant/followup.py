"""A question after a question: its stand-alone text is written out, slot by slot, and then read like any other.

What a later turn leaves open it takes from the turns before it: the subject ("同比呢"), what is asked of it
("那建安投资呢"), the period ("全年任务是多少" of the same thing), the place. What it names itself stays; a change of
subject starts afresh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.question import Kind, Question, Term
from assistant.terms import SLOT_WORDS
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.periods import Calendar, periods
from ingest.language.quantities import quantities
from ingest.language.statuses import Status


@dataclass(frozen=True, slots=True)
class Continued:
    """The stand-alone `text` of a follow-up; `carried` is what of it the turns before gave, which weighs `keep`.

    `before` is the question that it continues.
    """

    text: str
    carried: str
    keep: float
    before: Question
    pair: bool = False
    """Takes up the things of the last two questions side by side, to be calculated with."""


_PRONOUN = re.compile(
    r"(?:它们?|他们|她们|前者|后者|上述|两者|(?<![其尤])其(?![中他它实余])|那儿|那里"
    r"|那边|这里|这边|(?:这|那|该)(?:个|家|些|项|处|座|条|种|批|件|份|几[个家项])?"
    r"(?P<noun>[\u4e00-\u9fff]{2,6}?)?(?=的|是|有|排|占|增|完|在|跟|和|与"
    r"|总|一共|呢|,|下|上|今|全|要|能|会|又|也|还|什|多|几|怎|同|[?]|$))"
)
_OPENS = re.compile(
    r"^(?:那么|那(?![个家些项处座条种批件份儿里边])|还有|另外|再(?:问|说|看|来)?(?:一下|个)?|其中|同期|同样|换成?"
    r"|改成|改问|回到(?:前面|刚才|上面)?|前面|刚才|上面|然后|接着|顺便|至于|嗯|哦|好的?|谢谢|ok)+[,,、的说提到过]*",
    re.I,
)
_TAIL = re.compile(r"(?:的?(?:情况|数据|数)?(?:呢|嘞|咧))?[?。!~呢啊呀]*$")
# "我问的是6月份", "不是计划,是实际": a correction keeps everything else
# "哦不是这个,我要增速", "不好意思没讲清楚,我问的是区级的"
_MISTAKEN = (
    r"(?:哦|噢|喔|啊|呃|嗯|哎|唉|等等|等一下|不好意思|抱歉|对不起|(?:我)?(?:刚才|刚刚)?(?:说|问|讲|搞|弄|打)错了?"
    r"|(?:我)?没(?:讲|说|问)清楚?|不对|不是(?:这个|那个|它|这|那)|错了)[,，、。!~ ]*"
)
_CORRECTS = re.compile(
    rf"^(?:{_MISTAKEN})*(?:不对?[,，]?)?(?:我(?:要)?(?:问|说|指|想问|想知道|要)的?是"
    rf"|我是(?:问|说|指)|不是.{{1,12}}?[,，]?\s*(?:我?问?的?是|而是))"
    rf"|^(?:{_MISTAKEN})+(?:我(?:要|想)?(?:问|说|指|看|知道)?的?(?:是)?)?"
)
_BACK = re.compile(r"回到|前面|刚才|上面|之前|最开始|一开始")
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
_GENERIC_WEIGHT = 1.2


def continued(question: Question, earlier: Sequence[Question], calendar: Calendar) -> Continued | None:
    """Return how `question` reads in the light of the `earlier` ones, None where it stands alone."""
    before = next((q for q in reversed(earlier) if q.terms and q.kind not in _SOCIAL), None)
    if before is None and earlier and (named := _named_at_last(question, earlier[-1])):
        return named
    if before is None or question.kind in _SOCIAL or question.kind is Kind.ATTACK:
        return None
    text = fold(question.standalone)
    corrects = _CORRECTS.match(text)
    opening = _OPENS.match(text)
    spoken = corrects or opening
    own = text[spoken.end() if spoken else 0 :].strip(" ,。")
    if before.period is not None:
        own = _THAT_YEAR.sub(f"{before.period.year}年", own)
    if (back := _EARLIER.search(own)) is not None and (source := _pointed_at(back, earlier)) is not None:
        named = subject_text(source)
        return Continued(f"{_shared_slots(question, source, named)}{named}{own[back.end() :]}", named, 1.0, source)
    if (year := _NEXT_YEAR.search(own)) and before.period is not None:
        shifted = before.period.year + (1 if year["next"] else -1)
        if not _asks(question, _NEXT_YEAR.sub("", own)):
            text = fold(before.standalone)
            for named in before.period_texts:
                text = text.replace(named, f"{shifted}年", 1)
            return Continued(text, text, 1.0, before)
        spoken_of = subject_text(before)
        place = "".join(p for p in before.places if p not in spoken_of)
        return Continued(f"{place}{spoken_of}{_NEXT_YEAR.sub(f'{shifted}年', own)}", spoken_of, 1.0, before)
    if _BACK.search(text) and (returned := _returned(own, earlier)) is not None:
        return returned
    if len(own) <= _SHORT and (contrasted := _contrasted(own, before)):
        return contrasted
    subject = [t for t in question.terms if t.critical]
    pronoun = _PRONOUN.search(own)
    if pronoun and (antecedent := _antecedent(pronoun, text, earlier, before)):
        return _with_antecedent(question, own, pronoun, antecedent)
    if not subject:
        return _of_the_same(question, own, before, calendar)
    bare = not _asks(question, own)
    narrowed = opening is not None and "其中" in text[: opening.end()]
    if bare and (opening or corrects or len(own) <= _SHORT or text.rstrip("?？。").endswith("呢")):
        return _with_subject(question, own, before, narrowed, calendar)
    generic = sum(t.weight for t in question.terms) < _GENERIC_WEIGHT or narrowed
    if generic and len(own) <= _SHORT + 4 and not any(t.indicator for t in subject):
        carried = _carried_subject(before, question, own)
        return Continued(f"{_shared_slots(question, before)}{carried}{own}", carried, 0.4, before)
    if before.places and not question.places:
        return Continued(f"{_shared_slots(question, before)}{own}", "", 1.0, before)
    return None


def _named_at_last(question: Question, before: Question) -> Continued | None:
    """Return a question that named nothing with what this turn names: "增速是多少" and then "区级财政收入"."""
    wants = before.aspects or before.target or before.hole.dimension is not None
    text = fold(question.standalone)
    spoken = _CORRECTS.match(text) or _OPENS.match(text)
    own = _TAIL.sub("", text[spoken.end() if spoken else 0 :].strip(" ,。"))
    if not wants or not any(t.critical for t in question.terms) or _asks(question, own):
        return None
    return Continued(f"{own}{fold(before.standalone)}", "", 1.0, before)


_NEXT_YEAR = re.compile(r"(?P<next>第二年|下一年|次年|来年|转年)|(?:上一年|前一年|头一年)")


def _pointed_at(back: re.Match[str], earlier: Sequence[Question]) -> Question | None:
    """Return the question that "前一个", "第一个指标" points back at, None where there was one alone."""
    asked = [q for q in earlier if q.terms and q.kind not in _SOCIAL]
    return None if len(asked) < 2 else asked[0] if back["first"] else asked[-2]


def _returned(own: str, earlier: Sequence[Question]) -> Continued | None:
    """Return a turn that goes back to an earlier subject by a word of it: "回到就业,2021年完成了多少"."""
    word, _, rest = own.partition(",")
    asked = [q for q in earlier if q.terms and q.kind not in _SOCIAL]
    for source in reversed(asked[:-1]):
        named = subject_text(source)
        if 2 <= len(word) < len(named) and word in named and rest:
            return Continued(f"{''.join(source.places)}{named}{rest}", named, 1.0, source)
    return None


def _contrasted(own: str, before: Question) -> Continued | None:
    """Return the question before with a word turned into the one that this turn puts against it: "竣工的呢"."""
    text = fold(before.standalone)
    bare = _FILLING.sub("", _TAIL.sub("", own))
    for words in _CONTRASTS:
        if bare not in words or bare in text:
            continue
        said = [w for w in words if w in text]
        if said:
            text = text.replace(max(said, key=len), bare)
            return Continued(text, text.replace(bare, ""), 1.0, before)
    return None


# "投产的也说下", "完工几个"
_FILLING = re.compile(r"的|[也又]?(?:说|讲|问)(?:一?下|说)?|[有是]?(?:多少|几)[个家户项宗套亿元]*|[呢吗呀啊]|了")


def alternatives(question: Question, earlier: Sequence[Question]) -> list[Continued]:
    """Return other ways in which `question` may take up the `earlier` ones, likeliest first: which of them is meant the
    reports tell."""
    asked = [q for q in earlier if q.terms and q.kind not in _SOCIAL]
    if not asked or question.kind in _SOCIAL or question.kind in (Kind.ATTACK,):
        return []
    before = asked[-1]
    opening = _OPENS.match(fold(question.standalone))
    own = fold(question.standalone)[opening.end() if opening else 0 :].strip(" ,，。")
    found: list[Continued] = []
    if _COMPUTES.search(own) and (len(asked) > 1 or question.places):
        several = asked[-3:] if _THREE.search(own) and len(asked) > 2 else asked[-2:]
        if joined := _against_place(question, own, before) or _side_by_side(question, several):
            found.append(Continued(f"{joined}{_PAIRED.sub('', own)}", joined, 1.0, before, pair=True))
    if (part := _PART.search(own)) is not None:  # "里面地方占多少": the part itself, where no share is told
        spoken = own.replace(part[0], "是多少")
        carried = _carried_subject(before, question, spoken)
        found.append(Continued(f"{_shared_slots(question, before)}{carried}{spoken}", carried, 0.6, before))
    names_own = any(t.indicator for t in question.terms) or not _asks(question, own)
    pronoun = _PRONOUN.match(own)
    rest = _TAIL.sub("", own[pronoun.end() if pronoun and not pronoun["noun"] else 0 :])
    carried = "" if names_own else _carried_subject(before, question, own)
    if carried and carried not in own:
        found.append(Continued(f"{_shared_slots(question, before, carried)}{carried}{rest}", carried, 0.6, before))
    entity = "" if names_own else _entity(before)
    if entity and entity not in own and entity != carried:
        found.append(Continued(f"{_shared_slots(question, before, entity)}{entity}{rest}", entity, 0.8, before))
    return found


def _side_by_side(question: Question, several: Sequence[Question]) -> str:
    """Return the things of some questions side by side: their subjects, or one subject in several places or periods; ""
    where more than one of these differs."""
    before = several[-1]
    grows = all(Aspect.YEAR_ON_YEAR in q.aspects for q in several) and not question.target
    side = "同比增速" if grows else "目标" if all(q.target for q in several) else ""
    subjects = list(dict.fromkeys(subject_text(q) for q in several))
    places = list(dict.fromkeys(place for q in several for place in q.places))
    times = list(dict.fromkeys(said for q in several for said in q.period_texts))
    if len(subjects) == len(several):
        return f"{_shared_slots(question, before)}{_listed(subjects)}{side}"
    if len(subjects) > 1:
        return ""
    if len(places) == len(several):
        return f"{_listed(places)}{''.join(before.period_texts)}{subjects[0]}{side}"
    return f"{''.join(places)}{_listed(times)}{subjects[0]}{side}" if len(times) == len(several) else ""


def _against_place(question: Question, own: str, before: Question) -> str:
    """Return the subject before in its place and in the one that this turn sets against it: "跟北京比谁更长"."""
    place = "".join(question.places)
    if len(question.places) != 1 or len(before.places) != 1 or place in before.places or not before.terms:
        return ""
    if not re.match(rf"[跟和与同比]?{place}(?:的)?(?:比|相比|哪|谁|差)", own):
        return ""
    return f"{before.places[0]}和{place}{''.join(before.period_texts)}{subject_text(before)}"


def _listed(names: Sequence[str]) -> str:
    """Return "甲和乙", "甲、乙和丙"."""
    return "和".join(filter(None, ("、".join(names[:-1]), names[-1])))


# "这俩差几个百分点", "一减,差额是多少", "两块加总", "哪个高"
_COMPUTES = re.compile(
    r"差了?(?:零点)?(?:多少|几|额|距)|相差|[相一]减|加总|合计|加起来|加(?:在|到)?一(?:起|块)|总共|一共|总和|之和|相比|比(?:较|一下)"
    r"|(?:哪个|哪[项年边]|谁)[^,。?]{0,6}[高多大快低少长慢]|[高多大快低少长慢](?:多少|几)"
)
_THREE = re.compile(r"三|仨|几[个者家项]")
# "这俩|差几个百分点", "两块绿地|加总", "这三个里|哪个最高"
_PAIRED = re.compile(
    r"^(?:把|那么?)?(?:这|那|它们?|他们|上面|上述|刚才)?[的那这]?"
    r"(?:[跟和与同比][\u4e00-\u9fff]{2,8}?相?比[,]?|(?:两者|二者|三者|俩|仨|[两三几][块项样个家省市地年月])[\u4e00-\u9fff]{0,3}?(?:里面?|中|之间|当中)?[,的]?"
    r"(?=差|相|加|总|一|合|哪|谁|比|之|都|各|分|谁)|(?=[加差相合总]))|^一减[,]?"
)
_PART = re.compile(r"占了?(?:多少|几)(?!成|分)")
# "当年定的任务是多少来着": the year that was spoken of
_THAT_YEAR = re.compile(r"当年|那一?年|同一?年(?!级)")
# "前一个行业", "再回头说第一个指标"
_EARLIER = re.compile(
    r"^(?:那么?|就|再)?(?:说|看|问)?(?:前一个|上一个|前面那个)[\u4e00-\u9fff]{0,3}?的?"
    r"|(?:回头|再|回)?(?:说|看|问)?(?P<first>第一个|最开始(?:问)?的?(?:那个)?"
    r"|最初)(?:指标|问题|项目|行业|那个)[,的]?\s*(?:它|其)?"
)
_SOCIAL = (Kind.GREETING, Kind.ABOUT)
_SHORT = 14


def _asks(question: Question, own: str) -> bool:
    """Whether a turn says itself what it wants to know, so that it takes over no more than the subject."""
    hole = question.hole.dimension is not None
    return bool(
        question.aspects or question.target or hole or _INTERROGATIVE.search(own) or question.kind is Kind.YES_NO
    )


_INTERROGATIVE = re.compile(
    r"多少|几(?!乎)|什么|哪|怎|如何|为何|啥|咋|谁|第几|吗[?。]*$|是不是|有没有|是否|何时|多[大长高久]"
)


def _antecedent(
    pronoun: re.Match[str], text: str, earlier: Sequence[Question], before: Question
) -> tuple[str, Question] | None:
    """Return what a pronoun points at and the question that named it: "那个基地" the last thing that is a 基地."""
    asked = [q for q in reversed(earlier) if q.terms and q.kind not in _SOCIAL]
    noun = pronoun["noun"] or ""
    if len(noun) > 1:
        pool = asked[1:] if _BACK.search(text) and len(asked) > 1 else asked
        for q in [*pool, *asked]:
            for segment in segments(q):
                if (at := segment.rfind(noun)) >= 0:
                    return segment[: at + len(noun)], q
        return None
    if pronoun[0] in ("这", "那") and pronoun.start() == 0 and pronoun.end() < len(pronoun.string):
        return None
    if _BACK.search(text) and len(asked) > 1:
        return subject_text(asked[1]), asked[1]
    if (entity := _entity(before)) and pronoun[0][0] in "它其那这该":
        return entity, before
    if pronoun[0] in ("前者", "后者", "两者") or "、" in subject_text(before):
        items = re.split("[、和与跟及]", subject_text(before))
        if len(items) == 2 and pronoun[0] in ("前者", "后者"):
            return items[0 if pronoun[0] == "前者" else 1], before
    return subject_text(before), before


def _entity(before: Question) -> str:
    """Return the place or body that a subject opens with, where it has more parts than that: "大兴经开区"."""
    found = segments(before)
    m = _ENTITY.match(found[0]) if found else None
    place = "".join(p for p in before.places if m and not m[0].startswith(p) and p + m[0] in fold(before.standalone))
    return place + m[0] if m and (len(found) > 1 or m.end() < len(found[0])) else ""


# "大兴经开区", "商业航天基地", "首都医科大学"
_ENTITY = re.compile(
    r"[^,。]{0,12}?(?:经开区|高新区|自贸区|综保区|临空区)"
    r"|[^,。]{2,12}?(?:开发区|示范区|度假区|新区|基地|园区|产业园|医院|学校|大学|公司|集团|中心|街道|机场)"
)


def _with_antecedent(
    question: Question, own: str, pronoun: re.Match[str], antecedent: tuple[str, Question]
) -> Continued:
    named, source = antecedent
    text = f"{own[: pronoun.start()]}{named}{own[pronoun.end() :]}"
    keep = 1.0 if not any(t.critical for t in question.terms) else 0.6
    return Continued(f"{_shared_slots(question, source, named)}{text}", named, keep, source)


def _of_the_same(question: Question, own: str, before: Question, calendar: Calendar) -> Continued:
    """Return a turn that names no subject: another side, period, place or item of the one before."""
    if ordinal := next((t for t in question.terms if t.ordinal), None):
        for old in before.terms:
            if old.ordinal:
                text = fold(before.standalone).replace(old.text, ordinal.text)
                return Continued(text, text.replace(ordinal.text, ""), 1.0, before)
    if not _asks(question, own):
        text = fold(before.standalone)
        if question.periods or question.places:
            text = _with_slots(question, _TAIL.sub("", own), before, calendar)
        elif question.status is not None or not before.terms:
            text = f"{_shared_slots(question, before)}{subject_text(before)}{own}"
        return Continued(text, text, 1.0, before)
    carried = _carried_subject(before, question, own)
    return Continued(f"{_shared_slots(question, before)}{carried}{_TAIL.sub('', own)}", carried, 1.0, before)


def _with_slots(question: Question, own: str, before: Question, calendar: Calendar) -> str:
    """Return the question before with the period or the place of this one in place of its own."""
    text = fold(before.standalone)
    if question.places:
        for place in before.places:
            text = text.replace(place, question.places[0])
        if not before.places:
            text = f"{question.places[0]}{text}"
        own = own.replace(question.places[0], "")
    text = _in_status(question, text)
    if question.periods:
        named = periods(text, calendar)
        for mention in reversed(named):
            text = text[: mention.start] + text[mention.end :]
        text = f"{own}{text}" if named or own else text
    return text


def _in_status(question: Question, text: str) -> str:
    """Return the question before without its words for a plan where this turn asks for what is done."""
    if question.status is Status.DONE and not question.target:
        return _PLANNED.sub("", text)
    return text


_PLANNED = re.compile(r"(?:年度|全年|预期|计划)?的?(?:目标|任务(?!清单)|预期)(?:数|值|量)?|计划|打算|准备")


def _with_subject(question: Question, own: str, before: Question, narrowed: bool, calendar: Calendar) -> Continued:
    """Return what was asked before, asked of another subject: "那建安投资呢"."""
    text = fold(before.standalone)
    spans = list(_spans(before, text))
    asked = text
    for start, end in reversed(spans):
        asked = asked[:start] + asked[end:]
    if question.periods or question.places:
        for mention in reversed(periods(asked, calendar)):
            asked = asked[: mention.start] + asked[mention.end :]
    if question.places:
        for place in before.places:
            asked = asked.replace(place, "")
    old = "".join(text[a:b] for a, b in spans)
    kind_of_same = re.search(r"的(?:呢)?[?。]*$", own)
    own = _TAIL.sub("", own).removesuffix("的")
    if kind_of_same and not any(t.indicator for t in question.terms):  # "区级的呢": another kind of the same
        old = _head(before, old)
        return Continued(_spoken(own + old, asked), "", 1.0, before)
    if narrowed:
        return Continued(_spoken(f"{old}中{own}", asked), old, 0.4, before)
    if all(t.ordinal or not t.critical for t in question.terms):
        return Continued(_spoken(f"{old}{own}", asked), old, 0.6, before)
    return Continued(_spoken(own, asked), _without_contrasts(old, own), 0.3, before)


def _spoken(subject: str, asked: str) -> str:
    """Put a subject where the question before had its own: behind the period and the place, before what is asked."""
    head = re.match(r"^(?:请问|[^,。?]*?(?:年|半年|季度|月份?|省|市|区|县|全国)(?:的)?)?", asked)
    at = head.end() if head else 0
    return f"{asked[:at]}{subject}{asked[at:]}"


def _head(before: Question, old: str) -> str:
    """Return the noun that a subject ends with: "财政收入" of "地方级财政收入"."""
    indicator = next((t for t in before.terms if t.indicator), None)
    if indicator is not None and (m := re.search(r"(?:财政)?(?:收入|支出|投资|增加值|产值|余额|额)$", indicator.text)):
        return m[0]
    nouns = [t.text for t in before.terms if t.critical]
    return nouns[-1] if nouns else old


def _carried_subject(before: Question, question: Question, own: str) -> str:
    """Return the subject before, without what the new turn puts something of the same sort in the place of: 金融业
    where it names 建筑业."""
    subject = _without_contrasts(subject_text(before), own)
    named = [t.text for t in question.terms if t.critical and len(t.text) > 1]
    for old in (t.text for t in before.terms if t.critical and len(t.text) > 1):
        if any(new[-1] == old[-1] and new not in old and old not in new for new in named):
            subject = subject.lower().replace(old, "")
    return subject


def _without_contrasts(subject: str, own: str) -> str:
    """Return the subject before without the words that the new turn contrasts with: 开工 when it asks for 竣工."""
    for words in _CONTRASTS:
        named = [w for w in words if w in own]
        for other in words if named else ():
            if other not in named and not any(other in n for n in named):
                subject = subject.replace(other, "")
    return subject


def _shared_slots(question: Question, before: Question, named: str = "") -> str:
    """Return the place and the period that a turn leaves open and the question before named, as they were worded;
    without a place that what is `named` opens with."""
    text = fold(before.standalone)
    place = "" if question.places else "".join(p for p in before.places if p in text and not named.startswith(p))
    said = "" if question.periods else "".join(before.period_texts)
    report = "" if question.report_year or (question.periods and before.places) else before.report_text
    if report and before.target and question.status is Status.DONE:
        report = f"{before.report_year}年"  # what was done in the year whose report set the target
    return f"{report}{place}{said}"


def segments(question: Question) -> list[str]:
    """Return the stretches of a question that name what it is about, without period, place and interrogatives.

    "临空区新增企业多少家" -> ["临空区新增企业"]
    """
    text = fold(question.standalone)
    return [text[a:b] for a, b in _spans(question, text)]


def subject_text(question: Question) -> str:
    return "".join(segments(question))


def _spans(question: Question, text: str) -> Iterator[tuple[int, int]]:
    named = [t.text for t in question.terms if t.critical or t.ordinal] or [t.text for t in question.terms]
    masked = text.lower()
    for slot in filter(None, (question.report_text, *question.period_texts, *question.places)):
        masked = re.sub(rf"{re.escape(slot.lower())}{_OPENS_NAME}", "\0" * len(slot), masked)
    for words in (SLOT_WORDS, _ASKING):
        masked = words.sub(lambda m: "\0" * len(m[0]), masked)
    for q in quantities(text):
        if not any(q.text in n for n in named):
            masked = masked[: q.start] + "\0" * (q.end - q.start) + masked[q.end :]
    for m in re.finditer(r"[^\0,,。?？!;;:()\s]+", masked):
        stretch = _EDGES_RIGHT.sub("", m[0])
        left = len(stretch) - len(_EDGES_LEFT.sub("", stretch))
        stretch = stretch[left:]
        if any(n in stretch for n in named):
            yield m.start() + left, m.start() + left + len(stretch)


# "大兴|经开区": a place that opens a longer name is a part of it
_OPENS_NAME = r"(?!(?:国际)?(?:经开|开发|高新|临空|新城|机场|示范|经济))"
# What asks and does not name: "国家定的CPI|目标|", "CPI|涨了|多少", "|引进|多少企业"
_ASKING = re.compile(
    r"(?:排|在)?全[市国省区县](?=\0|$)|(?:年度|全年|预期|今年)?(?:的)?(?:目标|任务(?!清单)|指标(?!体系)|预期)(?:数|值"
    r"|量)?|(?:国家|中央|政府|总理)?(?:定下?|安排|制定|提出|下达)的|[涨跌降升]了?"
    r"|(?:新增|新建|引进|落地|投运|完成|实现|达到|建成|办理|发放|销账|储备|培育|改造了|开工了|引入)了?(?=[\0多几]|$)"
)
_EDGES_RIGHT = re.compile(
    r"(?:完成|实现|达到?|有|是|为|共|大概|大约|约|的|了|要|到|得|在"
    r"|和|与|跟|做|能|会|又|多|呢|吗|一共|总共|计划|打算|准备)+$"
)
_EDGES_LEFT = re.compile(r"^(?:的|了|在|请问|那么?|还有|要|是|有|其中|咱们?|我们?|区里|市里|省里|个|家|项)+")


def lightened(question: Question, alone: Question, continued: Continued) -> Question:
    """Return the question read from the stand-alone text, what it took over weighing less than what it says itself."""
    own = {t.text for t in alone.terms}
    names_own = any(t.critical for t in alone.terms)
    indicates = any(t.indicator for t in alone.terms)
    kept: list[Term] = []
    for t in question.terms:
        if t.text in own or t.text not in continued.carried.lower():
            kept.append(t)
            continue
        loses = names_own and (indicates or continued.keep < 1)
        kept.append(
            replace(
                t,
                weight=t.weight * continued.keep,
                critical=t.critical and not names_own,
                indicator=t.indicator and not loses,
            )
        )
    old = [
        t
        for t in continued.before.terms
        if t.text not in {k.text for k in kept} and t.text in continued.carried.lower()
    ]
    kept += [replace(t, weight=t.weight * continued.keep, critical=False, indicator=False) for t in old]
    return replace(question, text=alone.text, terms=tuple(kept), dangling=False)


def elaborated(question: Question, before: Question) -> Question:
    """Return a later question of one text, asked of what the one before it names, unless it names its own:
    "北大医院南院区哪天开诊,有多少张床位" asks for the beds of that hospital."""
    named = [t for t in before.terms if t.critical and not t.indicator]
    if not named or any(t.critical and not t.indicator for t in question.terms) or question.kind is Kind.UNCLEAR:
        return question
    texts = {t.text for t in question.terms}
    return replace(question, terms=(*question.terms, *(t for t in named if t.text not in texts)))


# "那个项目", "它排第几", "刚才那个再说一遍", "那第二个呢"
_POINTS = re.compile(
    r"^(?:那|这)(?:个|些|项|家|边|里|儿|第)|^(?:它|其(?!中)|该|他们|前者|后者)"
    r"|^(?:那么?|还有)?第[一二三四五]个|刚才|上面(?:那|说|提)|再说一遍"
)


def dangles(folded: str, question: Question) -> bool:
    """Whether a question points at something and names nothing that would tell what."""
    points = _POINTS.search(folded)
    if points is None:
        return False
    rest = folded[points.end() :].lower()
    loose = _SORT.match(rest) is not None
    named = [t for t in question.terms if not (loose and rest.startswith(t.text) and not t.indicator)]
    return sum(t.weight for t in named if not t.ordinal) < _GENERIC_WEIGHT


# "那个|项目|开工了没有": a sort of things names none of them, though a report counts "项目开工"
_SORT = re.compile("项目|工程|企业|公司|单位|学校|医院|基地|园区|小区|村|任务|活动")
