"""Rows of figures: along years and places, above bounds, the highest of them, each cell cited and held by the gate."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Answer, Point, Status
from assistant.pipeline import Assistant
from assistant.question import Kind, Question
from assistant.reading import Readings
from assistant.scope import Scope
from assistant.series import bounds, keys, telling
from assistant.series.asks import Ask, Bound, Limit, asked_of, picked
from assistant.series.axes import row_of
from assistant.series.bounds import Bounds, bounds_of
from assistant.verify import checked
from ingest.figures import extract_figures
from ingest.language.units import Dimension
from tests.assistant.samples import Visitor, Year, holds
from tests.ingest.reports import report_of
from vectorstore import BUNDLED, build_index, open_index

# place, year of the report, growth of the year before, growth aimed at, jobs created, jobs aimed at
_REPORTS = (
    ("清河区", 2020, "5.9", "6", "3.0", "2.8"),
    ("清河区", 2021, "3.1", "6.5", "2.6", "3"),
    ("清河区", 2023, "4.7", "5.5", "2.9", "3"),
    ("清河区", 2024, "5.1", "5.5", "3.1", "3"),
    ("和平区", 2024, "4.8", "5.2", "2.4", "2.5"),
    ("永安区", 2024, "6.2", "5", "1.4", "1.5"),
    ("临江区", 2024, "5.6", "6", "4.4", "4.5"),
)


def _text(place: str, year: int, growth: str, goal: str, jobs: str, jobs_goal: str) -> str:
    done = f"{1000 + year % 100}.5 {growth} 86.2 4.3 6.4 402.6 7.2 {jobs} 5.3 18 42 1.6"
    return Year(place, year, done, f"{goal} 4 7 {jobs_goal} 50 3600", "", "").text()


@pytest.fixture(scope="module")
def districts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A visitor of the reports of four districts, of one of them for four years out of five."""
    folder: Path = tmp_path_factory.mktemp("districts")
    documents = folder / "reports"
    documents.mkdir()
    for place, year, *said in _REPORTS:
        text = _text(place, year, *said)
        if place == "永安区":  # one aims at a range
            text = text.replace("地区生产总值增长5%左右", "地区生产总值增长5%-6%")
        (documents / f"{place}-{year}.txt").write_text(text, encoding="utf-8")
    assert not build_index([documents], folder / "data", BUNDLED).failures
    index = open_index(folder / "data", BUNDLED)
    yield Visitor(Assistant(index))
    index.close()


def said(answer: Answer) -> list[tuple[str, str]]:
    """Return the points of an answer's only series."""
    [series] = answer.series
    return [(p.label, p.text) for p in series.points]


