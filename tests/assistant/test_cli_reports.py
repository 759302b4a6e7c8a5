"""`wenbao reports`: what an editor reads and does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.cli.console import CommandError
from ingest.report import IngestError
from tests.assistant.web.fakes import TEXT

TITLE = "关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告"
CITY = """北京市2026年政府工作报告

一、2025年和“十四五”时期工作回顾

过去一年,地区生产总值增长5.4%,一般公共预算收入增长4.8%。

二、“十五五”时期主要目标任务

三、2026年重点工作
"""
FILES = {
    "daxing.txt": TEXT,
    "daxing-更正.txt": TEXT.replace("2022-08-29", "2022-09-15").replace("442.1", "442.7"),
    "beijing.txt": CITY,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports and the index that was made of them."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "reports").mkdir()
    for name, text in FILES.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["ingest"], env=_environment(folder))
    assert result.exit_code == 0, result.output
    assert "旧版  daxing.txt(与 daxing-更正.txt" in result.output
    return folder


class Desk:
    """The commands over a copy of the index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str) -> str:
        """Return what a command prints; what it raises comes through."""
        result = CliRunner().invoke(app, arguments, env=_environment(self.folder), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    def record(self, name: str) -> dict[str, object]:
        found: dict[str, object] = json.loads(self("reports", "show", name, "--json"))
        return found


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    shutil.copytree(built, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def _environment(folder: Path) -> dict[str, str]:
    return {"WENBAO_DATA": str(folder / "data"), "WENBAO_REPORTS": str(folder / "reports")}


def test_the_list_says_whose_report_it_is_and_what_it_covers(desk: Desk) -> None:
    listed = desk("reports")
    assert f"{TITLE}\n    大兴区发改委 · 北京市大兴区 · 计划执行情况 · 2022-09-15 · 回顾 2022上半年" in listed
    assert "回顾 2025年、2021-2025年 · 计划 2026年、2026-2030年" in listed
    assert "共 3 份,其中 1 份是副本或旧版" in listed


def test_the_list_is_limited_to_a_place_and_what_lies_in_it_or_to_a_kind(desk: Desk) -> None:
    assert "共 3 份" in desk("reports", "--region", "北京")
    assert "共 2 份" in desk("reports", "list", "--region", "大兴")
    assert "共 1 份" in desk("reports", "--kind", "政府工作报告")
    assert "共 0 份" in desk("reports", "--region", "上海市")


def test_a_report_is_shown_with_its_outline_its_numbers_and_its_versions(desk: Desk) -> None:
    shown = desk("reports", "show", "daxing.txt")
    assert "行政区划  北京市大兴区" in shown
    assert "7 个数据(完成 6、计划 1)" in shown
    assert "    一、上半年计划执行情况\n      (一)有效投资持续扩大" in shown
    assert "已被 daxing-更正.txt(" in shown
    assert "取代了旧版 daxing.txt(" in desk("reports", "show", "daxing-更正.txt")


def test_the_json_of_a_report(desk: Desk) -> None:
    record = desk.record("daxing.txt")
    assert (record["region"], record["place"], record["searched"]) == ("大兴区", "北京市大兴区", False)
    assert (record["reviewed"], record["planned"]) == (["2022上半年"], ["2022下半年", "2022年"])
    listed = json.loads(desk("reports", "--json"))
    assert [report["files"] for report in listed["reports"]] == [["beijing.txt"], ["daxing-更正.txt"], ["daxing.txt"]]


def test_an_id_may_be_shortened_as_long_as_it_is_one(desk: Desk) -> None:
    ids = [report["id"] for report in json.loads(desk("reports", "--json"))["reports"]]
    assert desk.record(ids[0][:8])["id"] == desk.record("beijing")["id"] == ids[0]
    for wrong, message in (("", "没有编号以“”开头"), ("zz", "没有编号以“zz”开头.*wenbao reports 查看")):
        with pytest.raises(CommandError, match=message):
            desk("reports", "show", wrong)


def test_of_an_id_that_is_too_short_all_are_named(desk: Desk) -> None:
    for number in range(16):  # with so many reports two begin with the same digit
        (desk.folder / "reports" / f"{number}.txt").write_text(CITY.replace("5.4%", f"{number}.3%"), encoding="utf-8")
    desk("ingest")
    ids = [report["id"] for report in json.loads(desk("reports", "--json"))["reports"]]
    first = next(name[0] for name in ids if sum(other[0] == name[0] for other in ids) > 1)
    with pytest.raises(CommandError, match=f"“{first}”指的不止一份.*请多写几位"):
        desk("reports", "remove", first)


def test_a_removed_report_is_skipped_until_it_is_restored(desk: Desk) -> None:
    removed = desk("reports", "remove", "daxing-更正.txt")
    assert f"已移除  {TITLE}(daxing-更正.txt)" in removed
    assert "2 份用于回答" in removed
    assert desk.record("daxing.txt")["searched"]
    assert "跳过  daxing-更正.txt(已移除" in desk("ingest")
    assert "已移除(wenbao reports restore 编号 可恢复)" in desk("reports")
    assert "请运行 wenbao ingest" in desk("reports", "restore", "daxing-更正.txt")
    assert "新增  daxing-更正.txt" in desk("ingest")
    with pytest.raises(CommandError, match="被移除的报告"):
        desk("reports", "restore", "daxing-更正.txt")


def test_a_corrected_date_moves_what_follows_from_it_and_stays(desk: Desk) -> None:
    corrected = desk("reports", "redate", "beijing.txt", "--published", "2026-01-25", "--issuer", "市政府办公厅")
    assert "发布日期  2026 → 2026-01-25" in corrected
    desk("ingest")
    assert desk.record("beijing.txt")["published"] == "2026-01-25"
    assert "发布机构由编辑改定,原为 北京市人民政府" in desk("reports", "show", "beijing.txt")
    desk("reports", "redate", "beijing.txt", "--issuer", "")
    assert desk.record("beijing.txt")["corrected"] == {"published": "2026"}
    assert "没有变化" in desk("reports", "redate", "beijing.txt", "--published", "2026-01-25")
    assert "发布日期  2026-01-25 → 2026" in desk("reports", "redate", "beijing.txt", "--reset")


def test_a_date_decides_which_version_is_the_newer(desk: Desk) -> None:
    desk("reports", "redate", "daxing.txt", "--published", "2022-10-01")
    assert desk.record("daxing.txt")["searched"]
    assert not desk.record("daxing-更正.txt")["searched"]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ([], CommandError, "没有写要改什么。可用的选项是 --published"),
        (["--published", "2022-13-01"], IngestError, "“published”的值“2022-13-01”写法不对"),
        (["--period", "去年"], IngestError, "“period”的值“去年”写法不对"),
    ],
)
def test_what_cannot_be_corrected_so_is_said(
    desk: Desk, arguments: list[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        desk("reports", "redate", "beijing.txt", *arguments)


def test_a_place_that_is_on_no_list_is_pointed_out(desk: Desk) -> None:
    assert "名录里没有“大兴去”" in desk("reports", "redate", "beijing.txt", "--region", "大兴去")


def test_an_older_version_is_answered_from_if_the_editor_wants_it(desk: Desk) -> None:
    assert "按编辑决定仍用于回答" in desk("reports", "keep", "daxing.txt")
    assert desk.record("daxing.txt")["searched"]
    assert "近似  daxing.txt 与 daxing-更正.txt" in desk("ingest")
    assert "取代,不用于回答" in desk("reports", "keep", "daxing.txt", "--undo")


def test_the_last_report_stays(desk: Desk) -> None:
    desk("reports", "remove", "beijing.txt", "daxing.txt")
    with pytest.raises(Exception, match="至少要留一份"):
        desk("reports", "remove", "daxing-更正.txt")
