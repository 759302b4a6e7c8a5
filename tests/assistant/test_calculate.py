"""Declared calculations: the result, the formula with the numbers of the report, a cited operand for each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Status
from assistant.calculation.computation import difference, quotient
from assistant.formula import parse
from assistant.pipeline import Assistant
from tests.assistant.samples import Visitor, bare, holds
from vectorstore import BUNDLED, build_index, open_index

CALCULATIONS = {
    "gap": ("固定资产投资离全年任务还差多少", "357.9亿元", "800 - 442.1 = 357.9", "亿元"),
    "gap of a part": ("建安投资还差多少完成全年任务", "188.2亿元", "350 - 161.8 = 188.2", "亿元"),
    "gap between 万亩 and 亩": ("平原造林还差多少亩完成目标", "522亩", "10000 - 9478 = 522", "亩"),
    "sum": ("地方级财政收入和区级财政收入一共多少", "164.8亿元", "101.7 + 63.1 = 164.8", "亿元"),
    "difference": ("固定资产投资比建安投资多多少", "280.3亿元", "442.1 - 161.8 = 280.3", "亿元"),
    "last year": ("去年同期固定资产投资是多少", "439.5亿元", "442.1 ÷ (1 + 0.6%) ≈ 439.5", "亿元"),
    "last year's half": ("去年上半年固定资产投资是多少", "439.5亿元", "442.1 ÷ (1 + 0.6%) ≈ 439.5", "亿元"),
    "share": ("建安投资占固定资产投资的多少", "36.6%", "161.8 ÷ 442.1 × 100% ≈ 36.6%", "%"),
    "completion": ("城南行动计划完成了全年任务的百分之几", "65.6%", "158 ÷ 241 × 100% ≈ 65.6%", "%"),
    "completion in tenths": ("城南行动计划完成了几成", "65.6%", "158 ÷ 241 × 100% ≈ 65.6%", "%"),
    "gap in percent": ("森林覆盖率距离年度目标差几个百分点", "0.2个百分点", "34 - 33.8 = 0.2", "个百分点"),
    "a bound that is kept": ("城镇登记失业率比目标低多少", "0.5个百分点", "4 - 3.5 = 0.5", "个百分点"),
    "sum of one clause": ("千万级和百万级以上项目一共多少个", "45个", "13 + 32 = 45", "个"),
    "two months": ("6月份规上工业总产值比5月份多多少亿", "21.6亿元", "86.6 - 65 = 21.6", "亿元"),
    "what one sentence divides": (
        "土地购置费比集建地交易金额多多少亿",
        "55.6亿元",
        "85.5 - 29.9 = 55.6",
        "亿元",
    ),
    "a verb tells two apart": ("棚改安置房开工比竣工多多少套", "4083套", "5694 - 1611 = 4083", "套"),
    "share, the whole first": ("固定资产投资当中,建安投资占多大比例", "36.6%", "161.8 ÷ 442.1 × 100% ≈ 36.6%", "%"),
    "share, the part inside": ("建安投资在固定资产投资里占多大比重", "36.6%", "161.8 ÷ 442.1 × 100% ≈ 36.6%", "%"),
    "share of a place": ("全市首批无疫社区里大兴占百分之几", "9.5%", "129 ÷ 1360 × 100% ≈ 9.5%", "%"),
    "last year's days": ("去年上半年优良天数是多少天", "123天", "138 - 15 = 123", "天"),
    "average": ("重大项目库平均一个项目投多少亿", "18.2亿元", "2870亿 ÷ 158 ≈ 18.2亿", "亿元"),
    "a sum whose goal is said once": (
        "粮食、大豆、蔬菜三项播种面积目标合计多少万亩",
        "36.64万亩",
        "12.3 + 1.24 + 23.1 = 36.64",
        "万亩",
    ),
    "average of a household": ("平均每户减免租金多少钱", "16.5万元", "7233万 ÷ 438 ≈ 16.5万", "万元"),
    "total from a rate": (
        "市级点位销账4779个完成进度82.4%,总数推算是多少",
        "5800个",
        "4779 ÷ 82.4% ≈ 5800",
        "个",
    ),
}


@pytest.mark.parametrize(("question", "result", "formula", "unit"), CALCULATIONS.values(), ids=CALCULATIONS)
def test_a_calculation_declares_its_formula(
    daxing: Visitor, question: str, result: str, formula: str, unit: str
) -> None:
    answer = daxing.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.calculation is not None, answer.answer
    assert (answer.calculation.formula, answer.calculation.unit) == (formula, unit)
    assert holds(answer.answer, result)
    assert formula in answer.answer
    assert len(bare(answer.answer)) <= 140


@pytest.mark.parametrize("question", [row[0] for row in CALCULATIONS.values()], ids=CALCULATIONS)
def test_every_operand_is_cited_where_it_stands(daxing: Visitor, question: str) -> None:
    answer = daxing.ask(question)
    assert answer.calculation is not None
    assert len(answer.calculation.operands) >= 2
    quotes = {c.n: bare(c.quote) for c in answer.citations}
    for operand in answer.calculation.operands:
        assert holds(quotes[operand.citation], f"{operand.value}{operand.unit}"), quotes[operand.citation]


def test_a_sum_of_three_adds_all_of_them(daxing: Visitor) -> None:
    answer = daxing.ask("粮食、大豆、蔬菜播种面积合计多少")
    assert holds(answer.answer, "36.64万亩")
    assert answer.calculation is not None
    assert sorted(operand.value for operand in answer.calculation.operands) == ["1.24", "12.3", "23.1"]


def test_a_value_per_unit_divides_by_the_count(daxing: Visitor) -> None:
    answer = daxing.ask("平均每家企业注册资本多少")
    assert answer.calculation is not None, answer.answer
    assert {operand.value for operand in answer.calculation.operands} == {"714", "208"}
    assert "÷ 208" in answer.calculation.formula


@pytest.mark.parametrize("question", [row[0] for row in CALCULATIONS.values()], ids=CALCULATIONS)
def test_the_formula_is_right(daxing: Visitor, question: str) -> None:
    answer = daxing.ask(question)
    assert answer.calculation is not None
    assert parse(answer.calculation.formula).holds


SPOKEN = {
    "固定资产投资比建安投资多多少": "固定资产投资442.1亿元比建安投资161.8亿元多280.3亿元",
    "建安投资比固定资产投资少多少": "建安投资161.8亿元比固定资产投资442.1亿元少280.3亿元",
    "固定资产投资离全年任务还差多少": "固定资产投资离目标还差357.9亿元:目标800亿元,已完成442.1亿元",
    "固定资产投资是建安投资的几倍": "固定资产投资442.1亿元约为建安投资161.8亿元的2.73倍",
    "全市商品房销售面积增速是多少": "按此推算,全市商品房销售面积同比下降8.7%:大兴区同比增长45.8%",
    "全市社零增速是多少": "按此推算,全市社会消费品零售额同比下降7.2%:大兴区同比下降3.6%",
}


@pytest.mark.parametrize(("question", "words"), SPOKEN.items())
def test_the_words_name_the_result_and_both_values(daxing: Visitor, question: str, words: str) -> None:
    assert bare(daxing.ask(question).answer).startswith(words)


STATED = {
    "completion": ("固定资产投资完成全年任务的百分之几", "55.3%"),
    "completion rate": ("营商环境改革任务完成率是多少", "84%"),
    "remainder": ("业委会履职试点还剩多少没做", "21个"),
    "change in days": ("优良天数比去年多几天", "15天"),
    "lead": ("商品房销售面积增速高于全市平均多少", "54.5个百分点"),
    "one number of two things": ("全市统筹防疫和经济增长的措施共多少条要落实", "45条"),
    "a count asked for with 总共": ("总共摸排了多少家养老机构", "182家"),
}


@pytest.mark.parametrize(("question", "fragment"), STATED.values(), ids=STATED)
def test_what_the_report_states_is_not_worked_out(daxing: Visitor, question: str, fragment: str) -> None:
    answer = daxing.ask(question)
    assert answer.calculation is None
    assert holds(answer.answer, fragment)


WITHOUT_OPERANDS = [
    "进出口总额比固定资产投资少多少",
    "PM2.5浓度和固定资产投资一共多少",
    "PM2.5浓度比固定资产投资多多少",
    "优良天数占上半年的比例是多少",
    "粮食播种面积占三种作物总面积的多少",
    "生活垃圾一共几个",
]


@pytest.mark.parametrize("question", WITHOUT_OPERANDS)
def test_nothing_is_worked_out_without_fitting_operands(daxing: Visitor, question: str) -> None:
    answer: Answer = daxing.ask(question)
    assert answer.calculation is None


_TOWN = {
    "anhe-2025.txt": """安和市2025年政府工作报告

