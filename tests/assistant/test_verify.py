"""The figure gate: a sentence that says anything else than its citation does not pass, what the report says does."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, AnswerFigure, Calculation, Citation, Operand, Status
from assistant.citations import cite
from assistant.compose import Statement, numbers, statement
from assistant.evidence import candidates
from assistant.formula import FormulaError, parse
from assistant.reading import Readings
from assistant.tracing import Proof, Slot, faults
from assistant.verify import UNPROVEN, audit, checked, parts, passes, proven
from ingest.report import Report
from tests.assistant.lies import MUTATIONS, Mutation, Telling, World, tellings
from tests.assistant.samples import Visitor

quickly = settings(max_examples=120, deadline=None, derandomize=True, database=None)

INVESTMENT = "上半年,固定资产投资完成442.1亿元,总量全市排名第三,完成全年任务55.3%(全年任务800亿元),同比增长0.6%"
INDUSTRY = (
    "规模以上工业总产值完成580.1亿元,总量全市排名第五,同比下降51%,其中6月份完成86.6亿元,环比5月份完成65亿元增长33.2%"
)


def proof_of(report: Report, quote: str) -> Proof:
    """Return the stretch of the report that is `quote`."""
    passage = next(p for p in report.passages if quote in p.text)
    start = passage.text.index(quote)
    return Proof(Readings().of(report, passage), start, start + len(quote))


# what is said -> what of it is not so; each of INVESTMENT
LIES = {
    "上半年固定资产投资完成42.1亿元": Slot.NUMBER,
    "上半年固定资产投资完成1442.1亿元": Slot.NUMBER,
    "上半年固定资产投资完成442.1万元": Slot.UNIT,
    "上半年固定资产投资完成442.1亿美元": Slot.UNIT,
    "上半年固定资产投资完成近442.1亿元": Slot.BOUND,
    "上半年建安投资完成442.1亿元": Slot.INDICATOR,
    "上半年工业投资完成442.1亿元": Slot.INDICATOR,
    "海淀区固定资产投资完成442.1亿元": Slot.INDICATOR,
    "上半年固定资产投资同比下降0.6%": Slot.DIRECTION,
    "上半年固定资产投资环比增长0.6%": Slot.ASPECT,
    "上半年固定资产投资占全市比重0.6%": Slot.ASPECT,
    "固定资产投资完成全年任务0.6%": Slot.ASPECT,
    "上半年固定资产投资同比增长55.3%": Slot.ASPECT,
    "固定资产投资增速全市排名第三": Slot.ASPECT,
    "固定资产投资总量全国排名第三": Slot.SCOPE,
    "固定资产投资总量全市排名首位": Slot.NUMBER,
    "一季度固定资产投资完成442.1亿元": Slot.PERIOD,
    "2021年上半年固定资产投资完成442.1亿元": Slot.PERIOD,
    "2022年固定资产投资完成442.1亿元": Slot.PERIOD,
    "去年,固定资产投资完成442.1亿元": Slot.PERIOD,
    "2022年计划:固定资产投资442.1亿元": Slot.STATUS,
    "预计固定资产投资完成442.1亿元": Slot.STATUS,
    "固定资产投资全年任务442.1亿元": Slot.STATUS,
    "固定资产投资已完成800亿元": Slot.STATUS,
    "固定资产投资完成全年任务800亿元": Slot.ASPECT,
    "固定资产投资总量全市排名第三,8月29日完成442.1亿元": Slot.PERIOD,
    "第十届三中全会以来,固定资产投资完成442.1亿元": Slot.NUMBER,
}


@pytest.mark.parametrize(("said", "slot"), LIES.items(), ids=LIES)
def test_a_lie_is_caught_and_named(report: Report, said: str, slot: Slot) -> None:
    assert slot in {fault.slot for fault in faults(said, [proof_of(report, INVESTMENT)])}


TRUTHS = [
    (INVESTMENT, "固定资产投资完成442.1亿元"),
    (INVESTMENT, "2022年上半年,大兴区固定资产投资完成442.1亿元"),
    (INVESTMENT, "大兴区全社会固定资产投资为442.10亿元,同比增长0.60%"),
    (INVESTMENT, "上半年,固投完成44.21万万元".replace("44.21万万", "442.1亿")),
    (INVESTMENT, "固定资产投资总量全市排名第3"),
    (INVESTMENT, "固定资产投资完成4421000万元"),
    (INVESTMENT, "固定资产投资全年任务800亿元"),
    (INVESTMENT, "2022年固定资产投资目标是800亿元,上半年已完成442.1亿元"),
    (INVESTMENT, "固定资产投资在上半年完成了全年任务的55.3%"),
    (INDUSTRY, "6月份规上工业总产值完成86.6亿元,环比增长33.2%"),
    (INDUSTRY, "规模以上工业总产值同比下降51%"),
    ("城乡居民人均可支配收入同比增长4.9%,高于全市平均水平1.6个百分点", "居民人均可支配收入增速高于全市1.6个百分点"),
    ("策划开展40余场促消费活动", "开展40多场促消费活动"),
    ("策划开展40余场促消费活动", "开展促消费活动四十余场"),
    ("制定西红门、火神庙、天宫院等三个商圈高质量发展方案", "制定3个商圈高质量发展方案"),
    ("新建不少于3座加氢站", "2022年计划:新建加氢站不少于3座"),
]


@pytest.mark.parametrize(("quote", "said"), TRUTHS, ids=[said for _, said in TRUTHS])
def test_the_truth_passes_in_other_words(report: Report, quote: str, said: str) -> None:
    assert faults(said, [proof_of(report, quote)]) == []


def test_the_report_itself_passes(report: Report) -> None:
    """Every clause that states a number, cited by its own sentence, says what it says."""
    readings = Readings()
    for passage in report.passages:
        for clause in readings.of(report, passage).clauses:
            if clause.quantities:
                proof = Proof(readings.of(report, passage), clause.start, clause.end)
                assert faults(clause.text, [proof]) == [], clause.text


@pytest.fixture(scope="session")
def world(report: Report) -> World:
    """What the report tells, in sentences of our own making."""
    return World(tuple(t for t in tellings(report) if not faults(t.sentence, [t.proof])))


def test_sentences_of_our_own_making_pass(report: Report, world: World) -> None:
    assert len(world.told) >= 0.95 * len(tellings(report)) > 250


def one_of(data: st.DataObject, told: Sequence[Telling]) -> Telling:
    """Draw by number: what hypothesis draws it writes down, and a telling holds a whole report."""
    return told[data.draw(st.integers(0, len(told) - 1))]


def is_caught(lie: Telling) -> bool:
    return bool(faults(lie.sentence, [lie.proof]))


def lies_of(told: Telling, mutate: Mutation, world: World) -> list[Telling]:
    """Return the lies that a mutation makes of a true sentence, without those that are true of something else."""
    true = {t.sentence for t in world.beside(told)}
    return [lie for lie in mutate(told, world) if lie.sentence not in true]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_no_lie_of_a_kind_passes(world: World, mutate: Mutation) -> None:
    """Some 200 lies of each kind, spread over all figures of the report; none may pass."""
    chance = random.Random(mutate.__name__)
    lies = [lie for told in world.told for lie in lies_of(told, mutate, world)]
    assert lies
    chosen = chance.sample(lies, min(200, len(lies)))
    assert [lie.sentence for lie in chosen if not is_caught(lie)] == []


@quickly
@given(data=st.data())
def test_two_lies_at_once_do_not_hide_each_other(world: World, data: st.DataObject) -> None:
    told = one_of(data, world.told)
    for mutate in data.draw(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=2, unique=True)):
        if lies := lies_of(told, mutate, world):
            told = one_of(data, lies)
    assume(told not in world.told)
    assume(told.sentence not in {t.sentence for t in world.told})
    assert is_caught(told), told.sentence


@quickly
@given(data=st.data(), whole=st.integers(1, 99999), decimals=st.sampled_from(["", ".5", ".25"]))
def test_a_number_out_of_the_air_is_caught(world: World, data: st.DataObject, whole: int, decimals: str) -> None:
    told = one_of(data, [t for t in world.told if t.number[0].isdigit()])
    value = Decimal(f"{whole}{decimals}")
    assume(all(value != abs(n.figure.value) for n in told.proof.numbers))
    assert is_caught(replace(told, number=f"{whole}{decimals}{told.figure.unit}"))


def test_a_number_of_another_citation_is_none_of_this_one(report: Report) -> None:
    assert faults("规模以上工业总产值完成580.1亿元", [proof_of(report, INVESTMENT)])
    assert not faults("规模以上工业总产值完成580.1亿元", [proof_of(report, INVESTMENT), proof_of(report, INDUSTRY)])


def test_without_a_citation_no_number_is_proven() -> None:
    for said in ("完成442.1亿元", "全市排名第三", "增长两成", "上半年第二", "二十七日召开", "2022年"):
        assert [f.slot for f in faults(said, [])][:1] == [Slot.UNCITED], said
    assert faults("各项工作进展顺利", []) == []


# Statements, as the pipeline asks of them.

SAID = [
    "上半年固定资产投资完成多少",
    "固定资产投资同比增长多少",
    "固定资产投资全年任务是多少",
    "城镇登记失业率是多少",
    "临空区新增企业多少家",
    "12345承办群众来电多少件",
    "6月份规模以上工业总产值是多少",
    "举办了第几届西瓜节",
    "今年计划竣工政策性住房多少套",
]
every_statement = pytest.mark.parametrize("question", SAID, ids=[f"statement {n}" for n, _ in enumerate(SAID, 1)])


def stated(visitor: Visitor, question: str) -> Statement:
    """Return what the best evidence says, as the pipeline composes it."""
    [asked] = visitor.assistant.understanding.understand(question)
    return statement(asked, candidates(asked, visitor.assistant.search(asked))[0])


@every_statement
def test_what_is_composed_passes(daxing: Visitor, question: str) -> None:
    assert passes(stated(daxing, question))


@every_statement
def test_no_digit_of_a_statement_can_be_changed(daxing: Visitor, question: str) -> None:
    said = stated(daxing, question)
    quote = said.candidate.reading.passage.text[said.start : said.end]
    for at in [i for i, letter in enumerate(said.text) if letter.isdigit()]:
        for digit in "0123456789":
            touched = f"{said.text[:at]}{digit}{said.text[at + 1 :]}"
            if touched != said.text and set(numbers(touched)) - set(numbers(quote)):
                assert not passes(replace(said, text=touched)), touched


def test_a_statement_that_fails_is_said_in_the_words_of_the_report(daxing: Visitor) -> None:
    said = stated(daxing, "上半年固定资产投资完成多少")
    assert proven(said) is said
    literal = proven(replace(said, text="着力打造内陆开放高地,完成442.1亿元"))
    assert literal is not None
    assert literal.text == "固定资产投资完成442.1亿元"


# Whole answers.


def citation_of(report: Report, quote: str, number: int) -> Citation:
    passage = next(p for p in report.passages if quote in p.text)
    start = passage.text.index(quote)
    return cite(report, passage, start, start + len(quote), number)


@pytest.fixture
def answered(report: Report) -> Answer:
    """Two sentences, the second of which may be touched."""
    figures = (
        AnswerFigure("固定资产投资", "数值", "442.1", "亿元", "2022上半年", "大兴区", "完成", 1),
        AnswerFigure("规模以上工业总产值", "数值", "580.1", "亿元", "2022上半年", "大兴区", "完成", 2),
    )
    return Answer(
        Status.ANSWERED,
        "固定资产投资完成442.1亿元[1];规模以上工业总产值完成580.1亿元[2]。",
        "固定资产投资和工业总产值各是多少",
        (citation_of(report, INVESTMENT, 1), citation_of(report, INDUSTRY, 2)),
        figures,
    )


def gated(answer: Answer, report: Report) -> Answer:
    return checked(answer, [report], Readings())


def test_a_true_answer_is_left_alone(report: Report, answered: Answer) -> None:
    assert gated(answered, report) is answered


def test_a_false_sentence_is_removed_and_the_marks_are_numbered_anew(report: Report, answered: Answer) -> None:
    answer = gated(replace(answered, answer=answered.answer.replace("442.1", "542.7")), report)
    assert answer.answer == "规模以上工业总产值完成580.1亿元[1]。"
    assert [(c.n, c.quote) for c in answer.citations] == [(1, INDUSTRY)]
    assert [(f.value, f.citation) for f in answer.figures] == [("580.1", 1)]


def test_what_stays_ends_with_a_full_stop(report: Report, answered: Answer) -> None:
    answer = gated(replace(answered, answer=answered.answer.replace("580.1", "85.1")), report)
    assert answer.answer == "固定资产投资完成442.1亿元[1]。"
    assert len(answer.citations) == len(answer.figures) == 1


def test_an_answer_of_lies_becomes_a_refusal(report: Report, answered: Answer) -> None:
    said = answered.answer.replace("442.1", "1442.1").replace("580.1", "50.1")
    answer = gated(replace(answered, answer=said), report)
    assert (answer.status, answer.answer) == (Status.REFUSED, UNPROVEN)
    assert (answer.citations, answer.figures, answer.calculation) == ((), (), None)


def test_swapped_marks_prove_nothing(report: Report, answered: Answer) -> None:
    swapped = answered.answer.replace("[1]", "[0]").replace("[2]", "[1]").replace("[0]", "[2]")
    assert gated(replace(answered, answer=swapped), report).status is Status.REFUSED


def test_a_sentence_without_a_citation_may_say_no_number(report: Report, answered: Answer) -> None:
    told = replace(answered, answer=f"{answered.answer}总体看增长了一成二。")
    assert gated(told, report).answer == answered.answer
    kept = replace(answered, answer=f"{answered.answer}总体看进展顺利。")
    assert gated(kept, report) is kept


def test_a_number_that_only_the_question_states_is_not_proven(report: Report, answered: Answer) -> None:
    told = replace(answered, understood="固定资产投资完成999亿元吗", answer="固定资产投资完成999亿元[1]。")
    assert gated(told, report).status is Status.REFUSED


def test_a_quote_that_is_not_in_the_report_proves_nothing(report: Report, answered: Answer) -> None:
    forged = replace(answered.citations[0], quote=INVESTMENT.replace("442.1", "542.7"))
    told = replace(answered, answer="固定资产投资完成542.7亿元[1]。", citations=(forged,))
    assert gated(told, report).status is Status.REFUSED


def test_a_bare_change_belongs_to_what_was_spoken_of_before(report: Report, answered: Answer) -> None:
    """ "固定资产投资…;同比增长0.6%" may be cited by the sentence of the investment, not by another's of its passage."""
    own = replace(answered, answer="固定资产投资完成442.1亿元[1];同比增长0.6%[1]。")
    assert gated(own, report) is own
    construction = citation_of(report, "建安投资完成161.8亿元,总量全市排名第三,完成全年任务46.2%", 2)
    others = replace(
        answered,
        answer="固定资产投资完成442.1亿元[1];完成全年任务46.2%[2]。",
        citations=(answered.citations[0], construction),
    )
    assert gated(others, report).answer == "固定资产投资完成442.1亿元[1]。"


