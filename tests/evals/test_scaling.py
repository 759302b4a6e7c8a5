from __future__ import annotations

from pathlib import Path

import pytest

import evals.scaling
from evals.copies import read_templates
from evals.dataset import QuestionSet
from evals.scaling import chosen_items, measure, told
from evals.split import Split, half
from tests.evals.samples import TEXT, item

DEV = [item(id=f"q-{number}") for number in range(40) if half(f"q-{number}") is Split.DEV]


def test_questions_are_of_the_dev_half_and_of_the_files_that_are_there() -> None:
    items = [item(id=f"q-{number}", reports=("a.txt", "b.txt")[: 1 + number % 2]) for number in range(40)]
    sets = [QuestionSet("s", "s.jsonl", tuple(items))]
    found = chosen_items(sets, ["x/a.txt"], 100)
    assert {one.id for one in found} == {one.id for one in items if one.reports == ("a.txt",) and one in found}
    assert found
    assert all(half(one.id) is Split.DEV for one in found)
    assert len(chosen_items(sets, ["a.txt", "b.txt"], 5)) <= 5
    assert chosen_items(sets, ["c.txt"], 5) == []


def test_questions_that_name_no_file_are_asked_where_no_others_can_be() -> None:
    assert chosen_items([QuestionSet("s", "s.jsonl", tuple(DEV))], ["c.txt"], 100) == DEV


def test_one_size_is_measured_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evals.scaling, "_alone", lambda function, *arguments: function(*arguments))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "daxing.txt").write_text(TEXT, encoding="utf-8")
    templates, _ = read_templates([tmp_path / "reports"])
    size = measure(templates, 2, DEV[:1], tmp_path / "scale", "bundled")
    assert not (tmp_path / "scale").exists()
    assert (size.times, size.service.reports) == (2, 2)
    assert size.characters == 2 * len(templates[0].report.text)
    assert size.first.peak > size.disk > 0
    assert size.service.p95 >= size.service.p50 > 0
    table = told([size, size]).splitlines()
    assert table[0] == "|  | 2 倍 | 2 倍 |"
    assert "| 报告(份) | 2 | 2 |" in table
