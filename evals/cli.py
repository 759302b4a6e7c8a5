"""`wenbao eval`: run, compare, validate, import, export. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from evals.split import Split

if TYPE_CHECKING:
    from evals.dataset import QuestionSet
    from evals.results import Result
    from evals.suite import Plan
    from evals.texts import ReportText

app = typer.Typer(
    name="eval",
    help="评测:答得对不对,有没有依据,比上次好还是差。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

RUNS = "eval-runs"
INDEXES = "eval-index"

Data = Annotated[list[Path] | None, typer.Argument(help="问题文件(JSONL);不写则用自带的全部。", show_default=False)]
Reports = Annotated[
    list[Path] | None, typer.Option("--reports", help="问题所指报告所在的文件夹,可写多次。", show_default=False)
]
ShowTest = Annotated[bool, typer.Option("--show-test", help="列出 test 半的题目(改进答案期间不要用)。")]


def _fail(message: str) -> NoReturn:
    """Say what is wrong in how the command was called, and end with 2."""
    typer.secho(message, err=True, fg="red")
    raise typer.Exit(2)


@app.command()
def run(
    data: Data = None,
    split: Annotated[Split, typer.Option(help="只用一半:dev 或 test。")] = Split.ALL,
    url: Annotated[str | None, typer.Option(help="评测这个地址上的服务,只用公开接口;不写则在本进程。")] = None,
    reports: Reports = None,
    answerer: Annotated[str, typer.Option(help="回答方式:extractive 或 llm(本进程)。")] = "extractive",
    workers: Annotated[int, typer.Option(min=1, max=64, help="同时提问的个数;大于 1 时耗时只作参考。")] = 1,
    fail_under: Annotated[str, typer.Option(help="门槛,如 right=0.9,refusal=0.95,unsupported=0。")] = "",
    baselines: Annotated[bool, typer.Option(help="同时跑 BM25、向量、LangChain 对照。")] = True,
    show_test: ShowTest = False,
    against: Annotated[Path | None, typer.Option(help="与这一次比较;不写则与上一次。")] = None,
    out: Annotated[Path | None, typer.Option(help="结果写到这个文件夹;不写则在数据文件夹下。")] = None,
) -> None:
    """逐题提问、评判,写出报告;被打断后再运行同一命令会接着做。"""
    from assistant.settings import load_settings
    from evals.results import previous, read_result
    from evals.suite import Plan
    from evals.target import TargetError
    from evals.thresholds import ThresholdError, broken, read_thresholds

    settings = load_settings()
    try:
        thresholds = read_thresholds(fail_under)
    except ThresholdError as error:
        _fail(str(error))
    plan = Plan(
        sets=_load(data),
        default=settings.reports,
        folders=_existing(reports),
        data=settings.data / INDEXES,
        embedding=settings.embedding_model,
        split=split,
        url=url,
        answerer=answerer,
        workers=workers,
        baselines=baselines,
        show_test=show_test,
    )
    folder = out or _run_folder(settings.data / RUNS)
    try:
        result = _run(plan, folder)
        before = read_result(against) if against else previous(folder.parent, folder, result)
    except TargetError as error:
        _fail(str(error))
    if not result.rows:
        _fail("没有一个问题可以运行:找不到它们的报告。请用 --reports 指定报告所在的文件夹。")
    missed = broken(thresholds, _summary(result))
    _write(result, before, folder, missed, show_test=show_test)
    if missed:
        raise typer.Exit(1)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="先前一次的文件夹或 result.json。")],
    now: Annotated[Path, typer.Argument(metavar="B", help="后来一次的文件夹或 result.json。")],
    show_test: ShowTest = False,
) -> None:
    """列出两次之间翻转的题,和每个指标变了多少。"""
    from evals.compare import compare as compared
    from evals.compare import told
    from evals.results import read_result
    from evals.target import TargetError

    try:
        found = compared(read_result(before), read_result(now))
    except TargetError as error:
        _fail(str(error))
    typer.echo(told(found, show_test=show_test))


@app.command()
def validate(data: Data = None, reports: Reports = None) -> None:
    """检查问题文件:格式、重复、引文是否为报告原文、答案是否在引文里。"""
    from assistant.settings import load_settings
    from evals.dataset import duplicates, read_set
    from evals.suite import folder_of
    from evals.validation import validate as validated

    default, folders = load_settings().reports, _existing(reports)
    problems, sets, unseen = [], [], []
    for path in _files(data):
        one, found = read_set(path)
        sets.append(one)
        problems += found
        folder = folder_of(one, default, folders)
        if folder is None or not folder.is_dir():
            unseen.append(one.source)
        problems += validated(one, _texts(folder) if folder else [])
    problems += duplicates(sets)
    for problem in problems:
        typer.echo(str(problem))
    for source in unseen:
        typer.secho(f"{source}:找不到它的报告,没有核对引文。请用 --reports 指定文件夹。", err=True, fg="yellow")
    total = sum(len(one.items) for one in sets)
    typer.echo(f"{len(sets)} 个文件,{total} 个问题,{len(problems)} 处有误。")
    if problems:
        raise typer.Exit(1)


@app.command()
def scale(
    data: Data = None,
    reports: Reports = None,
    times: Annotated[list[int] | None, typer.Option(min=1, max=99, help="几倍,可写多次;不写则 1、5、20 倍。")] = None,
    questions: Annotated[int, typer.Option(min=1, help="最多问这么多题(dev 半)。")] = 200,
) -> None:
    """用改了地名和数字的副本把报告放大几倍,量收录、内存、回答、索引各增长多少;要几分钟到几十分钟。"""
    from assistant.settings import load_settings
    from evals.copies import read_templates
    from evals.scaling import chosen_items, measure, told

    settings = load_settings()
    templates, failures = read_templates([settings.reports, *_existing(reports)])
    for failure in failures:
        typer.secho(f"没有放大 {failure}", err=True, fg="yellow")
    items = chosen_items(_load(data), [template.report.source for template in templates], questions)
    if not items:
        _fail("没有一个问题可以问:找不到它们的报告。请用 --reports 指定报告所在的文件夹。")
    sizes = []
    for number in sorted(times or (1, 5, 20)):
        typer.secho(f"{number} 倍……", err=True)
        sizes.append(measure(templates, number, items, settings.data / "eval-scale", settings.embedding_model))
    typer.echo(told(sizes))


@app.command()
def figures(
    split: Annotated[Split, typer.Option(help="只用一半:dev 或 test。")] = Split.ALL, reports: Reports = None
) -> None:
    """用人工标注的数值检查:数值、单位、指标、期间等读对了多少,每秒读多少字。"""
    from assistant.settings import load_settings
    from evals.figures import evaluate, labels_of, told

    outcome = evaluate(labels_of(split), [*_existing(reports), load_settings().reports])
    typer.echo(told(outcome))


@app.command("import")
def import_(
    table: Annotated[Path, typer.Argument(help="CSV 或 XLSX,列为 问题、答案、证据(可加 类型、报告、备注等)。")],
    out: Annotated[Path | None, typer.Option(help="写到这个 JSONL 文件;不写则与表同名。")] = None,
) -> None:
    """把编辑写的表转成问题文件。"""
    from evals.dataset import DatasetError, as_json
    from evals.importing import import_table

    try:
        items = import_table(table)
    except DatasetError as error:
        _fail(str(error))
    target = out or table.with_suffix(".jsonl")
    if target.exists():
        _fail(f"{target} 已经存在。请换一个名字(--out),或先移走它。")
    target.write_text("".join(as_json(item) + "\n" for item in items), encoding="utf-8")
    typer.echo(f"{len(items)} 个问题写到 {target}。请接着运行 wenbao eval validate {target}")


@app.command()
def export(
    path: Annotated[Path, typer.Argument(metavar="RUN", help="一次评测的文件夹或 result.json。")],
    out: Annotated[Path, typer.Option(help="写到这个 JSONL 文件。")] = Path("ragas.jsonl"),
    classic: Annotated[bool, typer.Option("--classic", help="用 Ragas 0.2 以前的列名。")] = False,
) -> None:
    """把一次评测写成 Ragas 能读的样子。"""
    from evals.export import ragas
    from evals.results import read_result
    from evals.target import TargetError

    try:
        lines = list(ragas(read_result(path), "classic" if classic else "current"))
    except TargetError as error:
        _fail(str(error))
    out.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    typer.echo(f"{len(lines)} 题写到 {out}(test 半的题目只在运行时加了 --show-test 才有)。")


def _files(data: list[Path] | None) -> list[Path]:
    from evals.dataset import DATA
    from evals.figures import PREFIX

    return data or sorted(path for path in DATA.glob("*.jsonl") if not path.name.startswith(PREFIX))


def _load(data: list[Path] | None) -> list[QuestionSet]:
    from evals.dataset import DatasetError, load

    try:
        return load(_files(data))
    except DatasetError as error:
        _fail(str(error))


def _existing(folders: list[Path] | None) -> list[Path]:
    for folder in folders or ():
        if not folder.is_dir():
            _fail(f"--reports {folder}:没有这个文件夹。")
    return list(folders or ())


def _run_folder(runs: Path) -> Path:
    """Return the newest folder if its run was not finished, else one named after the time."""
    from evals.results import RESULT

    newest = max((path for path in runs.glob("*") if path.is_dir()), default=None)
    if newest is not None and not (newest / RESULT).exists():
        return newest
    return runs / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


def _run(plan: Plan, folder: Path) -> Result:
    from assistant.cli.console import ProgressBar
    from evals.results import write_result
    from evals.runner import JOURNAL, Journal
    from evals.suite import run as run_plan

    folder.mkdir(parents=True, exist_ok=True)
    with ProgressBar() as progress:
        result = run_plan(plan, Journal(folder / JOURNAL), folder.name, progress)
    if result.rows:
        write_result(result, folder)
    return result


def _summary(result: Result) -> dict[str, Any]:
    from evals.results import figures

    return figures(result.rows)


def _write(result: Result, before: Result | None, folder: Path, missed: list[str], *, show_test: bool) -> None:
    """Write the report and the summary, and print the summary."""
    from evals.report import html, markdown
    from evals.results import HTML, MARKDOWN
    from evals.terminal import show

    (folder / HTML).write_text(html(result, before, show_test=show_test), encoding="utf-8")
    (folder / MARKDOWN).write_text(markdown(result, before, missed), encoding="utf-8")
    show(result, before)
    for said in missed:
        typer.secho(f"未达标:{said}", err=True, fg="red")
    typer.echo(f"报告:{folder / HTML}")


def _texts(folder: Path) -> list[ReportText]:
    """Return the texts of the reports of a folder, as they are indexed."""
    from evals.texts import ReportText
    from ingest import find_documents, read_report

    found, _ = find_documents([folder]) if folder.is_dir() else ([], [])
    reports = [read_report(file, root=root) for file, root in found]
    return [ReportText(report.id, report.source, report.text) for report in reports]


if __name__ == "__main__":
    sys.exit(app())
