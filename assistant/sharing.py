"""Names that share their end, written out: "城镇和农村居民人均可支配收入" names two indicators.

So do "财政收入,地方级跟区级比哪个多" and "财政收入(地方级、区级)": the two words are not things by themselves, but with
the noun they are names that the reports have.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.language.indicators import indicators

_JOINT = r"(?:[、和与及跟同]|以及|还是)"
_WORD = r"[\u4e00-\u9fff]{2,6}?"
# Behind the last of the words: what goes on without naming another thing.
_GOES_ON = r"(?=[)」”]|的|比|相比|哪|谁|各|分别|两|都|之间|差|,|\?|$)"


def written_apart(text: str, names: Callable[[str], bool]) -> str:
    """Return folded `text` with each name of a list that shares its noun written out; `names` says what is a name.

    Where the names are of nothing the reports have, the text stays as it is.
    """
    for start, end, _ in sorted(indicators().find(text), key=lambda found: found[0]):
        noun = text[start:end]
        before = re.search(rf"(?P<one>{_WORD})(?P<joint>{_JOINT})(?P<other>{_WORD})(?:的)?$", text[:start])
        if before is not None and (found := _longest(before, noun, names)) is not None:
            one, joint, other, at = found
            return f"{text[:at]}{one}{noun}{joint}{other}{noun}{text[end:]}"
        if (apart := _opening(text[:start], noun, names)) is not None:
            return f"{apart}{text[start:]}"
        behind = re.compile(
            rf"(?P<between>[^\u4e00-\u9fff]{{0,2}}|[^,。]{{0,6}}[(,:])(?P<one>{_WORD})(?:的)?(?P<joint>{_JOINT})"
            rf"(?P<other>{_WORD})(?:的)?{_GOES_ON}"
        ).match(text, end)
        if behind is not None and all(names(behind[part] + noun) for part in ("one", "other")):
            apart = f"{behind['one']}{noun}{behind['joint']}{behind['other']}{noun}"
            return f"{text[:start]}{apart}{text[behind.end() :].lstrip(')')}"
    return text


def _opening(head: str, noun: str, names: Callable[[str], bool]) -> str | None:
    """Return the text before a noun whose own first word is the second of two: "城镇和|农村居民人均可支配收入"."""
    joint = re.search(rf"{_JOINT}$", head)
    if joint is None:
        return None
    for length in range(min(6, joint.start()), 1, -1):
        one = head[joint.start() - length : joint.start()]
        if not re.fullmatch(r"[\u4e00-\u9fff]+", one):
            continue
        rests = (noun[k:] for k in range(1, min(6, len(noun) - 1)))
        if rest := next((r for r in rests if not one.endswith(r) and names(one + r)), ""):
            return f"{head[: joint.start()]}{rest}{joint[0]}"
    return None


def _longest(before: re.Match[str], noun: str, names: Callable[[str], bool]) -> tuple[str, str, str, int] | None:
    """Return the two words before a noun with which it makes names, and where the first begins."""
    text = before.string
    other = before["other"]
    head = text[: before.start("joint")]
    for length in range(min(6, len(head)), 1, -1):
        one = head[-length:]
        if re.fullmatch(r"[\u4e00-\u9fff]+", one) and names(one + noun) and names(other + noun):
            return one, before["joint"], other, len(head) - length
    return None
