"""`wenbao reports`: what is in the index, and what an editor may do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import cards
from assistant.cli.console import CommandError, ProgressBar

if TYPE_CHECKING:
    from assistant.settings import Settings
    from vectorstore.decisions import Decisions
    from vectorstore.generations import BuildResult
    from vectorstore.holdings import Holdings

app = typer.Typer(
    help="列出、查看、移除、改正索引中的报告。",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Names = Annotated[list[str], typer.Argument(metavar="编号...", help="报告编号(可只写开头几位),或文件名。")]
Name = Annotated[str, typer.Argument(metavar="编号", help="报告编号(可只写开头几位),或文件名。")]
InRegion = Annotated[str, typer.Option("--region", help="只列这个地方及其下级的报告,如 北京市。")]
OfKind = Annotated[str, typer.Option("--kind", help="只列这类报告,如 统计公报。")]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出。")]


@app.callback()
def reports(context: typer.Context, region: InRegion = "", kind: OfKind = "", as_json: AsJson = False) -> None:
    """列出索引中的报告:编号、标题、发布机构、行政区划、类型、日期、回顾期与计划期、重复与新旧版本。"""
    if context.invoked_subcommand is None:
        _list(region, kind, as_json=as_json)


@app.command("list")
def list_(region: InRegion = "", kind: OfKind = "", as_json: AsJson = False) -> None:
    """列出报告,与不写子命令相同。"""
    _list(region, kind, as_json=as_json)


@app.command()
def show(name: Name, as_json: AsJson = False) -> None:
    """查看一份报告:来源、目录、数据、重复与版本。"""
    holdings, _ = _holdings()
    report = holdings.by_id[_one(name, holdings.find)]
    if as_json:
        outline = [{"level": section.level, "title": section.title} for section in report.sections]
        _echo_json(cards.record(holdings, report) | {"sections": outline})
        return
    _echo(cards.card(holdings, report))


@app.command()
def remove(names: Names) -> None:
    """把报告移出索引;以后收录同一文件也会跳过。原文件不动。"""
    holdings, settings = _holdings()
    chosen = [holdings.by_id[report] for report in _each(names, holdings.find)]

    def removed(decisions: Decisions) -> Decisions:
        for report in chosen:
            decisions = decisions.having(report.id, replace(decisions.of(report), removed=True))
        return decisions

    done = _decide(settings, removed)
    _echo(f"已移除  {report.title}({'、'.join(holdings.files(report.id))})" for report in chosen)
    typer.echo("原文件没有删除,以后收录时会跳过它们。要恢复,请运行 wenbao reports restore 编号。")
    typer.echo(_since(done))


@app.command()
def restore(names: Names) -> None:
    """取消移除;下一次 wenbao ingest 会重新收录。"""
    holdings, settings = _holdings()
    chosen = _each(names, holdings.find_removed, "被移除的报告")
    made = {report: holdings.decisions.reports[report] for report in chosen}

    def restored(decisions: Decisions) -> Decisions:
        for report, decision in made.items():
            decisions = decisions.having(report, replace(decision, removed=False))
        return decisions

    _decide(settings, restored)
    _echo(f"已取消移除  {decision.title}({decision.source})" for decision in made.values())
    typer.echo("请运行 wenbao ingest 重新收录。")


@app.command()
def redate(
    name: Name,
    published: Annotated[str | None, typer.Option(help="发布日期,如 2022-08-29、2022-08、2022。")] = None,
    period: Annotated[str | None, typer.Option(help="报告期,如 2022年、2022上半年、2022一季度、2021-2025年。")] = None,
    title: Annotated[str | None, typer.Option(help="标题。")] = None,
    issuer: Annotated[str | None, typer.Option(help="发布机构。")] = None,
    region: Annotated[str | None, typer.Option(help="行政区划,如 大兴区。")] = None,
    kind: Annotated[str | None, typer.Option(help="类型,如 统计公报。")] = None,
    url: Annotated[str | None, typer.Option(help="原文网址。")] = None,
    reset: Annotated[bool, typer.Option("--reset", help="撤销以前的改正,恢复为从文件读到的。")] = False,
) -> None:
    """改正一份报告的日期、报告期等;立即生效,以后收录时保持。写空值('')撤销这一项。"""
    given = {
        "published": published,
        "period": period,
        "title": title,
        "issuer": issuer,
        "region": region,
        "kind": kind,
        "url": url,
    }
    stated = {key: value for key, value in given.items() if value is not None}
    if not stated and not reset:
        raise CommandError(f"没有写要改什么。可用的选项是 {' '.join(f'--{key}' for key in given)} --reset。")
    _correct(name, stated, reset=reset)


@app.command()
def keep(
    name: Name, undo: Annotated[bool, typer.Option("--undo", help="撤销:仍按新旧版本和重复处理。")] = False
) -> None:
    """让被新版取代或与别的重复的报告仍用于回答。"""
    holdings, settings = _holdings()
    report = holdings.by_id[_one(name, holdings.find)]
    done = _decide(
        settings, lambda decisions: decisions.having(report.id, replace(decisions.of(report), kept=not undo))
    )
    holdings, _ = _holdings()
    _echo(cards.entry(holdings, holdings.by_id[report.id]))
    typer.echo(_since(done))


def _list(region: str, kind: str, *, as_json: bool) -> None:
    from assistant.recency import newest_first
    from ingest.divisions import within

    holdings, _ = _holdings()
    shown = [
        report
        for report in newest_first(holdings.reports)
        if (not region or (report.region and within(report.region, region, report.issuer + report.title + report.text)))
        and kind in report.kind
    ]
    removed = {name: made.title for name, made in holdings.decisions.removed.items()}
    if as_json:
        records = [cards.record(holdings, report) for report in shown]
        _echo_json({"index": holdings.manifest.generation, "reports": records, "removed": removed})
        return
    for report in shown:
        _echo(cards.entry(holdings, report))
    if removed:
        typer.echo("已移除(wenbao reports restore 编号 可恢复):")
        _echo(f"{name}  {title}" for name, title in removed.items())
    aside = sum(report.id in holdings.manifest.aside for report in shown)
    note = f",其中 {aside} 份是副本或旧版,不用于回答" if aside else ""
    typer.echo(f"共 {len(shown)} 份{note},索引 {holdings.manifest.generation}")


def _correct(name: str, stated: dict[str, str], *, reset: bool) -> None:
    from ingest.divisions import is_listed
    from ingest.metadata import Metadata, merge, parse_metadata

    holdings, settings = _holdings()
    before = holdings.by_id[_one(name, holdings.find)]
    checked = parse_metadata(stated, "wenbao reports redate")
    if checked.region and not is_listed(checked.region):
        typer.secho(f"注意:行政区划名录里没有“{checked.region}”,请确认不是笔误。", err=True, fg="yellow")

    def corrected(decisions: Decisions) -> Decisions:
        made = decisions.of(before)
        earlier = Metadata() if reset else replace(made.stated, **dict.fromkeys(stated, ""))
        return decisions.having(before.id, replace(made, stated=merge(checked, earlier)))

    done = _decide(settings, corrected)
    holdings, _ = _holdings()
    after = holdings.by_id.get(before.id, before)
    typer.echo(f"{after.id}  {after.title}")
    if done is not None:
        _echo(list(cards.changes(before, after)) or ["  没有变化"])
        _echo(f"  ※ {mark}" for mark in cards.marks(holdings, after))
    typer.echo(_since(done))


def _holdings() -> tuple[Holdings, Settings]:
    from assistant.settings import load_settings
    from vectorstore.holdings import read_holdings

    settings = load_settings()
    return read_holdings(settings.data), settings


def _decide(settings: Settings, change: Callable[[Decisions], Decisions]) -> BuildResult | None:
    """Have a decision take effect; returns None where it waits for the next ingest."""
    from vectorstore.generations import decide

    with ProgressBar() as progress:
        return decide(settings.data, settings.embedding_model, change, progress=progress)


def _since(result: BuildResult | None) -> str:
    """Return the sentence that says since when a decision holds."""
    if result is None:
        return "已记下,但现有索引是别的版本或别的向量模型建立的。请运行 wenbao ingest,之后生效。"
    return f"已生效:索引 {result.generation},{len(result.reports)} 份用于回答。"


def _each(names: Sequence[str], find: Callable[[str], tuple[str, ...]], what: str = "报告") -> list[str]:
    return list(dict.fromkeys(_one(name, find, what) for name in names))


def _one(name: str, find: Callable[[str], tuple[str, ...]], what: str = "报告") -> str:
    found = find(name)
    if not found:
        raise CommandError(f"没有编号以“{name}”开头、或文件名是它的{what}。请用 wenbao reports 查看编号。")
    if len(found) > 1:
        raise CommandError(f"编号“{name}”指的不止一份:{'、'.join(found)}。请多写几位。")
    return found[0]


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _echo_json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
