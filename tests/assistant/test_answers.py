"""One question, one answer: what is said, how short it is, and where it is shown to stand."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Status
from tests.assistant.samples import Visitor, bare, holds

DIRECT = 90
"""The contract's limit for a question that asks for one thing (DESIGN.md, section 4)."""


def check(answer: Answer, fragments: str, quote: str = "") -> None:
    """Check that an answer says each of `fragments` (split by spaces) and cites `quote`."""
    assert answer.status is Status.ANSWERED, answer.answer
    missing = [fragment for fragment in fragments.split() if not holds(answer.answer, fragment)]
    assert not missing, answer.answer
    assert quote in "|".join(bare(c.quote) for c in answer.citations)


ONE_FIGURE = {
    "value": ("上半年固定资产投资完成多少", "442.1亿元", "固定资产投资完成442.1亿元"),
    "value of the first quarter": ("一季度地区生产总值是多少", "276.1亿元", "地区生产总值完成276.1亿元"),
    "value of a month": ("6月份规模以上工业总产值是多少", "86.6亿元", "6月份完成86.6亿元"),
    "a subject inside a sentence": ("建安投资完成多少", "161.8亿元", "建安投资完成161.8亿元"),
    "growth": ("固定资产投资同比增长多少", "0.6%", "同比增长0.6%"),
    "growth of an indicator named long before": ("地方级财政收入增速是多少", "10.6%", "同比增长10.6%"),
    "fall": ("社会消费品零售额同比变化是多少", "下降3.6%", "同比下降3.6%"),
    "change on the month before": ("社会消费品零售额6月份环比增长多少", "62.8%", "环比增长62.8%"),
    "rank": ("固定资产投资全市排第几", "第三", "全市排名第三"),
    "rank of the growth": ("区级财政收入增速全市第几", "第三", "增速全市排名第三"),
    "rank in the country": ("创城年度测评综合成绩全国第几", "第五", "位列全国第五"),
    "target of the year": ("固定资产投资全年任务是多少", "800亿元", "全年任务800亿元"),
    "target under a heading of plans": ("全年要完成多少专项债", "243亿元", "243亿元专项债到位使用"),
    "target of a rate": ("森林覆盖率年度目标是多少", "34%", "森林覆盖率达34%的年度目标"),
    "completion": ("固定资产投资完成全年任务的百分之几", "55.3%", "完成全年任务55.3%"),
    "gap to the average": ("商品房销售面积增速高于全市平均多少个百分点", "54.5个百分点", "54.5个百分点"),
    "rate": ("城镇登记失业率是多少", "3.5%", "城镇登记失业率为3.5%"),
    "count": ("临空区新增企业多少家", "532家", "新增企业532家"),
    "count with 万": ("12345承办群众来电多少件", "11.6万件", "11.6万件"),
    "area": ("上半年商品房销售面积是多少", "62.6万平方米", "62.6万平方米"),
    "concentration": ("PM2.5浓度多少", "33微克/立方米", "33微克/立方米"),
    "days": ("优良天数多少天", "138天", "优良天数138天"),
    "number of an edition": ("举办了第几届西瓜节", "第34届", "第34届北京大兴西瓜节"),
    "no more than the first batch": ("第一批美丽乡村建成了多少个村", "88个", "第一批美丽乡村88个村"),
}


@pytest.mark.parametrize(("question", "fragments", "quote"), ONE_FIGURE.values(), ids=ONE_FIGURE)
def test_one_figure_is_answered_by_one_short_clause(daxing: Visitor, question: str, fragments: str, quote: str) -> None:
    answer = daxing.ask(question)
    check(answer, fragments, quote)
    assert len(bare(answer.answer)) <= DIRECT