——2025年1月12日在安和市第六届人民代表大会第三次会议上

安和市市长  许林

  一、2024年工作回顾

  2024年,地区生产总值达到1865.4亿元,增长5.3%,其中,第三产业增加值1066.4亿元。进出口总额85亿元,其中出口62亿元、进口23亿元。安和健儿在省运会上夺得12金、8银、15铜。

  改造老旧小区86个。新建公办幼儿园14所,新增学位4200个。发放消费券3000万元,拉动消费4.2亿元。全市建成充电桩8600个,其中公共充电桩2150个。

  五年来,城镇新增就业累计27.4万人。高速公路通车里程从310公里增加到425公里。全市常住人口从2019年的281.5万人增加到2024年的296.8万人。

  二、2025年工作安排

  2025年的主要预期目标是:地区生产总值增长5.5%左右,城镇新增就业5.2万人。

  改造老旧小区110个,新增学位3600个。到2027年,规模以上工业企业达到900家。
""",
    "anhe-2026.txt": """安和市2026年政府工作报告

——2026年1月15日在安和市第六届人民代表大会第四次会议上

安和市市长  许林

  一、2025年工作回顾

  2025年,地区生产总值达到1983.7亿元,增长5.6%。进出口总额92亿元,其中出口60亿元、进口32亿元。规模以上工业企业达到812家。

  改造老旧小区98个,新增学位3480个。城镇新增就业5.9万人。建成口袋公园42个,占全年计划的84%。

  二、2026年工作安排

  2026年的主要预期目标是:地区生产总值增长5.5%左右,城镇新增就业5万人。
