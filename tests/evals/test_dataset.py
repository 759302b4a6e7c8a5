from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.dataset import DATA, DatasetError, as_json, load, read_set
from evals.figures import PREFIX
from tests.evals.samples import item

GOOD: dict[str, Any] = json.loads(as_json(item()))


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


def test_a_line_survives_reading_and_writing(tmp_path: Path) -> None:
    one, problems = read_set(write(tmp_path / "q.jsonl", GOOD))
    assert problems == []
    assert json.loads(as_json(one.items[0])) == GOOD


def test_shipped_questions_are_sound_in_form() -> None:
    sets = load([path for path in sorted(DATA.glob("*.jsonl")) if not path.name.startswith(PREFIX)])
    assert {one.name: (len(one.items), len(one.reports)) for one in sets} == {
        "calc-corpus": (65, 40),
        "calc-daxing": (40, 0),
        "corpus": (328, 50),
        "corpus-2a": (188, 23),
        "corpus-2b": (191, 23),
        "corpus-3": (220, 45),
        "corpus-4": (278, 52),
        "daxing": (343, 0),
        "daxing-2a": (200, 0),
        "daxing-2b": (200, 0),
        "daxing-3": (309, 0),
        "daxing-4": (240, 0),
        "invented": (174, 4),
        "series": (58, 39),
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": ""}, "q.jsonl 第 1 行 id:应为不空的文字"),
        ({"type": "figur"}, "q.jsonl 第 1 行 type:'figur' 不可用"),
        ({"expect": "reject"}, "q.jsonl 第 1 行 expect:'reject' 不可用"),
        ({"turns": []}, "q.jsonl 第 1 行 turns:至少要有一轮"),
        ({"turns": ["问" * 501]}, "q.jsonl 第 1 行 turns:至少要有一轮,每轮 1 到 500 个字"),
        ({"gold": ["442.1亿元"]}, "q.jsonl 第 1 行 gold:应为不空的组的列表"),
        ({"gold": [[]]}, "q.jsonl 第 1 行 gold:应为不空的组的列表"),
        ({"evidence": "全文"}, "q.jsonl 第 1 行 evidence:应为文字的列表"),
        ({"evidences": []}, "q.jsonl 第 1 行 evidences:没有这个字段"),
        ({"reports": [1]}, "q.jsonl 第 1 行 reports:应为文字的列表"),
    ],
)
def test_messages_name_line_and_field(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    _, problems = read_set(write(tmp_path / "q.jsonl", GOOD | change))
    assert str(problems[0]).startswith(said)


def test_missing_fields_and_broken_lines_are_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "a"}\n\n{oops\n[1]\n', encoding="utf-8")
    said = [str(problem) for problem in read_set(path)[1]]
    assert "q.jsonl 第 1 行 gold:缺少这个字段。" in said
    assert any(one.startswith("q.jsonl 第 3 行:不是有效的 JSON") for one in said)
    assert "q.jsonl 第 4 行:不是 JSON 对象。" in said


def test_duplicates_are_found_across_files(tmp_path: Path) -> None:
    one = write(tmp_path / "one.jsonl", GOOD)
    two = write(tmp_path / "two.jsonl", GOOD | {"id": "q-2"}, GOOD | {"turns": ["另一个问题"]})
    with pytest.raises(DatasetError) as caught:
        load([one, two])
    assert str(caught.value).split("\n") == [
        "two.jsonl 第 1 行 turns:问法与one.jsonl 第 1 行相同。",
        "two.jsonl 第 2 行 id:'q-1' 与one.jsonl 第 1 行重复。",
    ]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"none\.jsonl:读不出来"):
        load([tmp_path / "none.jsonl"])