# What is asked in many ways has one answer.
WORDINGS = {
    "442.1亿元": {
        "short": "固投多少",
        "keywords": "固投 上半年",
        "colloquial": "今年前六个月砸了多少钱搞固定资产投资啊",
        "polite": "您好,麻烦帮我查一下上半年固定资产投资完成了多少,谢谢",
        "place first": "大兴区:上半年固定资产投资多少?",
        "traditional": "上半年固定資產投資完成多少",
        "full width": "2022年上半年固定资产投资是多少？",
        "spaces and zero width": "上半年 固定资产\u200b投资 多少",
        "english": "What is the fixed asset investment in the first half?",
        "english place": "fixed asset investment of Daxing in H1 2022",
        "homophone": "固订资产投资完成多少",
        "to be confirmed": "固定资产投资完成442.1亿元,对吗",
    },
    "308.4亿元": {
        "abbreviation": "社零额多少?",
        "traditional": "上半年社會消費品零售額是多少",
        "homophone": "社会消费品另售额多少",
        "longer official name": "社会消费品零售总额多少",
    },
    "5.2%": {"english letters": "一季度GDP增长多少", "full width letters": "一季度ＧＤＰ增速是多少"},
    "4.9%": {"spoken": "老百姓收入涨了多少", "short": "居民收入增速"},
}


@pytest.mark.parametrize(
    ("question", "fragment"),
    [
        pytest.param(question, fragment, id=f"{fragment}, {name}")
        for fragment, wordings in WORDINGS.items()
        for name, question in wordings.items()
    ],
)
def test_the_wording_does_not_change_the_answer(daxing: Visitor, question: str, fragment: str) -> None:
    check(daxing.ask(question), fragment)


TEXTS = {
    "which vaccine": ("哪个疫苗进入了临床试验阶段", "科兴中维", "科兴中维奥密克戎疫苗进入临床试验阶段"),
    "which company": ("哪家细胞治疗集团投运了", "北京细胞治疗集团", "北京细胞治疗集团正式投运"),
    "what is called": ("率先在全市探索推行耕地什么系统模式", "单兵系统", "单兵系统"),
    "when, of a plan": ("山姆会员店什么时候开业", "年内", "山姆会员店、上德中心年内开业"),
    "when, with a month": ("第四实验学校什么时候开工", "10月底", "第四实验学校10月底开工"),
    "state reached": ("北大医院南院区装修到什么阶段了", "内部装修", "进入内部装修阶段"),
    "yes or no": ("综保区封关运营了吗", "封关运营", "综保区封关运营"),
    "a premise put right": ("固定资产投资全市排名第一吗", "第三", "全市排名第三"),
    "measures": ("怎么推动老旧小区加装电梯", "90部", "老楼加装电梯90部"),
}


@pytest.mark.parametrize(("question", "fragments", "quote"), TEXTS.values(), ids=TEXTS)
def test_who_what_and_which_are_answered_in_the_words_of_the_report(
    daxing: Visitor, question: str, fragments: str, quote: str
) -> None:
    check(daxing.ask(question), fragments, quote)


LISTS = {
    "names": ("制定了哪三个商圈的高质量发展方案", "西红门 火神庙 天宫院"),
    "works": ("创作了哪些音乐舞蹈作品", "爱在大兴 凤河春水 生生不息"),
    "several numbers of one sentence": (
        "在建工程、工业企业、商超餐饮企业和商务楼宇分别复工复产多少",
        "194个 300家 144家 193栋",
    ),
    "one aspect of two indicators": ("固投和社零的增速分别是多少", "0.6% 3.6%"),
    "one noun said of two": ("地方级和区级财政收入增速分别是多少", "10.6% 6.8%"),
    "three rates": ("居民垃圾分类参与率、准确投放率和厨余垃圾分出率分别是多少", "90% 85% 18%"),
    "two aspects of one indicator": ("商品房销售面积是多少,增速多少", "62.6万平方米 45.8%"),
}


@pytest.mark.parametrize(("question", "fragments"), LISTS.values(), ids=LISTS)
def test_a_list_is_answered_whole(daxing: Visitor, question: str, fragments: str) -> None:
    answer = daxing.ask(question)
    check(answer, fragments)
    assert len(bare(answer.answer)) <= 400