ROWS = {
    "years listed by a span, the one without a report named": (
        "清河区2020到2024年每年的GDP增长目标",
        ["2020年6%左右", "2021年6.5%左右", "2023年5.5%左右", "2024年5.5%左右", "2022年报告未收录"],
        ["5.9%", "3.1%"],
    ),
    "what is done is no target": ("清河区历年地区生产总值增速", ["2019年5.9%", "2020年3.1%", "2023年5.1%"], ["6.5%"]),
    "the last years": ("清河区近两年的GDP增长目标", ["2023年5.5%左右", "2024年5.5%左右"], ["2021年"]),
    "every place, the highest first": (
        "各区2024年GDP增长目标",
        ["临江6%左右;清河5.5%左右;和平5.2%左右;永安5%-6%"],
        [],
    ),
    "the highest": ("哪个区2023年GDP增速最高", ["2023年地区生产总值增速最高的是永安6.2%"], ["4.8%"]),
    "the lowest": ("2023年城镇新增就业最少的区是哪个", ["最低的是永安1.4万人"], ["4.4万人"]),
    "the first of them": ("2023年GDP增速排前两名的区", ["从高到低前二位:永安6.2%;临江5.6%"], ["4.8%"]),
    "an order": ("各区2023年GDP增速从低到高排个序", ["从低到高:和平4.8%;清河5.1%;临江5.6%;永安6.2%"], []),
    "those above a bound, those that may be apart": (
        "哪些区2024年GDP增长目标在5.5%以上",
        ["增速目标5.5%以上的:临江6%左右", "未必5.5%以上的:清河5.5%左右;永安5%-6%"],
        ["和平"],
    ),
    "how many": ("有几个区2023年GDP增速超过5%", ["超过5%的有3个:永安6.2%;临江5.6%;清河5.1%"], ["和平"]),
    "a bound without its unit": (
        "哪些区2023年GDP超过1000亿",
        ["地区生产总值超过1000亿元的:临江1024.5亿元"],
        ["没有"],
    ),
    "a bound that tells the side": ("哪些区2023年GDP超过6%", ["地区生产总值增速超过6%的:永安6.2%"], ["5.6%"]),
    "more than asked for where the last are level": (
        "2023年GDP排前两名的区",
        ["从高到低前二位(含并列,共4个):"],
        [],
    ),
    "none": ("哪些区2023年GDP增速超过8%", ["没有2023年地区生产总值增速超过8%的", "最高的是永安6.2%"], []),
    "years above a bound": (
        "清河区哪几年的GDP增长目标高于5.8%",
        ["超过5.8%的有2年:2020年6%左右;2021年6.5%左右"],
        ["5.5%"],
    ),
    "places named, one without a report": (
        "清河区、和平区、房山区2023年GDP增速对比",
        ["清河5.1%;和平4.8%", "房山"],
        [],
    ),
    "all places but one": ("除了永安区,哪个区2023年GDP增速最高", ["最高的是临江5.6%"], ["永安6.2%"]),
    "no bound where the words deny it": (
        "哪些区2023年GDP增速不是5.6%",
        ["永安6.2%;临江5.6%;清河5.1%;和平4.8%"],
        ["为5.6%的"],
    ),
    "the actual and the planned in two rows": (
        "清河区2020年到2023年每年的GDP增长目标和实际",
        [
            "增速目标:2020年6%左右;2021年6.5%左右;2023年5.5%左右",
            "增速:2020年3.1%;2022年4.7%;2023年5.1%",
            "2021年数据所在的次年报告未收录",
        ],
        [],
    ),
    "two years that words find nothing for": (
        "城镇新增就业目标,清河区2021年比2020年高还是低",
        ["最高的是2021年3万人以上;其余:2020年2.8万人以上"],
        [],
    ),
    "whether all are alike": (
        "清河区2023年和2024年的GDP增长目标一样不一样",
        ["增速目标相同:2023年5.5%左右;2024年5.5%左右"],
        [],
    ),
    "named places beside the highest": (
        "清河区、和平区、永安区谁2023年的GDP增速最高",
        ["最高的是永安6.2%;其余:清河5.1%;和平4.8%"],
        [],
    ),
}


@pytest.mark.parametrize(("question", "says", "never"), ROWS.values(), ids=ROWS)
def test_a_row_is_told(districts: Visitor, question: str, says: list[str], never: list[str]) -> None:
    answer = districts.ask(question)
    assert answer.status is Status.ANSWERED
    for words in says:
        assert holds(answer.answer, words), answer.answer
    for words in never:
        assert not holds(answer.answer, words), answer.answer


def test_citations_are_numbered_as_they_are_read(districts: Visitor) -> None:
    answer = districts.ask("2023年GDP增速排前两名的区").answer
    assert answer.index("永安6.2%[1]") < answer.index("临江5.6%[2]")


def test_every_point_is_cited_with_its_own_figure(districts: Visitor) -> None:
    answer = districts.ask("清河区2020到2024年每年的GDP增长目标")
    assert said(answer) == [
        ("2020年", "6%左右"),
        ("2021年", "6.5%左右"),
        ("2023年", "5.5%左右"),
        ("2024年", "5.5%左右"),
    ]
    by_number = {c.n: c for c in answer.citations}
    for point in answer.series[0].points:
        citation = by_number[point.citation]
        assert point.text in citation.quote
        assert citation.published.startswith(point.label[:4])


def test_the_table_holds_the_row_that_the_words_pick_from(districts: Visitor) -> None:
    answer = districts.ask("哪个区2023年GDP增速最高")
    assert [label for label, _ in said(answer)] == ["永安区", "临江区", "清河区", "和平区"]


CONTINUED = {
    "the lowest of the row before": (("各区2023年GDP增速", "哪个最低"), "最低的是和平4.8%"),
    "some of the row before": (("各区2023年GDP增速", "只看5.5%以上的"), "5.5%以上的:永安6.2%;临江5.6%"),
    "another thing along the same years": (
        ("清河区2020到2021年每年的GDP增长目标", "那城镇新增就业目标呢"),
        "2020年2.8万人以上;2021年3万人以上",
    ),
}


@pytest.mark.parametrize(("turns", "says"), CONTINUED.values(), ids=CONTINUED)
def test_a_follow_up_asks_of_the_row_before(districts: Visitor, turns: tuple[str, ...], says: str) -> None:
    assert holds(districts.ask(*turns).answer, says), districts.ask(*turns).answer


