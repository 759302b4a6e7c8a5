"""`wenbao figures`: the figures of the index, filtered, on the terminal or into a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import CommandError, stored_generations

if TYPE_CHECKING:
    from assistant.catalogue import Catalogue, Entry
    from assistant.settings import Settings

SHOWN = 50
"""Figures on the terminal unless `--limit` says otherwise; a file gets all."""
_STDOUT = Path("-")


def figures(
    region: Annotated[str, typer.Option(help="地区,多个用顿号分开,如 山东、广东。")] = "",
    indicator: Annotated[str, typer.Option(help="指标名或别名,如 GDP。")] = "",
    aspect: Annotated[str, typer.Option(help="方面:数值、同比、排名等。")] = "",
    period: Annotated[str, typer.Option(help="时期,如 2017、2013-2017、2022上半年。")] = "",
    status: Annotated[str, typer.Option(help="状态:完成、计划或预计。")] = "",
    scope: Annotated[str, typer.Option(help="地区之内的范围,如 临空区。")] = "",
    report: Annotated[str, typer.Option(help="报告编号(见 wenbao reports)。")] = "",
    q: Annotated[str, typer.Option("--q", help="原句中的词,多个用空格分开。")] = "",
    limit: Annotated[int | None, typer.Option(min=1, help=f"最多几个;终端默认 {SHOWN} 个,文件默认全部。")] = None,
    csv: Annotated[Path | None, typer.Option(help="写入 CSV 文件;- 为标准输出。")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="写入 XLSX 文件。")] = None,
    json: Annotated[bool, typer.Option("--json", help="以 JSON 输出。")] = False,
) -> None:
    """列出报告中的数据,按地区、指标、时期等筛选,可以导出。"""
    from assistant.settings import load_settings

    if sum((csv is not None, xlsx is not None, json)) > 1:
        raise CommandError("--csv、--xlsx 和 --json 一次只能用一个。")
    settings = load_settings()
    filters = {"region": region, "indicator": indicator, "aspect": aspect, "period": period, "status": status}
    found = _found(_catalogue(settings), filters | {"scope": scope, "report": report, "q": q})
    some = found[:limit]
    site = f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{settings.port}"
    if csv is not None:
        _write_csv(some, site, csv)
    elif xlsx is not None:
        _write_xlsx(some, site, xlsx)
    elif json:
        _show_json(some, len(found))
    else:
        _show(found[: limit or SHOWN], len(found))


def _catalogue(settings: Settings) -> Catalogue:
    from contextlib import closing

    from assistant.catalogue import Catalogue

    with closing(stored_generations(settings).open()) as index:
        return Catalogue(index.reports, index.generation)


def _found(catalogue: Catalogue, filters: Mapping[str, str]) -> Sequence[Entry]:
    from assistant.selection import Selection, SelectionError

    try:
        return catalogue.find(Selection.read(filters))
    except SelectionError as error:
        raise CommandError(f"--{error.name}:{error}") from error


def _write_csv(entries: Sequence[Entry], site: str, path: Path) -> None:
    from assistant.export import BOM, csv_lines

    if path == _STDOUT:  # what reads a pipe wants no BOM
        sys.stdout.buffer.writelines(line.removeprefix(BOM).encode() for line in csv_lines(entries, site))
        sys.stdout.buffer.flush()
        return
    with _written(path, len(entries)) as file:
        file.writelines(line.encode() for line in csv_lines(entries, site))


def _write_xlsx(entries: Sequence[Entry], site: str, path: Path) -> None:
    from assistant.export import write_xlsx

    with _written(path, len(entries)) as file:
        write_xlsx(entries, site, file)


@contextmanager
def _written(path: Path, count: int) -> Iterator[IO[bytes]]:
    try:
        with path.open("wb") as file:
            yield file
    except OSError as error:
        raise CommandError(f"写不了文件 {path}:{error.strerror}。请换一个文件名或文件夹。") from error
    typer.echo(f"已写入 {path},共 {count} 个数据。")


def _show_json(entries: Sequence[Entry], total: int) -> None:
    import json

    from assistant.export import record

    body = {"total": total, "figures": [record(entry) for entry in entries]}
    typer.echo(json.dumps(body, ensure_ascii=False, indent=1))


def _show(entries: Sequence[Entry], total: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not entries:
        typer.echo("没有符合条件的数据。可以去掉一个条件,或换一种说法。")
        return
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = 160
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading, ratio in {"指标": 4, "方面": None, "数值": None, "时期": None, "地区": 2, "出处": 5}.items():
        table.add_column(heading, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for entry in entries:
        figure = entry.figure
        status = "" if figure.status == "完成" else f"({figure.status})"
        place = " ".join(part for part in (figure.region, figure.scope) if part)
        source = f"{entry.report.title} 第{entry.passage.paragraph}段"
        cells = (figure.indicator, figure.aspect, entry.written + status, figure.period, place, source)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    rest = ";用 --limit 显示更多,用 --csv 或 --xlsx 导出全部" if total > len(entries) else ""
    typer.echo(f"共 {total} 个,列出 {len(entries)} 个{rest}。")
