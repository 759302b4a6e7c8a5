"""Reports that are one report: copies in another format, and versions of which the newer replaces the older.

Two reports are set side by side only if their texts are nearly the same and nothing known tells them apart: neither
the place nor the period nor the kind. So reports made from one template stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.likeness import near_duplicates
from ingest.report import Report


class Standing(StrEnum):
    """What a report is to another one; the first two are not answered from."""

    COPY = "副本"  # the same text and the same numbers
    OLDER = "旧版"  # the other is a later version, by its date or by its title
    ALIKE = "近似"  # text or numbers differ and nothing says which report is right: both stay


@dataclass(frozen=True, slots=True)
class Relation:
    """What `report` is to `other` (ids). `share` of the text is common; `numbers` are some that only one has."""

    report: str
    other: str
    standing: Standing
    share: float
    numbers: tuple[str, ...] = ()


# From which share on a text is a copy, and two are of one thing although the place or the period is not known.
_SAME_THING = 0.9
_NUMBERS_NAMED = 6
# 2023年统计公报（修订版）, 关于…的更正, …(更正稿)
_REVISED = re.compile(r"修订[版稿本]?(?:[）)]|$)|[更修订勘]正|勘误|更新版")


def relations(reports: Sequence[Report]) -> tuple[Relation, ...]:
    """Return how reports stand to each other, in the order of the reports; of a pair once, from the lesser one."""
    found = []
    facts = [(report.region, report.period, report.kind) for report in reports]

    def comparable(one: int, other: int) -> bool:
        apart = any(a and b and a != b for a, b in zip(facts[one], facts[other], strict=True))
        return not apart and reports[one].id != reports[other].id

    for likeness in near_duplicates([report.text for report in reports], comparable):
        one, other = reports[likeness.one], reports[likeness.other]
        known = all((one.region, other.region, one.period, other.period))
        if likeness.share < _SAME_THING and not known:
            continue
        lesser, greater = sorted((one, other), key=_authority)
        numbers = _differing(lesser, greater)
        standing = _standing(lesser, greater, same=not numbers and likeness.share >= _SAME_THING, known=known)
        found.append(Relation(lesser.id, greater.id, standing, round(likeness.share, 3), numbers[:_NUMBERS_NAMED]))
    order = {report.id: number for number, report in enumerate(reports)}
    return tuple(sorted(found, key=lambda relation: (order[relation.report], order[relation.other])))


def set_aside(found: Iterable[Relation], kept: Iterable[str] = ()) -> Mapping[str, Relation]:
    """Return the reports that are not to be answered from, each with what stands in its place.

    Of several later versions that is the one that is not set aside itself. The reports `kept` by the editor's word are
    not set aside.
    """
    always = set(kept)
    lost: dict[str, list[Relation]] = {}
    for relation in found:
        if relation.standing is not Standing.ALIKE and relation.report not in always:
            lost.setdefault(relation.report, []).append(relation)
    return {
        report: next((r for r in candidates if r.other not in lost), candidates[-1])
        for report, candidates in lost.items()
    }


def _authority(report: Report) -> tuple[bool, str, int, int, str]:
    """Order reports by which goes before: said to be revised, dated later, read more fully."""
    return _is_revised(report), report.published, len(report.figures), len(report.text), report.id


def _is_revised(report: Report) -> bool:
    return bool(_REVISED.search(report.title))


def _standing(lesser: Report, greater: Report, *, same: bool, known: bool) -> Standing:
    """Return what the lesser of two reports is. A later date tells of a new version only where both are `known` to be
    about one place and period: else they may be two months' bulletins of one template."""
    later = known and lesser.published and not greater.published.startswith(lesser.published)
    if _is_revised(greater) != _is_revised(lesser):
        return Standing.OLDER
    if same:
        return Standing.COPY
    return Standing.OLDER if later else Standing.ALIKE


def _differing(one: Report, other: Report) -> tuple[str, ...]:
    """Return the numbers that stand in one report alone, in the order in which they stand."""
    sets = [{figure.text for figure in report.figures} for report in (one, other)]
    only = [
        text
        for report, others in ((one, sets[1]), (other, sets[0]))
        for text in dict.fromkeys(figure.text for figure in report.figures)
        if text not in others
    ]
    return tuple(only)