NAMED = {
    "behind a rank": ("全省地区生产总值达到5.53万亿元、稳居全国前十强、增长4.8%。", "地区生产总值"),
    "of what has it": ("经济总量超500亿元的县域增至12个。", ""),
    "a share of it": ("高新技术产业增加值占地区生产总值比重达到25%。", ""),
}


@pytest.mark.parametrize(("text", "name"), NAMED.values(), ids=NAMED)
def test_the_words_before_a_number_name_its_indicator(text: str, name: str) -> None:
    report = report_of(text)
    reading = Readings().of(report, report.passages[-1])
    clause = reading.clauses[-1]
    quantity = [q for q in clause.quantities if "亿" in q.text or "%" in q.text][-1]
    figure = next(f for q, f in zip(clause.quantities, reading.figures[clause.index], strict=True) if q is quantity)
    assert keys.told_of(figure, clause, quantity) == name


def test_a_bare_target_is_of_the_thing_before_it() -> None:
    report = report_of("二、工作安排\n今年经济增长预期目标为7%左右。今年广义货币M2增长目标为17%左右。")
    told = [keys.thing_of(f, report.text[f.clause_start : f.clause_end]) for f in extract_figures(report)]
    assert told == ["地区生产总值", "广义货币供应量"]


NO_ROWS = {
    "a figure": "清河区2023年GDP增速是多少",
    "a calculation over years": "清河区从2019年到2023年GDP增加了多少",
    "a place that has no other beside it": "清河区哪些区域最好",
}


@pytest.mark.parametrize("question", NO_ROWS.values(), ids=NO_ROWS)
def test_other_questions_stay_as_they_are(districts: Visitor, question: str) -> None:
    assert all(len(s.points) < 3 for s in districts.ask(question).series)


def test_two_places_beside_each_other_are_a_row_too(districts: Visitor) -> None:
    answer = districts.ask("清河区和永安区2023年GDP增速哪个高")
    assert "更高" in answer.answer
    assert said(answer) == [("清河区", "5.1%"), ("永安区", "6.2%")]


def test_what_is_level_is_not_apart(districts: Visitor) -> None:
    answer = districts.ask("清河区和永安区2023年GDP相差多少亿元")
    assert holds(answer.answer, "相同,相差0亿元"), answer.answer
    assert answer.calculation is not None


LONG = {
    "of all": ("各区2023年GDP增速", "共4个;最高的是永安6.2%;最低的是和平4.8%;其余见表"),
    "of some": ("有几个区2023年GDP增速超过5%", "有3个,从高到低:永安6.2%;其余见表"),
}


@pytest.mark.parametrize(("question", "says"), LONG.values(), ids=LONG)
def test_of_a_long_row_the_gist_is_told(
    districts: Visitor, monkeypatch: pytest.MonkeyPatch, question: str, says: str
) -> None:
    monkeypatch.setattr(telling, "LONGEST", 40)
    answer = districts.assistant.ask(question)
    assert holds(answer.answer, says), answer.answer
    assert len(said(answer)) == 4


# --- the gate ---

LIES = {
    "another amount": ("永安6.2%", "永安6.8%"),
    "another place's amount": ("永安6.2%", "和平6.2%"),
    "not the highest": ("最高的是永安6.2%", "最低的是永安6.2%"),
    "another indicator": ("地区生产总值增速", "固定资产投资增速"),
    "a target for what is done": ("增速最高", "增速目标最高"),
    "another year": ("2023年地区", "2022年地区"),
}


@pytest.mark.parametrize(("words", "lie"), LIES.values(), ids=LIES)
def test_a_lie_about_a_row_is_removed(districts: Visitor, words: str, lie: str) -> None:
    answer = districts.ask("哪个区2023年GDP增速最高")
    assert words in answer.answer
    series = tuple(replace(s, name=s.name.replace(words, lie)) for s in answer.series)
    told = replace(answer, answer=answer.answer.replace(words, lie), series=series)
    assert lie not in checked(told, districts.assistant.index.reports, Readings()).answer


COUNTS = {
    "too many": ("有3个", "有4个"),
    "one left out": (";临江5.6%[", "|"),
    "another bound": ("超过5%的", "超过5.3%的"),
}