def test_a_refusal_keeps_its_reason_when_the_nearest_figure_is_false(report: Report, answered: Answer) -> None:
    said = "报告没有给出2021年的固定资产投资。报告给出的是:固定资产投资完成{}亿元[1]"
    refused = replace(answered, status=Status.REFUSED, figures=(), citations=answered.citations[:1])
    true, false = (replace(refused, answer=said.format(n)) for n in ("442.1", "442.7"))
    assert gated(true, report) is true
    answer = gated(false, report)
    assert (answer.answer, answer.citations) == ("报告没有给出2021年的固定资产投资。", ())


def test_an_answer_is_cut_at_its_marks() -> None:
    found = parts("甲增长5%。乙增长6%。[1][2]丙为7家[3];丁")
    assert [(p.sentence, p.cites) for p in found] == [
        ("甲增长5%", (1, 2)),
        ("乙增长6%", (1, 2)),
        ("丙为7家", (3,)),
        ("丁", ()),
    ]


# Calculations.

FORMULAS = {
    "800 - 442.1 = 357.9": True,
    "800 - 442.1 = 357.8": False,
    "442.1 ÷ 800 × 100% ≈ 55.3%": True,
    "442.1 ÷ 800 × 100% ≈ 55.2%": False,
    "442.1 ÷ 800 × 100% ≈ 55.26%": True,
    "442.1 ÷ 800 × 100% ≈ 55%": False,
    "442.1 ÷ 800 × 100% = 55.3%": False,
    "442.1 ÷ (1 + 0.6%) ≈ 439.5": True,
    "442.1 ÷ (1 - 0.6%) ≈ 439.5": False,
    "4779 ÷ 82.4% ≈ 5800": True,
    "101.7 + 63.1 = 164.8": True,
    "1.5万 ÷ 3 = 5000": True,
}


