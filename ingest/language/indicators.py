"""The lexicon: statistical indicators with their aliases, and general synonyms; data files that an editor extends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ingest.language.folding import fold

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Lexicon:
    """Names that mean the same. `forms` maps a standard name to all its forms, itself first."""

    forms: Mapping[str, tuple[str, ...]]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Any form, folded and in lower case -> its standard name; a standard name always stands for itself."""
        names = {fold(form).lower(): name for name, forms in self.forms.items() for form in forms}
        return names | {fold(name).lower(): name for name in self.forms}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted(self.names, key=len, reverse=True)
        # A Latin form is a word of its own: "M2" not inside "PM2.5".
        return re.compile(
            "|".join(rf"(?<![a-z]){re.escape(f)}(?![a-z])" if f.isascii() else re.escape(f) for f in forms)
        )

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, standard name) of the longest forms in `text`, left to right, without overlaps."""
        for m in self._pattern.finditer(fold(text).lower()):
            yield m.start(), m.end(), self.names[m[0]]


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon file: name <TAB> forms separated by commas; "#" begins a comment line.

    Raises ValueError naming the line where one has no name or names the same indicator twice.
    """
    forms: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.partition("\t")
        if not name.strip() or name in forms:
            raise ValueError(f"{path.name} 第{number}行: 指标名为空或重复: {name!r}")
        forms[name] = (name, *(form for form in (f.strip() for f in rest.split(",")) if form))
    return Lexicon(forms)


@cache
def indicators() -> Lexicon:
    return read_lexicon(_FOLDER / "indicators.tsv")


@cache
def synonym_pattern() -> re.Pattern[str]:
    """Return a pattern of the synonyms of two characters and more, the longest first."""
    return re.compile(
        "|".join(re.escape(w) for w in sorted((w for w in synonyms() if len(w) > 1), key=len, reverse=True))
    )


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Return word of a question -> words that reports use for it, and the other way round."""
    pairs: dict[str, set[str]] = {}
    for name, forms in read_lexicon(_FOLDER / "synonyms.tsv").forms.items():
        for form in forms[1:]:
            pairs.setdefault(form, set()).add(name)
            pairs.setdefault(name, set()).add(form)
    return {word: tuple(sorted(others, key=len, reverse=True)) for word, others in pairs.items()}
