"""ingest.versions"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.figures import extract_figures
from ingest.reading import read_report
from ingest.report import Report
from ingest.versions import Standing, relations, set_aside
from tests.ingest import samples
from tests.ingest.reports import report_of

_WORDS = (
    "推进",
    "加快",
    "完善",
    "提升",
    "项目",
    "服务",
    "产业",
    "企业",
    "改革",
    "治理",
    "生态",
    "民生",
    "街道",
    "质量",
)
_BODY = "".join(random.Random(7).choices(_WORDS, k=400))


def _report(invested: str, **described: str) -> Report:
    read = report_of(f"上半年，固定资产投资完成{invested}亿元。", _BODY)
    described = {"id": "-".join([invested, *described.values()])} | described
    given = replace(read, **described)  # type: ignore[arg-type]
    return replace(given, figures=extract_figures(given))


OLD = _report("442.1", id="old", title="甲区报告", published="2022-08-29")


@pytest.mark.parametrize(
    ("other", "standing"),
    [
        (_report("442.1", id="new", title="甲区报告", published="2022-08-29", text=OLD.text + "\n"), Standing.COPY),
        (_report("442.1", id="new", title="甲区报告", published="2022-09-15"), Standing.COPY),
        (_report("442.7", id="new", title="甲区报告", published="2022-09-15"), Standing.OLDER),
        (_report("442.7", id="new", title="甲区报告（修订版）", published="2022-08-29"), Standing.OLDER),
        (_report("442.7", id="new", title="甲区报告（更正）", published=""), Standing.OLDER),
        (_report("442.7", id="zew", title="甲区报告", published="2022-08-29"), Standing.ALIKE),
    ],
)
def test_what_a_report_is_to_one_that_is_nearly_the_same(other: Report, standing: Standing) -> None:
    for reports in ([OLD, other], [other, OLD]):
        (found,) = relations(reports)
        assert (found.report, found.other, found.standing) == ("old", other.id, standing)


@pytest.mark.parametrize(
    "known", [{"region": "乙区"}, {"period": "2021上半年"}, {"kind": "统计公报"}], ids=["place", "period", "kind"]
)
def test_what_is_known_to_be_something_else_is_never_the_same(known: dict[str, str]) -> None:
    assert relations([OLD, _report("442.1", **known)]) == ()


def test_a_report_of_which_less_is_known_is_the_same_only_if_the_text_is() -> None:
    unknown = _report("442.1", period="", kind="", title="附件1")
    assert len(relations([OLD, unknown])) == 1
    half = replace(unknown, text=unknown.text[: len(unknown.text) * 3 // 4])
    assert relations([OLD, half]) == ()


def test_two_bulletins_of_one_template_whose_period_is_not_known_both_stay() -> None:
    may, june = (_report(n, period="", published=day) for n, day in (("442.1", "2022-06-15"), ("530.4", "2022-07-15")))
    (found,) = relations([may, june])
    assert found.standing is Standing.ALIKE


def test_a_text_of_which_a_part_is_missing_is_no_copy_though_its_numbers_are_all_there() -> None:
    (found,) = relations([OLD, _report("442.1", id="zew", text=OLD.text[: len(OLD.text) * 3 // 4])])
    assert (found.standing, found.numbers) == (Standing.ALIKE, ())


def test_the_numbers_that_differ_are_named() -> None:
    (found,) = relations([OLD, _report("442.7", id="zew", published="2022-08-29")])
    assert found.numbers == ("442.1亿元", "442.7亿元")


def test_the_newest_of_several_versions_stands_in_for_all() -> None:
    second, third = (_report(n, id=n, published=day) for n, day in (("443.5", "2022-09-01"), ("445.8", "2022-10-01")))
    aside = set_aside(relations([OLD, second, third]))
    assert {report: relation.other for report, relation in aside.items()} == {"old": "445.8", "443.5": "445.8"}


def test_a_report_that_the_editor_keeps_is_not_set_aside() -> None:
    found = relations([OLD, _report("442.7", id="new", published="2022-09-15")])
    assert set(set_aside(found)) == {"old"}
    assert set_aside(found, kept=["old"]) == {}


def test_reports_that_are_only_alike_both_stay() -> None:
    assert set_aside(relations([OLD, _report("442.7", id="zew", published="2022-08-29")])) == {}


def test_of_a_report_in_three_formats_one_is_left(tmp_path: Path) -> None:
    page = "".join(f"<p>{line}</p>" for line in samples.LINES)
    (tmp_path / "a.txt").write_text(samples.TEXT, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(samples.pdf(footer="- {page} -"))
    (tmp_path / "c.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    read = [read_report(path, root=tmp_path) for path in sorted(tmp_path.iterdir())]
    texts = {report.id: report for report in read}  # files of the very same text are one report already
    assert len(texts) - len(set_aside(relations(tuple(texts.values())))) == 1
