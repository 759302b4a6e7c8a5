"""What every Index must do. Subclass IndexContract in a test module and give it a fixture `index`.

The index holds the two reports of conftest.FILES.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from vectorstore.store import Index


class IndexContract:
    def test_it_knows_its_generation_and_reports(self, index: Index) -> None:
        assert index.generation
        assert [report.title for report in index.reports] == ["大兴区上半年报告", "通州区上半年报告"]

    @pytest.mark.parametrize(
        ("question", "text"),
        [
            ("失业率是多少", "城镇登记失业率为3.2%。"),
            ("口袋公园新建了几个", "新建口袋公园12个。"),
            ("固定資產投資完成500.5億元", "固定资产投资完成500.5亿元。"),
            ("空气质量　优良", "空气质量优良天数比例提高。"),
        ],
    )
    def test_the_passage_asked_for_comes_first(self, index: Index, question: str, text: str) -> None:
        assert index.search(question)[0].passage.text == text

    def test_the_region_of_the_report_decides_between_look_alikes(self, index: Index) -> None:
        assert index.search("通州区固定资产投资完成多少")[0].report.title == "通州区上半年报告"
        assert index.search("大兴区固定资产投资完成多少")[0].report.title == "大兴区上半年报告"

    def test_hits_come_best_first_and_each_passage_once(self, index: Index) -> None:
        hits = index.search("固定资产投资")
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert len({hit.passage.id for hit in hits}) == len(hits) == 5

    def test_a_hit_belongs_to_its_report_and_has_both_scores(self, index: Index) -> None:
        hit = index.search("城镇登记失业率")[0]
        assert hit.passage in hit.report.passages
        assert 0 < hit.dense <= 1.0001
        assert hit.lexical > 0

    def test_at_most_k_hits(self, index: Index) -> None:
        assert len(index.search("固定资产投资", k=2)) == 2
        assert index.search("固定资产投资", k=0) == []

    def test_only_the_reports_asked_for(self, index: Index) -> None:
        tongzhou = index.reports[1].id
        hits = index.search("大兴区固定资产投资完成442.1亿元", reports=[tongzhou])
        assert {hit.report.id for hit in hits} == {tongzhou}
        assert index.search("固定资产投资", reports=[]) == []
        assert index.search("固定资产投资", reports=["nowhere"]) == []

    @pytest.mark.parametrize("question", ["", "   ", "？？！", "zzzz", "\0", "龘" * 500, "😀", "' OR 1=1 --"])
    def test_no_question_is_an_error(self, index: Index, question: str) -> None:
        assert len(index.search(question)) <= 5

    def test_the_same_question_has_the_same_answer_from_many_threads(self, index: Index) -> None:
        questions = ["失业率", "口袋公园", "固定资产投资", "空气质量"] * 25
        alone = [[hit.passage.id for hit in index.search(question)] for question in questions]
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda question: [hit.passage.id for hit in index.search(question)], questions))
        assert together == alone
