from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.charts import bar, histogram
from evals.compare import compare, told
from evals.export import ragas
from evals.intervals import Change, Estimate
from evals.judging import judge
from evals.metrics import Judged
from evals.report import failures, html, markdown
from evals.results import Result, Row, confusion, faults, latency, make_row, previous, read_result, write_result
from evals.split import half
from evals.target import Outcome, TargetError
from evals.trace import Seen, Stage, Trace, stage_of
from tests.evals.samples import REPORTS, RIGHT, item, reply

DEV = [f"a-{n}" for n in range(400) if half(f"a-{n}") == "dev"][:60]
TEST = [f"a-{n}" for n in range(400) if half(f"a-{n}") == "test"][:60]
WRONG = reply("161.8亿元<script>alert(1)</script>")
TRACE = Trace("投资", "数字", False, True, 1, 3, True, (Seen("段落", "第5段", 1.0, True),), (), ("段落",))


def row(identity: str, said: dict[str, object], *, show_test: bool = False) -> Row:
    one = item(id=identity, turns=(f"问{identity}",))
    judged = Judged(one, judge(one, said, REPORTS.get), 20.0)
    shown = show_test or half(identity) == "dev"
    return make_row("set", judged, Outcome(identity, dict(said), 20.0, trace=TRACE), None, shown=shown)


def result(name: str, wrong: set[str]) -> Result:
    rows = tuple(row(i, WRONG if i in wrong else RIGHT) for i in (*DEV, *TEST))
    return Result(name, "2026-01-01T00:00:00+00:00", "fake", "all", 1.5, rows, skipped={"other": 3})


def test_the_report_is_one_file_that_asks_nothing_of_others() -> None:
    page = html(result("b", {DEV[0]}), result("a", set()))
    assert not re.search(r"(?:src|href)=[\"'](?!#)|url\(|@import|<script", page)
    assert "&lt;script&gt;alert(1)" in page


def test_failures_of_the_test_half_are_counted_and_not_listed() -> None:
    found = result("b", {DEV[0], TEST[0]})
    page = html(found, None)
    assert f"问{DEV[0]}" in page
    assert f"问{TEST[0]}" not in page
    assert "test 半:只计数,不列出" in page
    assert "other 3 题" in page
    assert found.group(id=TEST[0])[0].detail is None
    assert list(failures(found.rows, show_test=False)) == ["figure"]
    shown = Result("c", "", "fake", "all", 1.0, (row(TEST[0], WRONG, show_test=True),))
    assert f"问{TEST[0]}" in html(shown, None, show_test=True)


def test_every_failure_shows_expected_got_and_stage() -> None:
    page = html(result("b", {DEV[0]}), None)
    for words in ("442.1亿元", "161.8亿元", "缺少应有的内容", "匹配 第 3", "检索 第 1", "段落"):
        assert words in page, words


def test_headlines_say_better_worse_or_noise() -> None:
    many, few = set(DEV[:30]), set(DEV[:2])
    assert "变差" in html(result("b", many), result("a", set())).split("按数据集")[0]
    assert "变好" in html(result("b", set()), result("a", many)).split("按数据集")[0]
    calm = html(result("b", few), result("a", set())).split("按数据集")[0]
    assert "误差之内" in calm
    assert "chip worse" not in calm


def test_markdown_has_the_table_and_what_was_missed() -> None:
    text = markdown(result("b", {DEV[0]}), None, ["答对 90.0%,应不低于 95.0%"])
    assert "| set dev | 60 | 98.3% | – |" in text
    assert "- 答对 90.0%,应不低于 95.0%" in text
    assert "跳过(找不到报告):other 3 题" in text


def test_compare_names_the_flipped_of_dev_and_counts_those_of_test() -> None:
    found = compare(result("a", {DEV[1]}), result("b", {DEV[0], TEST[0]}))
    assert [now.id for _, now in found.better] == [DEV[1]]
    assert [now.id for _, now in found.worse] == [DEV[0], TEST[0]]
    assert found.moves["right"].verdict is Change.SAME
    text = told(found)
    assert f"问{DEV[0]}" in text
    assert TEST[0] not in text
    assert "测试半只计数:figure 1" in text
    assert TEST[0] in told(found, show_test=True)


