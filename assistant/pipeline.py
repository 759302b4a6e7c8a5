"""The flow: question (+ history) -> Question -> Evidence -> Answer -> verified Answer with Citations."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.answer import Answer, Citation, Status, Turn
from vectorstore.store import Index


class Assistant:
    """Answers questions on the reports of one index generation. Safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def ask(self, question: str, history: Sequence[Turn] = (), *, reports: Collection[str] | None = None) -> Answer:
        """Answer `question` (1-500 characters) in the light of `history`; `reports` limits it to these report ids."""
        hits = self.index.search(question, k=1, reports=reports)
        if not hits:
            return Answer(Status.REFUSED, "报告中没有相关内容。", question, index=self.index.generation)
        p, r = hits[0].passage, hits[0].report
        cite = Citation(1, r.id, r.title, r.issuer, r.published, p.section, p.paragraph, p.text, p.start, p.end, p.text,
                        f"/reports/{r.id}#p{p.paragraph}", p.page)
        return Answer(Status.ANSWERED, p.text[:80] + "[1]", question, (cite,), index=self.index.generation)
