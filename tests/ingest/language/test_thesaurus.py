"""The thesaurus: near-synonyms both ways, found as whole phrases, and a file that an editor can extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.language.thesaurus import read_thesaurus, thesaurus

ENTRIES = "# 说明\n养老机构\t养老院,敬老院\n缓缴\t晚交\n残疾人\t残障人士\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "thesaurus.tsv"
    path.write_text(ENTRIES, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("word", "near"),
    [("敬老院", ("养老机构", "养老院")), ("养老机构", ("养老院", "敬老院")), ("缓缴", ("晚交",)), ("晚交", ("缓缴",))],
)
def test_a_word_has_what_stands_for_it(file: Path, word: str, near: tuple[str, ...]) -> None:
    assert read_thesaurus(file).near[word] == near


def test_long_sayings_are_found_in_running_text_and_short_ones_are_not(file: Path) -> None:
    text = "残障人士能不能晚交"
    assert [text[a:b] for a, b in read_thesaurus(file).find(text)] == ["残障人士"]


@pytest.mark.parametrize("line", ["\t说法", "词", "词\t,"])
def test_a_line_that_is_no_entry_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(f"好\t不错\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.tsv 第2行"):
        read_thesaurus(path)


def test_the_bundled_file_has_no_single_characters() -> None:
    assert all(len(word) > 1 for word in thesaurus().near)
