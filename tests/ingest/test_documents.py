"""ingest.documents: what is read of the files and folders on a command line."""

from __future__ import annotations

from pathlib import Path

from ingest.documents import find_documents


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("正文", encoding="utf-8")


def test_folders_are_searched_in_sorted_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/c.md", "a/b.PDF")
    documents, errors = find_documents([tmp_path])
    assert [(file.relative_to(tmp_path).as_posix(), root) for file, root in documents] == [
        ("a/b.PDF", tmp_path),
        ("a/c.md", tmp_path),
        ("b.txt", tmp_path),
    ]
    assert not errors


def test_the_root_of_a_single_file_is_its_folder(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    assert find_documents([tmp_path / "a.txt"]) == ([(tmp_path / "a.txt", tmp_path)], [])


def test_missing_paths_and_unknown_formats_are_reported(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "INDEX.tsv", "old.doc", "noext")
    documents, errors = find_documents([tmp_path, tmp_path / "gone"])
    assert len(documents) == 1
    messages = "\n".join(map(str, errors))
    assert all(name in messages for name in ("INDEX.tsv", "old.doc", "noext", "gone"))
    assert "另存为 .docx" in messages


def test_litter_side_cars_and_explanations_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.docx", "a.docx.toml", "~$a.docx", ".hidden.txt", ".git/config", "Thumbs.db", "README.md")
    documents, errors = find_documents([tmp_path])
    assert [file.name for file, _ in documents] == ["a.docx"]
    assert not errors


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    write(tmp_path, "README.md")
    assert find_documents([tmp_path / "README.md"])[0]


def test_a_side_car_without_its_document_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.pdf.toml")
    assert "b.pdf" in str(find_documents([tmp_path])[1][0])


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    documents, errors = find_documents([tmp_path])
    assert not documents
    assert str(tmp_path) in str(errors[0])


def test_links_in_a_circle_do_not_hang_and_a_file_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again.txt").symlink_to(tmp_path / "a" / "b.txt")
    documents, errors = find_documents([tmp_path, tmp_path / "a" / "b.txt"])
    assert len(documents) == 1
    assert not errors


def test_broken_links_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    errors = find_documents([tmp_path])[1]
    assert any("a.txt" in str(error) for error in errors)
    assert any("b.txt" in str(error) for error in errors)