@pytest.mark.parametrize(("words", "lie"), COUNTS.values(), ids=COUNTS)
def test_a_count_is_held_against_the_whole_row(districts: Visitor, words: str, lie: str) -> None:
    answer = districts.ask("有几个区2023年GDP增速超过5%")
    assert words in answer.answer
    text = answer.answer.replace(words, lie)
    if lie == "|":
        start, rest = text.split("|")
        text = start + rest[rest.index("]") + 1 :]
    assert "永安6.2%" not in checked(replace(answer, answer=text), districts.assistant.index.reports, Readings()).answer


def test_a_point_that_its_citation_does_not_prove_is_no_point(districts: Visitor) -> None:
    answer = districts.ask("各区2023年GDP增速")
    [series] = answer.series
    first, *rest = series.points
    forged = replace(answer, series=(replace(series, points=(replace(first, value="9.9", text="9.9%"), *rest)),))
    kept = checked(forged, districts.assistant.index.reports, Readings()).series
    assert all(point.text != "9.9%" for s in kept for point in s.points)


# --- amounts and what is asked of them ---

WORDED = {
    "7.5%左右": (Decimal("7.5"), Decimal("7.5"), True),
    "6%-6.5%": (Decimal(6), Decimal("6.5"), False),
    "1100万人以上": (Decimal(11000000), None, False),
    "低于4.6%": (None, Decimal("4.6"), False),
    "4.6%以内": (None, Decimal("4.6"), False),
    "下降3.4%以上": (None, Decimal("-3.4"), False),
    "1350.97亿斤": (Decimal("67548500000"), Decimal("67548500000"), False),
}


@pytest.mark.parametrize(("text", "bounds"), WORDED.items(), ids=WORDED)
def test_the_wording_bounds_an_amount(text: str, bounds: tuple[Decimal | None, Decimal | None, bool]) -> None:
    found = bounds_of(text)
    assert found is not None
    assert (found.low, found.high, found.rough) == bounds


HELD = {
    ("5%以上", "5%-5.5%"): True,
    ("5%以上", "5%左右"): None,
    ("5%以上", "4.5%-5%"): None,
    ("5%以上", "4.5%左右"): False,
    ("超过5%", "5%"): False,
    ("超过5%", "5%以上"): None,
    ("超过8%", "7%以上"): False,
    ("5%以内", "5%以内"): True,
    ("低于5%", "4.5%"): True,
    ("为5%左右", "5%左右"): True,
    ("为5%", "5%以上"): None,
}


@pytest.mark.parametrize(("asked", "amount"), HELD, ids=map("|".join, HELD))
def test_a_bound_is_held_or_open(asked: str, amount: str) -> None:
    [limit] = asked_of(f"增速{asked}的", open_axis=True)[0].limits
    bounds = bounds_of(amount)
    assert bounds is not None
    assert limit.holds(bounds) is HELD[asked, amount]


ASKED = {
    "增速最高的": Ask(most=1),
    "垫底的": Ask(most=-1),
    "排前三的": Ask(most=1, first=3),
    "最低的两个省": Ask(most=-1, first=2),
    "从高到低排序": Ask(sort=1),
    "最高最低各是谁": Ask(most=1, least_too=True),
    "粮食过千亿斤的": Ask(limits=(Limit(Bound.ABOVE, Decimal(50000000000), Dimension.MASS, "1000亿斤"),)),
}


@pytest.mark.parametrize(("text", "ask"), ASKED.items(), ids=ASKED)
def test_what_is_asked_of_a_row(text: str, ask: Ask) -> None:
    assert asked_of(text, open_axis=True)[0] == ask


GROUPS = {
    "京津冀2026年就业目标": ("北京", "天津", "河北"),
    "东北三省的增速": ("辽宁", "吉林", "黑龙江"),
}


@pytest.mark.parametrize(("text", "places"), GROUPS.items(), ids=GROUPS)
def test_groups_of_provinces_are_rows(text: str, places: tuple[str, ...]) -> None:
    row = row_of(text, [Question(text, text, Kind.FIGURE)], Scope(()), picks=False)
    assert row is not None
    assert row.places == places


def test_units_are_converted_before_they_are_compared() -> None:
    row = [Point("甲", "", text, "完成", 1) for text in ("1347万吨", "280.9亿斤", "1100亿斤以上")]

    def of(point: Point) -> Bounds:
        found = bounds_of(point.text)
        assert found is not None
        return found

    assert [p.text for p in picked(Ask(sort=1), row, of).yes] == ["1100亿斤以上", "280.9亿斤", "1347万吨"]


@pytest.mark.parametrize("module", [bounds, keys], ids=lambda module: str(module.__name__))
def test_the_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
