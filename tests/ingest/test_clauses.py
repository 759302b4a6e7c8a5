"""Clauses: what each stretch between commas speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given

from ingest.clauses import Clause, calendar_of, clauses, noun_after, noun_before, section_period, subject_of
from ingest.language.quantities import quantities
from ingest.language.statuses import Status
from tests.ingest.language.test_quantities import TEXTS
from tests.ingest.reports import report_of


def read(text: str, *, section: tuple[str, ...] = (), period: str = "2022上半年") -> list[Clause]:
    report = report_of(text, section=section, period=period, published="2022-08-29" if period[0] == "2" else "")
    return clauses(report, report.passages[0])


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("总量1,025.5亿元,同比增长5%。", ["总量1,025.5亿元", "同比增长5%"]),
        ("完成55.3%（全年任务800亿元）,增长。", ["完成55.3%", "全年任务800亿元", "增长"]),
        ("产值(本市)完成97.8亿元", ["产值(本市)完成97.8亿元"]),
        ("收入比为2.6：1;其中：粮食", ["收入比为2.6：1", "其中", "粮食"]),
        ("细颗粒物（PM2.5）平均浓度下降9.1%", ["细颗粒物（PM2.5）平均浓度下降9.1%"]),
    ],
)
def test_a_passage_is_cut_at_commas_and_brackets(text: str, cut: list[str]) -> None:
    assert [c.text for c in read(text)] == cut


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("固定资产投资完成442.1亿元,总量全市排名第三,同比增长0.6%", ["固定资产投资"] * 3),
        ("地区生产总值1228亿元,现价总量比同期增加73.5亿元,比2016年全年增速高0.3个百分点", ["地区生产总值"] * 3),
        ("地方经济增加值3亿元,降幅比同期收窄2.2个百分点", ["地方经济增加值"] * 2),
        ("投资完成16亿元,拉动全市投资增长10.7个百分点", ["投资"] * 2),
        ("粮食产量871.6亿斤,稳居全国第4位", ["粮食产量"] * 2),
        (
            "规模以上工业企业达429户,实现增加值2570亿元,同比增长9.5%",
            ["规模以上工业企业", "规模以上工业企业", "规模以上工业企业增加值"],
        ),
        ("推进老旧小区改造,上半年开工21个、完工7个", ["老旧小区改造", "老旧小区改造"]),
        (
            "中直投资下降11.7%（其中:石化公司1.1亿元,下降57.1%）,增长2%",
            ["中直投资", "中直投资", "石化公司", "石化公司", "中直投资"],
        ),
    ],
)  # fmt: skip
def test_a_clause_without_a_subject_speaks_of_the_last_one(text: str, subjects: list[str]) -> None:
    assert [c.subject for c in read(text)] == subjects


def test_an_inherited_subject_is_known_by_the_clause_it_stands_in() -> None:
    first, second = read("固定资产投资完成442.1亿元,同比增长0.6%")
    assert (first.own_subject, second.own_subject) == (True, False)
    assert second.subject_clause == first.index


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "确保粮食、大豆、蔬菜播种面积分别达到12.3万亩、1.24万亩和23.1万亩",
            ["粮食播种面积", "大豆播种面积", "蔬菜播种面积"],
        ),
        ("广播覆盖率和电视覆盖率分别达到98.9%和99.2%", ["广播覆盖率", "电视覆盖率"]),
        ("游客人数和总花费增长10.6%、9%", ["游客人数", "总花费"]),
        ("三次产业分别增长3.5%、4.6%、5.4%", ["第一产业", "第二产业", "第三产业"]),
        ("一三产业投资比重分别比同期提高1.7、2.2个百分点", ["第一产业投资比重", "第三产业投资比重"]),
        ("10个集体和17名个人分别荣获称号", ["集体", "个人"]),
        ("货物进出口总额9.5万亿元、增长4.4%", ["货物进出口总额", "货物进出口总额"]),
        ("规模以上工业企业达7.6万家、增加值增长3%", ["规模以上工业企业", "规模以上工业企业增加值"]),
        ("棚改安置房开工5694套、竣工1611套", ["棚改安置房开工", "棚改安置房竣工"]),
        ("累计注册资本5000万元及以上企业208家", ["注册资本", "注册资本5000万元及以上企业"]),
        ("推动6宗住宅用地、5宗集建地尽快上市", ["住宅用地", "集建地"]),
        ("完成200张床位方舱医院", ["床位"]),
        ("227个房建、市政工程全部封闭管理", ["房建、市政工程"]),
        ("22个“小空间大生活”城市微空间改造形成方案", ["“小空间大生活”城市微空间改造"]),
        ("不良贷款率由6.1%下降到0.95%", ["不良贷款率", "不良贷款率"]),
        ("民生类支出占一般公共预算支出7成以上", ["民生类支出"]),
        ("特困人员生活标准不低于当地低保标准的1.6倍", ["特困人员生活标准"]),
        ("地区生产总值迈上6万亿元台阶", ["地区生产总值"]),
        ("成绩位列全国第五、全市第三", ["成绩", "成绩"]),
        ("全国96.68%的办税缴费事项实现网上办理", ["办税缴费事项"]),
        ("确保27项任务三季度全部完成", ["任务"]),
        ("城乡居民收入比由2.9:1缩小至2.52:1", ["城乡居民收入比"] * 2),
        ("居民收入超3.1万元、年均增长6.1%", ["居民收入"] * 2),
        ("11个县(市、区)通过评估", ["县(市、区)"]),
        ("124个县域医共体全部达标", ["县域医共体"]),
        ("新增神州医疗、中能建等入库项目246个", ["新增入库项目"]),
        ("每个乡镇至少建成一所具有独立法人资格的公办幼儿园", ["公办幼儿园"]),
        ("建设10个基础雄厚、引领未来的优势学科", ["优势学科"]),
        ("建设5个国家级成果转化和技术转移基地", ["国家级成果转化和技术转移基地"]),
        ("本届政府减少1/3行政审批事项的目标提前实现", ["行政审批事项"]),
        ("5200万名学生的学杂费", ["学生"]),
        ("8成以上财政资金用于民生", ["财政资金"]),
        ("地区生产总值连跨2个万亿元台阶,年均增长5.7%", ["地区生产总值"]),
        ("进出口总额突破万亿元、增速居全国第5位", ["进出口总额"]),
        ("原煤、天然气产量分别达到7000万吨、10亿立方米", ["原煤产量", "天然气产量"]),
        ("城乡居民收入分别增长4%、5%", ["城镇居民收入", "农村居民收入"]),
        ("平均跑动次数减少93%", ["平均跑动次数"]),
        ("奖励性绩效占比不低于绩效工资总量的70%", ["奖励性绩效"]),
        ("超长期国债、新能源车分别增长64.8%、42.5%", ["超长期国债", "新能源车"]),
        ("总投资410亿元的新材料项目", ["新材料项目总投资"]),
    ],
)
def test_each_number_has_the_noun_that_it_counts_or_measures(text: str, names: list[str]) -> None:
    assert list(read(text)[0].names) == names


def test_a_bare_holder_or_kind_has_the_measure_of_its_sentence() -> None:
    clauses_ = read("油田项目完成投资150亿元,石化公司1.1亿元,下降57.1%")
    assert [name for c in clauses_ for name in c.names] == ["油田项目投资", "石化公司投资", "石化公司投资"]
    clauses_ = read("肉类产量35.9万吨,禽蛋11.3万吨,增长3%,生奶165万吨,新建牧场5万吨")
    assert [name for c in clauses_ for name in c.names] == ["肉类产量", "禽蛋产量", "禽蛋产量", "生奶产量", "新建牧场"]
    *_, last = read("消费品价格四升三降:食品类上涨2.6%;衣着类下降1.5%")
    assert last.names == ("衣着类价格",)


def test_a_row_of_changes_may_belong_to_the_subjects_before_it() -> None:
    *_, last = read("城镇居民收入17175元,农村居民收入5153元,实际增长9.8%和8.5%")
    assert last.names == ("城镇居民收入", "农村居民收入")


def test_a_row_of_numbers_may_belong_to_the_subjects_before_it() -> None:
    *_, last = read("批发和零售业实现738.4亿元,住宿和餐饮业实现64.7亿元,同比分别增长15.8%和14.4%")
    assert last.names == ("批发和零售业", "住宿和餐饮业")


@pytest.mark.parametrize(
    ("head", "noun"),
    [
        ("固定资产投资完成", "固定资产投资"),
        ("第一产业实现增加值", "第一产业增加值"),
        ("达产后预计实现纳税额超", "纳税额"),
        ("居民收入实际增长", "居民收入"),
        ("赤字率拟按", "赤字率"),
        ("增速高于全市平均水平", ""),
    ],
)
def test_the_noun_before_a_number(head: str, noun: str) -> None:
    assert noun_before(head) == noun


@pytest.mark.parametrize(
    ("body", "noun"),
    [
        ("1500万元消费券", "消费券"),
        ("85项改革任务落地见效", "改革任务"),
        ("100条(个)幸福河湖", "幸福河湖"),
        ("18%以上,", ""),
        ("4家车企入驻我区", "车企"),
        ("5.4万平方米全面投运", ""),
    ],
)
def test_the_noun_behind_a_number(body: str, noun: str) -> None:
    assert noun_after(body, quantities(body)[0]) == noun


def test_circumstances_are_no_subject() -> None:
    assert subject_of("在促消费政策带动下", ()) == ""


@pytest.mark.parametrize(
    ("text", "section", "period"),
    [
        ("投资完成442.1亿元", (), "2022上半年"),
        ("一季度,投资完成442.1亿元", (), "2022一季度"),
        ("投资比去年同期增长5%", (), "2022上半年"),
        ("面对去年同期高基数,投资增长5%", (), "2022上半年"),
        ("投资完成50亿元", ("二、下半年工作安排",), "2022下半年"),
        ("投资完成50亿元", ("二、努力完成全年计划的主要措施",), "2022年"),
    ],
)
def test_a_clause_speaks_of_the_period_it_names_or_its_section_does(
    text: str, section: tuple[str, ...], period: str
) -> None:
    last = read(text, section=section)[-1]
    assert last.period is not None
    assert last.period.label == period


def test_a_report_without_a_year_has_the_calendar_of_year_zero() -> None:
    report = report_of("投资增长5%", period="上半年", published="")
    calendar = calendar_of(report)
    assert calendar.year == 0
    found = section_period(report, report.passages[0], calendar, Status.DONE)
    assert found is not None
    assert found.label == "上半年"


def test_a_year_gone_by_is_done_even_among_plans() -> None:
    [clause] = read("2020年物价上涨2.6%", section=("二、工作安排",))
    assert clause.status is Status.DONE


@given(TEXTS)
def test_any_text_is_cut_into_clauses_that_do_not_overlap(text: str) -> None:
    end = 0
    for c in read(text or "。"):
        assert end <= c.start <= c.end
        assert (text or "。")[c.start : c.end] == c.text
        assert len(c.names) == len(c.quantities)
        assert all(c.text[q.start : q.end] == q.text for q in c.quantities)
        end = c.end
