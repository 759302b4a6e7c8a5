"""What is said to the assistant and asks nothing of the reports: greetings, thanks, complaints, errands.

A text counts as such only where all of it does: "您好,固投多少" and "12345投诉量多少" are questions. Texts are folded.
"""

from __future__ import annotations

import re

from assistant.question import Kind

# "在吗"
_HELLO = r"(?:你好|您好|嗨|哈[喽啰]|喂|hi|hello|hey|[早下晚]上好|[上中下]午好|[早晚]安|早|在吗|有人吗|打扰了?)"
_OK = r"(?:好的?|行|嗯+|哦|ok|okay|明白|知道|了解|懂|收到|没问题|不错|很好|太好)了?"
_TAIL = r"(?:你们?|您|大家|啦|了|啊|呀|哦|哈|吗|呢|的?(?:帮助|帮忙|回答|解答))*"
_SELF = r"(?:这个?|本|该|你们?这?个?)(?:系统|网站|网页|页面|助手|机器人|工具|平台|软件|程序|小程序|ai|智能体)"
_MAKER = r"(?:谁|什么人|哪[个家](?:公司|单位|部门|团队)?|什么公司)"

# The manners of one piece of a text, split at its punctuation.
_PIECES = {
    Kind.GREETING: rf"{_HELLO}{_TAIL}",
    # "好的,谢谢你", "辛苦了"
    Kind.THANKS: (
        rf"{_OK}|(?:非常|十分|太|多)?(?:谢谢|感谢|多谢|谢|辛苦|麻烦|thanks?(?: you)?(?: very much| a lot)?){_TAIL}"
    ),
    # "没有别的问题了"
    Kind.FAREWELL: (
        rf"(?:再见|拜拜?|bye(?: ?bye)?|回头见|下次见|先这样|回见|没有?(?:别的|其他)?(?:问题|事儿?)了){_TAIL}"
    ),
    # "你是谁", "你能回答哪些问题", "这个系统是谁开发的", "怎么用"
    Kind.SELF: (
        rf"(?:[你您]们?|{_SELF})(?:到底)?(?:是|叫)(?:谁|哪位|什么|啥|干[什嘛吗啥]么?的?|做什么的?|什么名字|机器人|人工智能|ai|真人|人|大模型"
        r"|chatgpt|deepseek|什么模型|哪个模型)(?:啊|呀|吗|呢|名字|东西)?"
        rf"|(?:[你您]们?|{_SELF})?(?:都|还)?(?:能|会|可以|有)(?:为我|帮我|给我)?(?:做|干|回答|查|解答|提供|问)?[些]?"
        r"(?:什么|啥|哪些|嘛)(?:问题|事情?|功能|用|用处|本领|内容|服务)?(?:啊|呀|呢)?"
        rf"|(?:[你您]们?|{_SELF})(?:怎么|如何)(?:用|使用|提问)|(?:我|我该|该)?(?:怎么|如何)(?:用|使用|提问|问你?|向你提问)(?:你|{_SELF})?"
        rf"|(?:[你您]们?|{_SELF})?(?:是|由)?{_MAKER}(?:开发|研发|制作|做|建|设计|创造|训练|发明|维护|运营)(?:出来)?(?:的|你的?)?"
        r"|(?:请)?(?:自我介绍|介绍一?下(?:你|您)?自己)(?:一下)?|帮助|使用(?:说明|帮助|方法)|help"
        r"|who are you|what can you do"
    ),
}
_PIECE = {kind: re.compile(pattern) for kind, pattern in _PIECES.items()}
_STOPS = re.compile(r"[\s,，。.!！?？;；、~～…]+")
# Of several pieces the more telling gives the answer: "好的,谢谢,再见" is a farewell.
_BY_WEIGHT = (Kind.SELF, Kind.FAREWELL, Kind.THANKS, Kind.GREETING)

# "我想投诉路灯坏了", "帮我预约挂号", "路灯坏了没人修"
_SERVICE = re.compile(
    r"(?:^|[,。!?;\s])(?:我们?|本人)?(?:就?是?)?(?:想|要|想要|需要|来|准备)(?:向你们?)?"
    r"(?:投诉|举报|反映|报修|报警|报案|求助|维权|申诉|上访|信访|预约|挂号|缴费|补办|办理|申领)"
    r"|(?:帮|替|给)我(?:们)?(?:投诉|举报|反映|报修|报警|预约|挂号?|缴|交|订|买|办理?|补办|申请|打电话|转人工|联系)|转人工|人工客服"
    r"|(?:路灯|井盖|电梯|水管|红绿灯|暖气|下水道|马路|护栏)[^,。]{0,4}(?:坏|破|堵|漏|塌)了?(?:[^,。]{0,6}(?:没人|谁来)(?:修|管|处理))?$"
)
# What follows makes a question for a figure of it: "我想反映一下投诉量多少" is rather asked of the reports.
_ASKS_FIGURE = re.compile(r"多少|几[件个项条家万]|[率量数]|第几|报告|增长|同比|哪些")

