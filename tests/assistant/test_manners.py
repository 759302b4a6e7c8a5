"""What asks nothing of the reports is told from questions that only sound like it."""

from __future__ import annotations

import pytest

from assistant.manners import manner_of
from assistant.question import Kind

MANNERS = {
    "你好": Kind.GREETING,
    "您好!": Kind.GREETING,
    "在吗?": Kind.GREETING,
    "谢谢": Kind.THANKS,
    "好的,非常感谢您的帮助": Kind.THANKS,
    "辛苦了": Kind.THANKS,
    "再见": Kind.FAREWELL,
    "好的,谢谢,再见": Kind.FAREWELL,
    "你好,你是谁?能干什么": Kind.SELF,
    "你能回答哪些问题": Kind.SELF,
    "你们是干什么的": Kind.SELF,
    "这个系统是谁开发的": Kind.SELF,
    "这个网站怎么用": Kind.SELF,
    "怎么用": Kind.SELF,
    "我想投诉路灯坏了": Kind.SERVICE,
    "帮我预约挂号": Kind.SERVICE,
    "我要举报小区噪音扰民": Kind.SERVICE,
    "帮我写一篇关于扩大内需的讲话稿": Kind.ERRAND,
    "写一首诗": Kind.ERRAND,
    "今天天气怎么样": Kind.ERRAND,
    "现在几点": Kind.ERRAND,
}


@pytest.mark.parametrize(("text", "kind"), MANNERS.items())
def test_what_asks_nothing_of_the_reports(text: str, kind: Kind) -> None:
    assert manner_of(text) is kind


QUESTIONS = (
    "你好,固投多少",
    "谢谢,再问一下失业率",
    "12345投诉量多少",
    "我想投诉量是多少",
    "写入报告的任务有哪些",
    "谁负责",
    "优良天数多少天",
    "报告里写了几个方案",
    "今天的报告说GDP多少",
    "哪个系统是谁牵头建设的",
    "投诉举报怎么处理",
    "推荐了哪些酒店",
    "有哪些措施",
    "帮我查一下上半年固定资产投资",
    "政务服务能办什么",
    "大兴区能做什么",
    "做好防汛工作的方案是什么",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_that_only_sounds_like_it_is_asked_of_the_reports(text: str) -> None:
    assert manner_of(text) is None
