"""ingest.reading: file -> Report, and what becomes of files that cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from unittest.mock import patch
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import IngestError, Report, read_report, source_hash
from ingest.formats import READERS
from tests.ingest import samples

pytestmark = pytest.mark.usefixtures("without_figures")


def read(folder: Path, name: str, content: bytes) -> Report:
    (folder / name).write_bytes(content)
    return read_report(folder / name, root=folder)


def refusal(folder: Path, name: str, content: bytes) -> str:
    with pytest.raises(IngestError) as caught:
        read(folder, name, content)
    assert name in str(caught.value)
    return str(caught.value)


def test_a_text_file_is_kept_to_the_letter(daxing: Path) -> None:
    assert read_report(daxing).text == daxing.read_text(encoding="utf-8")


def test_the_sample_report_is_understood(daxing: Path) -> None:
    report = read_report(daxing, root=daxing.parent)
    assert (report.region, report.published, report.period) == ("大兴区", "2022-08-29", "2022上半年")
    assert report.source == daxing.name
    assert [section.level for section in report.sections].count(1) == 2
    passage = next(passage for passage in report.passages if passage.heading == "项目投资保持高水平")
    assert passage.section[0] == "一、上半年计划执行情况"
    assert passage.section[1].startswith("(二)高强度开展经济调度")
    assert "442.1亿元" in passage.text


@pytest.mark.parametrize("suffix", samples.BY_SUFFIX)
def test_every_format_gives_the_same_report(suffix: str, tmp_path: Path) -> None:
    report = read(tmp_path, f"a{suffix}", samples.BY_SUFFIX[suffix])
    assert (report.title, report.region, report.published) == (samples.TITLE, "大兴区", "2022-08-29")
    assert [section.title for section in report.sections] == [samples.HEADING, samples.SUBHEADING]
    passage = next(passage for passage in report.passages if passage.text == samples.INVESTMENT)
    assert passage.heading == "项目投资保持高水平"
    assert passage.section == (samples.HEADING, samples.SUBHEADING)
    assert report.text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize("suffix", samples.BY_SUFFIX)
def test_identity_comes_from_the_text_and_the_hash_from_the_bytes(suffix: str, tmp_path: Path) -> None:
    content = samples.BY_SUFFIX[suffix]
    report = read(tmp_path, f"a{suffix}", content)
    assert report.id == sha256(report.text.encode()).hexdigest()[:12]
    assert report.source_hash == sha256(content).hexdigest() == source_hash(tmp_path / f"a{suffix}")
    assert all(passage.id.startswith(f"{report.id}-p{passage.paragraph}") for passage in report.passages)


def test_a_side_car_file_corrects_the_report_and_changes_its_hash(tmp_path: Path) -> None:
    before = read(tmp_path, "a.txt", samples.TEXT.encode())
    (tmp_path / "a.txt.toml").write_text('title = "半年报告"\nregion = "北京市大兴区"', encoding="utf-8")
    after = read_report(tmp_path / "a.txt")
    assert (after.title, after.region, after.published) == ("半年报告", "北京市大兴区", "2022-08-29")
    assert after.id == before.id
    assert after.source_hash != before.source_hash
    assert after.source_hash == source_hash(tmp_path / "a.txt")


def test_a_wrong_side_car_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt.toml").write_text('titel = "半年报告"', encoding="utf-8")
    (tmp_path / "a.txt").write_text(samples.TEXT, encoding="utf-8")
    with pytest.raises(IngestError, match=r"a\.txt\.toml.*titel"):
        read_report(tmp_path / "a.txt")


def test_the_source_is_the_path_below_the_root(tmp_path: Path) -> None:
    (tmp_path / "2022").mkdir()
    file = tmp_path / "2022" / "a.txt"
    file.write_text(samples.TEXT, encoding="utf-8")
    assert read_report(file, root=tmp_path).source == "2022/a.txt"
    assert read_report(file).source == "a.txt"


def test_a_text_without_a_title_is_called_after_its_file(tmp_path: Path) -> None:
    report = read(tmp_path, "半年报.txt", ("今年以来，全市经济运行总体平稳。" * 10).encode())
    assert report.title == "半年报"
    assert report.published == ""


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.xyz", b"text", "不支持的格式"),
        ("a", b"text", "无后缀"),
        ("a.txt", b"", "空的"),
        ("a.txt", " \n　\n".encode(), "没有读到文字"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是"),
        ("a.txt", "臺北市政府工作報告，增長百分之三。".encode("big5"), "编码"),
        ("a.txt", samples.TEXT.encode("utf-16-le"), "不是文本"),
        ("a.txt", samples.TEXT.encode()[:-2], "UTF-8"),
        ("a.txt", ("报告" + "\ufffd" * 20).encode(), "无法识别的字符"),
        ("a.docx", b"plain text", ".docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Word"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.docx", samples.docx()[:3000], ".docx"),
        ("a.pdf", b"plain text", "不是 PDF"),
        ("a.pdf", samples.pdf()[:-1000], "不完整"),
        ("a.pdf", samples.pdf(password="secret"), "密码"),
        ("a.pdf", samples.scan(), "扫描件"),
        ("a.html", b"<html><body><img src=a.png></body></html>", "没有读到文字"),
    ],
)
def test_a_bad_file_is_refused_with_its_cause(name: str, content: bytes, cause: str, tmp_path: Path) -> None:
    message = refusal(tmp_path, name, content)
    assert cause in message
    assert "请" in message


def test_a_document_bomb_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (30 * 1024 * 1024))
    assert "炸弹" in refusal(tmp_path, "a.docx", buffer.getvalue())


def test_an_archive_that_is_no_document_is_refused(tmp_path: Path) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "文本")
    assert "Word" in refusal(tmp_path, "a.docx", buffer.getvalue())


def test_entities_of_a_document_are_not_expanded(tmp_path: Path) -> None:
    buffer = BytesIO()
    with ZipFile(BytesIO(samples.docx())) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">' + b'<!ENTITY c "' + b"&b;" * 1000 + b'">]>'
                head, _, body = content.partition(b"?>")
                content = head + b"?>" + bomb + body.replace("消费市场".encode(), b"&c;&c;&c;")
            target.writestr(name, content)
    with suppress(IngestError):
        assert len(read(tmp_path, "a.docx", buffer.getvalue()).text) < 10_000


def test_a_huge_text_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as handle:
        handle.truncate(200 * 1024 * 1024)
    with (
        patch.object(Path, "read_bytes", side_effect=AssertionError("must not be read")),
        pytest.raises(IngestError, match="200 MB"),
    ):
        read_report(file)
    with pytest.raises(IngestError, match="200 MB"):
        source_hash(file)


def test_missing_files_folders_and_pipes_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for name, cause in (("gone.txt", "不存在"), ("pipe.txt", "不是普通文件"), ("folder.txt", "不是普通文件")):
        with pytest.raises(IngestError, match=cause):
            read_report(tmp_path / name)


def check(report: Report) -> None:
    assert all(report.text[passage.start : passage.end] == passage.text for passage in report.passages)
    assert all(report.text[section.start : section.end] == section.title for section in report.sections)
    assert all(section.end <= section.stop <= len(report.text) for section in report.sections)
    assert report.title


def read_or_refuse(suffix: str, content: bytes) -> None:
    """Read a file that may be anything: it gives a sound report or an IngestError, nothing else."""
    with tempfile.TemporaryDirectory() as folder, suppress(IngestError):
        check(read(Path(folder), f"a{suffix}", content))


quick = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=400))
def test_random_bytes_give_a_report_or_a_refusal(suffix: str, content: bytes) -> None:
    read_or_refuse(suffix, content)


@quick
@given(st.sampled_from(sorted(samples.BY_SUFFIX)), st.data())
def test_damaged_documents_give_a_report_or_a_refusal(suffix: str, data: st.DataObject) -> None:
    content = bytearray(samples.BY_SUFFIX[suffix])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(suffix, bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))]))


@quick
@given(st.sampled_from([".txt", ".md", ".html"]), st.text(max_size=300))
def test_random_text_gives_a_report_or_a_refusal(suffix: str, text: str) -> None:
    read_or_refuse(suffix, text.encode("utf-8", "surrogatepass"))


LINES = st.sampled_from(
    [
        "一、工作",
        "（一）经济",
        "1.投资",
        "附件",
        "目录",
        "第一章 总论……3",
        samples.INVESTMENT,
        "| 甲 | 乙 |",
        "# 题",
        "",
        "　　段。",
        "生态更好。",
        "来源：区府",
    ]
)


@quick
@given(st.sampled_from([".txt", ".md", ".html"]), st.lists(LINES, max_size=25))
def test_any_order_of_lines_gives_a_sound_report(suffix: str, lines: list[str]) -> None:
    separator = "<p>" if suffix == ".html" else "\n"
    read_or_refuse(suffix, separator.join(lines).encode())


def test_reading_a_text_imports_no_library_of_another_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(samples.TEXT, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from ingest import read_report; read_report(Path(sys.argv[1]));"
        "print([name for name in ('pdfplumber', 'docx', 'bs4', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.txt")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_matter(encoding: str, line_end: str, tmp_path: Path) -> None:
    content = samples.TEXT.replace("\n", line_end).encode(encoding)
    assert read(tmp_path, "a.txt", content).text == samples.TEXT