def test_only_common_questions_are_compared() -> None:
    one = Result("a", "", "fake", "dev", 1.0, (row(DEV[0], RIGHT),))
    assert compare(one, result("b", set())).common == 1


def test_results_are_read_back_and_the_previous_one_is_found(tmp_path: Path) -> None:
    for name, wrong in (("1", set()), ("2", {DEV[0]})):
        (tmp_path / name).mkdir()
        write_result(result(name, wrong), tmp_path / name)
    last = read_result(tmp_path / "2")
    assert last == result("2", {DEV[0]})
    found = previous(tmp_path, tmp_path / "2", last)
    assert found is not None
    assert found.name == "1"
    with pytest.raises(TargetError, match="读不出来"):
        read_result(tmp_path / "3")
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(TargetError, match="不是评测结果"):
        read_result(tmp_path / "bad.json")


def test_ragas_export_has_its_columns() -> None:
    lines = list(ragas(result("a", set())))
    assert len(lines) == len(DEV)
    assert '"user_input": "问' in lines[0]
    assert '"retrieved_contexts": ["项目投资保持高水平。上半年' in lines[0]
    assert '"ground_truth": "442.1亿元"' in next(ragas(result("a", set()), "classic"))


@pytest.mark.parametrize(
    ("changes", "status", "stage"),
    [
        ({"turned_away": True}, "clarify", Stage.UNDERSTANDING),
        ({"in_scope": False}, "answered", Stage.UNDERSTANDING),
        ({"retrieved": None, "matched": None}, "answered", Stage.RETRIEVAL),
        ({"matched": 4}, "answered", Stage.MATCHING),
        ({"matched": 1}, "answered", Stage.COMPOSING),
        ({"matched": 1, "accepted": False}, "refused", Stage.GATE),
        ({"error": "ValueError: x"}, "answered", Stage.UNKNOWN),
    ],
)
def test_the_stage_is_where_the_evidence_was_lost(changes: dict[str, object], status: str, stage: Stage) -> None:
    base = {"understood": "", "kind": "", "turned_away": False, "in_scope": True, "retrieved": 1, "matched": 1}
    trace = Trace(**{**base, "accepted": True, **changes})  # type: ignore[arg-type]
    verdict = judge(item(), reply("没有。", status=status), REPORTS.get)
    assert stage_of(item(), verdict, trace) is stage


def test_stages_of_what_should_not_be_answered() -> None:
    refuse = item(expect="refuse", gold=(), evidence=())
    assert stage_of(refuse, judge(refuse, RIGHT, REPORTS.get), TRACE) is Stage.GATE
    clarify = item(expect="clarify", gold=(), evidence=())
    assert stage_of(clarify, judge(clarify, RIGHT, REPORTS.get), TRACE) is Stage.UNDERSTANDING
    assert stage_of(item(), judge(item(), RIGHT, REPORTS.get), TRACE) is None
    assert stage_of(item(), judge(item(), {}, REPORTS.get), None, "HTTP 500") is Stage.SERVICE


def test_faults_are_said_in_words() -> None:
    said = faults(Judged(item(), judge(item(), WRONG, REPORTS.get), 1.0))
    assert said == ["缺少应有的内容", "引文没有覆盖全部依据", "数字无依据:161.8、1", "数量与引文不符:161.8亿元"]


def test_confusion_and_latency_by_hand() -> None:
    rows = result("a", {DEV[0]}).rows
    assert confusion(rows)["answer"] == {"answered": 120, "refused": 0, "clarify": 0, "error": 0}
    assert latency(rows) == {"p50": 20.0, "p95": 20.0, "p99": 20.0}


def test_charts_are_drawn_for_odd_values() -> None:
    assert 'width="80.00"' in bar(Estimate(0.8, 0.7, 0.9, 10))
    assert bar(None) == ""
    assert histogram([], {}) == ""
    assert histogram([0.1, 0.1], {"p50": 0.1}).startswith("<svg")