BESIDE_PLAN = {
    "of a house count": ("政策性住房竣工了多少套,全年计划竣工多少套", "5180套 6000套"),
    "of an area": ("拆除违法建设完成多少,全年目标多少", "228.8万平方米 330万平方米"),
    "in one sentence": ("老旧小区改造,实际开工完工数和全年任务对照一下", "21个 7个 18个 6个"),
    "of a rate": ("森林覆盖率现在和年度目标分别是多少", "33.8% 34%"),
}


@pytest.mark.parametrize(("question", "fragments"), BESIDE_PLAN.values(), ids=BESIDE_PLAN)
def test_the_actual_stands_beside_the_plan(daxing: Visitor, question: str, fragments: str) -> None:
    check(daxing.ask(question), fragments)


def test_what_is_done_and_what_is_planned_are_told_apart(daxing: Visitor) -> None:
    done, planned = daxing.ask("上半年竣工政策性住房多少套"), daxing.ask("今年计划竣工政策性住房多少套")
    assert (done.figures[0].value, done.figures[0].status) == ("5180", "完成")
    assert (planned.figures[0].value, planned.figures[0].status) == ("6000", "计划")


TWO_QUESTIONS = {
    "question marks": ("城镇登记失业率是多少?居民收入增长多少?", "3.5% 4.9%"),
    "the second leans on the first": ("社零额多少,增速呢", "308.4亿元 3.6%"),
    "the second names another subject": ("上半年固投多少?建安投资呢?", "442.1亿元 161.8亿元"),
    "topic before both": ("大兴区:建安投资多少?全市排第几?", "161.8亿元 第三"),
}


@pytest.mark.parametrize(("question", "fragments"), TWO_QUESTIONS.values(), ids=TWO_QUESTIONS)
def test_two_questions_in_one_get_two_answers(daxing: Visitor, question: str, fragments: str) -> None:
    answer = daxing.ask(question)
    check(answer, fragments)
    assert len(answer.citations) >= 1


def test_of_two_questions_the_one_that_cannot_be_answered_is_named(daxing: Visitor) -> None:
    answer = daxing.ask("上半年固定资产投资完成多少?进出口总额呢?")
    check(answer, "442.1亿元")
    assert "没有" in answer.answer
    assert "进出口总额" in answer.answer


@pytest.mark.parametrize("question", ["这份报告是谁发布的", "报告什么时候发布的", "有哪些报告"])
def test_a_question_about_the_report_cites_its_title(daxing: Visitor, question: str) -> None:
    answer = daxing.ask(question)
    check(answer, "大兴区发改委 2022-08-29")
    assert answer.citations[0].quote == "关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告"


def test_the_stand_alone_question_names_place_and_period(daxing: Visitor) -> None:
    understood = daxing.ask("固投多少").understood
    assert "大兴区" in understood
    assert "2022" in understood


def test_figures_carry_the_slots_of_the_contract(daxing: Visitor) -> None:
    answer = daxing.ask("固定资产投资同比增长多少")
    [figure] = answer.figures
    slots = (figure.indicator, figure.aspect, figure.value, figure.unit, figure.region, figure.status, figure.citation)
    assert slots == ("固定资产投资", "同比", "0.6", "%", "大兴区", "完成", 1)
    assert "上半年" in figure.period


def test_only_the_reports_asked_for_are_read(places: Visitor) -> None:
    wanted = [report.id for report in places.assistant.index.reports if report.title.startswith("和平区")]
    question = "哪里建成了生态廊道"
    assert places.assistant.ask(question, reports=wanted).status is Status.ANSWERED
    others = [report.id for report in places.assistant.index.reports if report.id not in wanted]
    assert all(c.report_id in others for c in places.assistant.ask(question, reports=others).citations)


def test_the_answer_names_its_generation(daxing: Visitor) -> None:
    assert daxing.ask("固投多少").index == daxing.assistant.index.generation
