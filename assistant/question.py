"""A question as understood: a figure, a list or a statement with a hole in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.language.aspects import Aspect
from ingest.language.periods import Period
from ingest.language.statuses import Status
from ingest.language.units import Dimension


class Kind(StrEnum):
    FIGURE = "数字"
    LIST = "列举"
    YES_NO = "是否"
    WHEN = "时间"
    TEXT = "陈述"
    ABOUT = "关于报告"
    GREETING = "问候"
    THANKS = "致谢"
    FAREWELL = "告别"
    SELF = "自我介绍"
    SERVICE = "办事"
    ERRAND = "代劳"
    ATTACK = "越界"
    UNCLEAR = "不明"


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question. `forms` are all the words that mean it, itself first; `weight` is relative.

    `critical` says that an answer without it answers another question (a noun, a name, an indicator).
    """

    text: str
    forms: tuple[str, ...]
    weight: float
    critical: bool
    indicator: bool = False
    near: tuple[str, ...] = ()
    """Words of the reports that come near its meaning."""
    ordinal: bool = False
    """"第二批": holds only where it stands in the clause itself, for its neighbours speak of the other batches."""
    head: bool = False
    """Stands right at the interrogative: what is asked of the rest ("售价" in "一盒的售价是多少")."""
    unknown: bool = False
    """The reports do not have the word."""
    hint: str = ""
    """The character of an unknown word that carries its meaning ("宅" of "宅子"): a weak match."""

    @property
    def told(self) -> bool:
        """Whether the reports have other words for it."""
        return len(self.forms) > 1 or bool(self.near)


@dataclass(frozen=True, slots=True)
class Hole:
    """What is missing: the dimension and the measure word asked for ("多少家企业": 数量, "家", "企业"), where named."""

    dimension: Dimension | None = None
    unit: str = ""
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`standalone` is the question with what the conversation adds; `terms` come with the strongest first."""

    text: str
    standalone: str
    kind: Kind
    said: str = ""
    """All that the user wrote, this turn and before."""
    terms: tuple[Term, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    hole: Hole = field(default=Hole())
    period: Period | None = None
    year_stated: bool = False
    report_year: int = 0
    """The year of the report that is asked ("2003年的报告里"), 0 where none is named."""
    report_text: str = ""
    """The words that name it."""
    base: Period | None = None
    """The period compared with ("比5月份")."""
    periods: tuple[tuple[Period, bool], ...] = ()
    """Every period named, each with whether its year is stated."""
    period_texts: tuple[str, ...] = ()
    """The periods asked for as they are worded, each once."""
    alike: bool = False
    """Asks of another year what the question before it asks: in the same side of the indicator that was found there."""
    pair: bool = False
    """A follow-up that calculates with the things of the last two questions."""
    spread: str = ""
    """The place that this question was spread to, where several were asked of at once."""
    places: tuple[str, ...] = ()
    status: Status | None = None
    target: bool = False
    numeric: bool = False
    """Names a number, rank or direction that a figure can confirm or contradict."""
    both: bool = False
    """Asks for the actual and the planned beside each other."""
    dangling: bool = False
    """Points at something that the conversation does not name ("那个项目开工了没有")."""
    wide: bool = False
    """Asks for several things at once ("分别", "和…各多少"), so that a single clause may not do."""