@pytest.mark.parametrize(("formula", "holds"), FORMULAS.items(), ids=FORMULAS)
def test_a_formula_is_worked_out_again(formula: str, holds: bool) -> None:
    assert parse(formula).holds is holds


@pytest.mark.parametrize(
    "text", ["", "800 - 442.1", "1 ÷ 0 = 1", "(1 + 2 = 3", "800 - = 3", "__import__ = 1", "1 = 1 = 1"]
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


def worked_out(report: Report, said: str, formula: str, unit: str, *operands: tuple[str, str]) -> Answer:
    """Return an answer whose operands all stand in the sentence on investment."""
    whole = next(p for p in report.passages if INVESTMENT in p.text)
    at = whole.text.index(INVESTMENT)
    citation = cite(report, whole, at, whole.text.index("。", at), 1)
    calculation = Calculation(formula, unit, tuple(Operand(value, u, 1) for value, u in operands))
    return Answer(Status.ANSWERED, f"{said}({formula})。[1]", "固定资产投资", (citation,), (), calculation)


GAP = ("800 - 442.1 = 357.9", "亿元", ("800", "亿元"), ("442.1", "亿元"))
PART = ("161.8 ÷ 442.1 × 100% ≈ 36.6%", "%", ("161.8", "亿元"), ("442.1", "亿元"))
MORE = ("442.1 - 161.8 = 280.3", "亿元", ("442.1", "亿元"), ("161.8", "亿元"))
BEFORE = ("442.1 ÷ (1 + 0.6%) ≈ 439.5", "亿元", ("442.1", "亿元"), ("0.6", "%"))
GREW = ("442.1 ÷ 161.8 × 100% - 100% ≈ 173.2%", "%", ("442.1", "亿元"), ("161.8", "亿元"))
YEARLY = ("(442.1 - 161.8) ÷ 5 ≈ 56.1", "亿元", ("442.1", "亿元"), ("161.8", "亿元"))
SUM = ("442.1 + 161.8 = 603.9", "亿元", ("442.1", "亿元"), ("161.8", "亿元"))

Worked = tuple[str, str, tuple[str, str], tuple[str, str]]
WORKED: list[tuple[str, Worked]] = [
    ("固定资产投资离目标还差357.9亿元:目标800亿元,已完成442.1亿元", GAP),
    ("建安投资约占固定资产投资的36.6%", PART),
    ("固定资产投资442.1亿元比建安投资161.8亿元多280.3亿元", MORE),
    ("上年同期固定资产投资约439.5亿元", BEFORE),
    ("固定资产投资与建安投资合计603.9亿元", SUM),
    ("固定资产投资比建安投资约增长173.2%", GREW),
]


@pytest.mark.parametrize(("said", "worked"), WORKED, ids=[said for said, _ in WORKED])
def test_a_declared_calculation_passes(report: Report, said: str, worked: Worked) -> None:
    formula, unit, *operands = worked
    answer = worked_out(report, said, formula, unit, *operands)
    assert [str(f) for _, wrong in audit(answer, [report], Readings()) for f in wrong] == []


MISCALCULATED: list[tuple[str, Worked]] = [
    ("固定资产投资离目标还差375.9亿元", GAP),
    ("固定资产投资离目标还差357.9万元", GAP),
    ("固定资产投资离目标还差375.9亿元", ("800 - 442.1 = 375.9", *GAP[1:])),
    ("固定资产投资离目标还差357.9亿元:目标442.1亿元,已完成800亿元", GAP),
    ("建安投资离目标还差357.9亿元,比上年增长9.9%", GAP),
    ("固定资产投资已超过目标357.9亿元", GAP),
    ("工业投资离目标还差357.9亿元", GAP),
    ("固定资产投资离目标还差280.3亿元", MORE),
    ("固定资产投资约占建安投资的36.6%", PART),
    ("建安投资442.1亿元比固定资产投资161.8亿元多280.3亿元", MORE),
    ("建安投资比固定资产投资多280.3亿元", MORE),
    ("固定资产投资与建安投资合计280.3亿元", MORE),
    ("上年同期固定资产投资约444.8亿元", ("442.1 ÷ (1 - 0.6%) ≈ 444.8", *BEFORE[1:])),
    ("上年同期固定资产投资约285.1亿元", ("442.1 ÷ (1 + 55.3%) ≈ 284.7", "亿元", ("442.1", "亿元"), ("55.3", "%"))),
    ("固定资产投资离目标还差457.9亿元", ("900 - 442.1 = 457.9", "亿元", ("900", "亿元"), ("442.1", "亿元"))),
    ("固定资产投资离目标还差457.9亿元", ("900 - 442.1 = 457.9", *GAP[1:])),
    ("固定资产投资与建安投资合计884.2亿元", ("442.1 + 442.1 = 884.2", "亿元", ("442.1", "亿元"), ("442.1", "亿元"))),
    ("建安投资比固定资产投资约增长173.2%", GREW),
    ("固定资产投资比建安投资约下降173.2%", GREW),
    ("固定资产投资年均增加约56.1亿元", YEARLY),  # no five years lie between the two
    ("固定资产投资在2023年将离目标还差357.9亿元", GAP),
    ("固定资产投资离目标还差357.9亿元,全市排名第五", GAP),
]


@pytest.mark.parametrize(("said", "worked"), MISCALCULATED, ids=[said for said, _ in MISCALCULATED])
def test_a_false_calculation_is_refused(report: Report, said: str, worked: Worked) -> None:
    formula, unit, *operands = worked
    answer = gated(worked_out(report, said, formula, unit, *operands), report)
    assert (answer.status, answer.calculation) == (Status.REFUSED, None)


@quickly
@given(data=st.data())
def test_no_digit_of_a_calculation_can_be_changed(report: Report, data: st.DataObject) -> None:
    said, (formula, unit, *operands) = data.draw(st.sampled_from(WORKED))
    text = f"{said}|{formula}"
    at = data.draw(st.sampled_from([i for i, letter in enumerate(text) if letter.isdigit()]))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != text[at])
    touched, _, worked = f"{text[:at]}{digit}{text[at + 1 :]}".partition("|")
    assert gated(worked_out(report, touched, worked, unit, *operands), report).status is Status.REFUSED