""",
    "linze-2026.txt": """临泽市2026年政府工作报告

——2026年1月18日在临泽市第五届人民代表大会第四次会议上

临泽市市长  周岚

  一、2025年工作回顾

  2025年,地区生产总值达到2311.2亿元,增长6.1%。一般公共预算收入120亿元,比上年增加8亿元。粮食总产量650万吨,增产30万吨。

  五年来,常住人口城镇化率从2020年的53.2%提高到2025年的57.7%。5G基站从1900座增加到14300座。

  二、2026年工作安排

  2026年的主要预期目标是:地区生产总值增长6%左右。
""",
    "yunqi-2025-h1.txt": """关于云溪区2025年国民经济和社会发展计划上半年执行情况的报告

来源:区发展改革委  日期:2025-08-20

  一、上半年计划执行情况

  上半年,地区生产总值完成318.6亿元,同比增长4.8%,高于全市平均水平0.7个百分点。固定资产投资完成205.3亿元,同比增长8.2%,其中,民间投资完成88.4亿元。

  全市建成智慧书房65个,云溪区建成18个。办理提案114件,其中已办结96件。完成污水管线建设38公里,剩余12公里。

  二、下半年主要措施

  下半年,改造管网90公里。
""",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A visitor of two years of a town and of the half-year of a district."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "reports").mkdir()
    for name, text in _TOWN.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    assert not build_index([folder / "reports"], folder / "data", BUNDLED).failures
    index = open_index(folder / "data", BUNDLED)
    yield Visitor(Assistant(index))
    index.close()


OF_A_TOWN = {
    "安和市2025年GDP比2024年多多少亿元": "1983.7 - 1865.4 = 118.3",
    "安和市2024年到2025年GDP增加了多少亿元": "1983.7 - 1865.4 = 118.3",
    "安和市2025年GDP增速比2024年高多少": "5.6 - 5.3 = 0.3",
    "安和市2024年和2025年GDP增速差几个百分点": "5.6 - 5.3 = 0.3",
    "2025年安和市进出口总额同比增加了多少亿元": "92 - 85 = 7",
    "安和市2024年高速公路通车里程增加了多少公里": "425 - 310 = 115",
    "安和市常住人口从2019年到2024年增加了多少万人": "296.8 - 281.5 = 15.3",
    "2025年安和市新增学位距离目标差多少个": "3600 - 3480 = 120",
    "2025年安和市城镇新增就业超额完成多少万人": "5.9 - 5.2 = 0.7",
    "安和市规上工业企业离2027年目标还差多少家": "900 - 812 = 88",
    "安和市2024年出口是进口的多少倍": "62 ÷ 23 ≈ 2.7",
    "安和市2024年第三产业增加值占GDP的比重是多少": "1066.4 ÷ 1865.4 × 100% ≈ 57.2%",
    "安和市2024年公共充电桩占全部充电桩的比例": "2150 ÷ 8600 × 100% ≈ 25%",
    "安和市2024年在省运会上一共拿了多少枚奖牌": "12 + 8 + 15 = 35",
    "安和市2024年平均每所公办幼儿园新增多少学位": "4200 ÷ 14 = 300",
    "安和市2024年1元消费券拉动了多少元消费": "420000000 ÷ 30000000 = 14",
    "云溪区智慧书房占全市的百分之几": "18 ÷ 65 × 100% ≈ 27.7%",
    "云溪区已办结提案占全部提案的比例": "96 ÷ 114 × 100% ≈ 84.2%",
    "云溪区全市GDP增速是多少": "4.8 - 0.7 = 4.1",
    "云溪区去年同期固定资产投资是多少": "205.3 ÷ (1 + 8.2%) ≈ 189.7",
}


OF_A_TOWN |= {
    "安和市和临泽市2025年GDP合计多少": "1983.7 + 2311.2 = 4294.9",
    "临泽市2025年GDP增速比安和市高几个百分点": "6.1 - 5.6 = 0.5",
    "临泽市2025年的GDP是安和市的几倍": "2311.2 ÷ 1983.7 ≈ 1.17",
    "2025年安和市城镇新增就业比当年目标多多少万人": "5.9 - 5.2 = 0.7",
    "2025年安和市城镇新增就业完成了当年目标的百分之几": "5.9 ÷ 5.2 × 100% ≈ 113.5%",
    "安和市2025年GDP增速比2026年的目标高多少": "5.6 - 5.5 = 0.1",
    "临泽市城镇化率2020年到2025年提高了几个百分点": "57.7 - 53.2 = 4.5",
    "临泽市城镇化率五年年均提高多少个百分点": "(57.7 - 53.2) ÷ 5 = 0.9",
    "临泽市5G基站扩大到原先的多少倍": "14300 ÷ 1900 ≈ 7.53",
    "临泽市2024年粮食总产量推算是多少万吨": "650 - 30 = 620",
}


@pytest.mark.parametrize(("question", "formula"), OF_A_TOWN.items())
def test_operands_come_from_the_right_period_and_place(town: Visitor, question: str, formula: str) -> None:
    answer = town.ask(question)
    assert answer.calculation is not None, answer.answer
    assert answer.calculation.formula == formula


STATED_OF_A_TOWN = {
    "云溪区污水管线还剩多少公里": "12公里",
    "2025年安和市口袋公园完成了全年计划的百分之几": "84%",
    "云溪区一共办理了多少件提案": "114件",
}


@pytest.mark.parametrize(("question", "fragment"), STATED_OF_A_TOWN.items())
def test_a_remainder_or_a_share_that_is_stated_is_said(town: Visitor, question: str, fragment: str) -> None:
    answer = town.ask(question)
    assert answer.calculation is None
    assert holds(answer.answer, fragment)


def test_what_five_years_added_up_to_has_no_target_of_one_year(town: Visitor) -> None:
    answer = town.ask("安和市城镇新增就业五年累计比目标多多少")
    assert answer.calculation is None or "27.4" not in answer.calculation.formula


_AMOUNTS = st.decimals(min_value="-1000", max_value="1000", places=1)


@given(_AMOUNTS, _AMOUNTS)
def test_a_difference_is_written_without_numbers_below_zero(one: Decimal, other: Decimal) -> None:
    formula = parse(difference(max(one, other), min(one, other)))
    assert formula.holds
    assert formula.computed == abs(one - other)


@given(st.integers(1, 10**9), st.integers(1, 10**6))
def test_a_quotient_is_exact_or_rounded_to_one_decimal(above: int, below: int) -> None:
    result, sign = quotient(Decimal(above), Decimal(below))
    assert sign == "=" if result * below == above else abs(result - Decimal(above) / below) <= Decimal("0.05")


def test_a_change_that_a_report_tells_is_not_worked_out(town: Visitor) -> None:
    answer = town.ask("临泽市2025年一般公共预算收入比2024年多多少亿元")
    assert answer.calculation is None
    assert holds(answer.answer, "8亿元")


def test_a_missing_operand_is_named_and_the_other_one_given(town: Visitor) -> None:
    answer = town.ask("安和市和临泽市2025年进出口总额合计多少亿元")
    assert answer.status is Status.REFUSED
    assert "临泽市2025年进出口总额" in answer.answer
    assert holds(answer.answer, "92亿元")
