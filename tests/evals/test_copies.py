from __future__ import annotations

from pathlib import Path

from evals.copies import read_templates, write_copies
from ingest import read_report

TEXT = """黔东区2022年国民经济和社会发展计划执行情况的报告

一、2021年情况

2021年,黔东区固定资产投资完成442.1亿元,同比增长0.5%,8月29日开工项目12个。黔东的城镇登记失业率为3.2%。

1.项目投资保持高水平。新建口袋公园307个。
"""


def _copies(folder: Path, times: int, name: str) -> dict[str, str]:
    (folder / "reports").mkdir(exist_ok=True)
    (folder / "reports" / "a.txt").write_text(TEXT, encoding="utf-8")
    templates, failures = read_templates([folder / "reports"])
    assert failures == []
    write_copies(templates, folder / name, times)
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / name).iterdir())}


def test_the_first_is_the_report_and_the_others_are_of_other_places_with_other_figures(tmp_path: Path) -> None:
    made = _copies(tmp_path, 3, "copies")
    assert list(made) == ["a-01.txt", "a-02.txt", "a.txt"]
    original, copy = (read_report(tmp_path / "copies" / name) for name in ("a.txt", "a-01.txt"))
    assert original.text == read_report(tmp_path / "reports" / "a.txt").text
    assert len({len(text) for text in made.values()}) == 1
    assert (copy.period, len(copy.passages)) == (original.period, len(original.passages))
    assert copy.region != original.region
    assert copy.region.endswith("区")
    for kept in ("2022年", "2021年", "8月29日", "\n1.项目", "固定资产投资完成", "一、"):
        assert kept in copy.text
    for gone in ("黔东", "442.1", "307个"):
        assert gone not in copy.text
    assert copy.text.count(copy.region.removesuffix("区")) == TEXT.count("黔东")
    assert [figure.unit for figure in copy.figures] == [figure.unit for figure in original.figures]


def test_the_same_copies_are_made_again(tmp_path: Path) -> None:
    assert _copies(tmp_path, 3, "one") == _copies(tmp_path, 3, "two")