# "帮我写一篇关于扩大内需的讲话稿", "今天天气怎么样", "现在几点"
_WRITTEN = (
    r"(?:讲话|演讲|发言|新闻|广播|通讯|主持)?稿|诗歌?|文章|作文|论文|散文|小说|故事|对联|歌词|总结|汇报|方案|策划书?|通知|公文|请示|函"
    r"|邮件|信|简历|申请书|检讨书?|心得体会|心得|文案|剧本|段子|代码|程序|脚本|祝福语|[Pp][Pp][Tt]"
)
_ERRAND = re.compile(
    rf"(?:^|[,。!\s])(?:请|麻烦)?(?:你|您)?(?:能不能|可以)?(?:帮我|给我|替我|为我|帮忙)?(?:写|拟|起草|撰写|创作|代写|编写|生成|做)"
    rf"(?:一?[个段首篇份张封副则]|个)?[^,。?多少几哪什]{{0,18}}(?:{_WRITTEN})(?:[吧吗呗]|好吗)?[。!?]*$"
    r"|(?:今天|明天|后天|今晚|现在|外面|本?周末|这[几两]天|最近)[^,。多几]{0,8}(?:天气|下雨|下雪|刮风|气温|冷不冷|热不热)"
    r"|天气预报|^[^,。\d年季月]{0,6}天气(?:怎么?样|如何|好吗|好不好)|(?:现在|今天)是?(?:几点|星期几|周几|几月几[号日]|几号)"
    r"|(?:(?:给|帮)我|求|请)推荐[^,。]{0,8}(?:餐厅|饭店|电影|好吃的|歌曲|小说|酒店)|(?:唱|放|播放)(?:一?首|点|个)?歌|陪我聊|你(?:喜欢|爱|讨厌)"
)
_WEATHER = re.compile(r"天气|下雨|下雪|刮风|气温|冷不冷|热不热")


_ADDRESSED = re.compile(rf"[你您]|{_SELF}|自我介绍|使用|帮助|you|help")


def manner_of(folded: str, *, follows: bool = False) -> Kind | None:
    """Return the kind of a folded text that asks nothing of the reports, None where it may ask them something. What
    `follows` a question asks about the assistant only where it says so: "怎么用" may be asked of the money before it.

    >>> manner_of("你好,你是谁?能干什么"), manner_of("我想投诉路灯坏了"), manner_of("你好,固投多少")
    (<Kind.SELF: '自我介绍'>, <Kind.SERVICE: '办事'>, None)
    """
    pieces = [piece for piece in _STOPS.split(folded.lower()) if piece]
    kinds = [next((kind for kind, one in _PIECE.items() if one.fullmatch(piece)), None) for piece in pieces]
    if kinds and None not in kinds:
        kind = next(kind for kind in _BY_WEIGHT if kind in kinds)
        return None if kind is Kind.SELF and follows and not _ADDRESSED.search(folded) else kind
    if _SERVICE.search(folded) and not _ASKS_FIGURE.search(folded):
        return Kind.SERVICE
    return Kind.ERRAND if _ERRAND.search(folded) else None


_REPLIES = {
    Kind.GREETING: "您好,我根据政府报告回答问题,并给出数字所在的原句。您可以问指标、任务、项目或措施。",
    Kind.THANKS: "不客气。您还可以接着问报告里的指标、任务、项目或措施。",
    Kind.FAREWELL: "再见,欢迎随时再来查询报告。",
    Kind.SELF: "我是“问报”,根据收录的政府报告回答问题,并给出数字所在的原句;报告没有写的,我不作回答。",
    Kind.SERVICE: "我只根据政府报告回答问题,不能受理投诉、报修或代办事项。请联系当地政务服务便民热线或主管部门。",
    Kind.ERRAND: "我只根据政府报告回答问题,不代写文稿,也不提供其他服务。您可以问报告里的指标、任务、项目或措施。",
}
_NO_WEATHER = "我只根据政府报告回答问题,查不到天气。您可以问报告里的指标、任务、项目或措施。"
MANNERS = frozenset(_REPLIES)
"""The kinds of texts that ask nothing of the reports."""


def reply_to(kind: Kind, text: str) -> str:
    """Return what is said to a `text` of one of the MANNERS."""
    return _NO_WEATHER if kind is Kind.ERRAND and _WEATHER.search(text) else _REPLIES[kind]
