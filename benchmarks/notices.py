"""Realistic Chinese notices by the million, the same every time.

A notice follows from its number alone, so that a benchmark can begin anywhere, and two processes can
share the work::

    from benchmarks.notices import Bureau, bureaus, notices
    for notice in notices(10_000):
        notice.title, notice.number, notice.index_number, notice.bureau.name, notice.paragraphs

Everything is invented: the city 云川市 does not exist, nor do its counties and documents. Words are drawn
so that a few are common and many are rare, as in real text. About 15,000 notices a second.
"""

import itertools
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

SEED = 20161231
FIRST_DAY = date(2008, 5, 1)
DAYS = 6700
CITY = "云川市"
PLACES = (
    "云川市", "石桥县", "临湖县", "青禾县", "南屏区", "北辰区", "长安县", "白鹭县", "永宁区", "松岭县", "河东县", "新安区",
)  # fmt: skip
LINES = {
    "发展和改革": "综合政务 国民经济管理、国有资产监管 项目 价格 规划 节能 投资 备案 审批 重大建设项目 信用 营商环境 能耗 粮食储备 以工代赈",
    "教育": "科技、教育 科技、教育 招生 学前教育 义务教育 学区 教师 校舍 课后服务 中考 高中 职业教育 营养改善 学籍 民办学校 助学金",
    "公安": "公安、安全、司法 公安、安全、司法 户籍 居住证 交通管制 身份证 烟花爆竹 养犬 出入境 驾驶证 电信诈骗 消防 治安 道路交通 暂住人口",
    "民政": "民政、扶贫、救灾 民政、扶贫、救灾 低保 特困供养 养老服务 临时救助 殡葬 婚姻登记 地名 社会组织 孤儿 高龄津贴 残疾人 流浪乞讨 慈善",
    "司法": "公安、安全、司法 公安、安全、司法 法律援助 公证 人民调解 行政复议 行政执法 普法 社区矫正 律师 规范性文件 合法性审查 听证",
    "财政": "财政、金融、审计 财政、金融、审计 预算 决算 政府采购 专项资金 债券 转移支付 收费 国库 绩效 补贴 三公经费 非税收入 会计 直达资金",
    "人力资源和社会保障": "劳动、人事、监察 劳动、人事、监察 就业 社会保险 养老保险 失业保险 工伤 职业技能 事业单位 招聘 拖欠工资 劳动合同 退休 创业担保贷款 医疗保险",
    "自然资源": "国土资源、能源 国土资源、能源 土地 征收 国有土地使用权 不动产登记 矿产 规划许可 耕地保护 地质灾害 测绘 挂牌出让 宅基地 划拨 采矿权",
    "生态环境": "城乡建设、环境保护 城乡建设、环境保护 环境影响评价 排污许可 大气污染 水质 饮用水源 危险废物 噪声 秸秆焚烧 空气质量 环保督察 碳排放 污水处理",
    "住房和城乡建设": "城乡建设、环境保护 城乡建设、环境保护 公租房 棚户区改造 老旧小区 房屋征收 物业 危房改造 建筑工程 商品房预售 住房公积金 燃气 供水 施工许可 海绵城市",
    "交通运输": "工业、交通 工业、交通 公路 客运 出租汽车 超限 货运 桥梁 港口 网约车 农村公路 收费站 道路运输 隧道 公交 轨道交通",
    "水利": "农业、林业、水利 农业、林业、水利 河长制 水库 防汛 抗旱 取水许可 灌溉 水土保持 农村饮水 堤防 采砂 节水 小流域 移民",
    "农业农村": "农业、林业、水利 农业、林业、水利 农机补贴 种子 动物防疫 高标准农田 农药 耕地地力 合作社 畜禽 乡村振兴 土地确权 农产品质量 厕所革命 家庭农场",
    "文化和旅游": "文化、广电、新闻出版 文化、广电、新闻出版 文物 图书馆 非物质文化遗产 旅游 景区 演出 博物馆 群众文化 广播电视 全民阅读 古籍 文化市场",
    "卫生健康": "卫生、体育 卫生、体育 医疗 疫苗 医院 传染病 生育 职业病 食品安全 医师 村卫生室 献血 家庭医生 妇幼 突发公共卫生 基本药物",
    "应急管理": "市场监管、安全生产监管 市场监管、安全生产监管 安全生产 危险化学品 应急预案 救灾物资 事故调查 矿山 森林防火 防震减灾 隐患 演练 烟花 灾情",
    "市场监督管理": "市场监管、安全生产监管 市场监管、安全生产监管 食品 药品 营业执照 计量 特种设备 抽检 广告 商标 标准 价格监督 消费者 质量监督 不正当竞争 认证",
    "审计": "财政、金融、审计 财政、金融、审计 审计 预算执行 整改 领导干部 经济责任 专项审计 绩效 公共资金 违规 工程结算",
}  # fmt: skip
OFFICE = "办公室"
GENRES = (
    "通知",
    "公告",
    "通告",
    "意见",
    "办法",
    "方案",
    "批复",
    "通报",
    "决定",
    "函",
    "公示",
    "规定",
)
GENRE_WEIGHTS = (30, 16, 6, 9, 7, 10, 6, 4, 3, 4, 4, 3)
STARTERS = (
    "为进一步加强{a}管理，规范{b}工作，根据《中华人民共和国{l}》和省、市有关规定，结合{p}实际，{g}如下。",
    "为贯彻落实{o}关于{a}工作的部署，切实做好{b}有关事项，现就有关问题{g}如下。",
    "{y}年以来，{p}各级各部门认真开展{a}工作，{b}取得明显成效，但仍存在一些不足。",
    "经{o}研究同意，现将{y}年{p}{a}和{b}有关情况予以公布，请各单位遵照执行。",
    "根据群众反映和日常检查的情况，{o}对{p}范围内的{a}、{b}进行了专项检查，结果如下。",
)
SENTENCES = (
    "各乡镇人民政府、街道办事处和有关部门要提高认识，加强组织领导，把{a}摆上重要议事日程。",
    "凡涉及{a}的事项，应当自受理之日起{n}个工作日内办结，并书面告知申请人。",
    "{o}负责{a}的统筹协调和监督检查，{o2}按照职责分工做好{b}相关工作。",
    "申请{a}的，应当提交申请表、身份证明、{b}证明等材料，材料不齐的一次性告知。",
    "截至{m}月底，{p}共办理{a}{n}件，其中{b}{k}件，比上年同期增长{q}%。",
    "对在{a}工作中弄虚作假、截留挪用{b}资金的，依法依规追究责任。",
    "要建立{a}台账，实行销号管理，每月{d}日前将{b}进展情况报送{o}。",
    "本{g}自{y}年{m}月{d}日起施行，有效期五年，此前有关{a}的规定同时废止。",
    "严格落实{a}责任制，明确{b}的标准、程序和时限，主动接受社会监督。",
    "{p}将{a}纳入年度重点工作，安排{b}资金{n}万元，惠及群众{k}户。",
    "对{a}存在异议的，可以在公示期内以书面形式向{o}提出，联系电话见附件。",
    "鼓励社会力量参与{a}，支持企业在{b}领域开展技术改造和服务创新。",
    "经检查，{n}个单位{a}制度健全，{k}个单位在{b}方面存在薄弱环节，已责令限期整改。",
    "信息公开、政务服务和{a}数据应当及时归集共享，避免{b}重复提交材料。",
    "要加强{a}宣传，利用广播、电视、报纸、网站和微信等形式普及{b}知识。",
    "{a}项目位于{p}境内，建设内容包括{b}设施和配套工程，总投资{n}万元，建设工期{m}个月。",
    "符合条件的家庭每户给予{a}补助{n}元，{b}按实际支出据实结算。",
    "不予受理的，{o}应当说明理由，并告知依法享有申请行政复议或者提起行政诉讼的权利。",
    "坚持问题导向，聚焦{a}中的堵点难点，推动{b}由多头管理向协同治理转变。",
    "第{d}条　从事{a}活动的单位和个人，应当遵守本{g}，不得妨碍{b}的正常秩序。",
    "请各单位于{y}年{m}月{d}日前将{a}自查报告和{b}统计表报{o}汇总。",
    "{a}实行属地管理、分级负责，{p}负责辖区内{b}的日常监管。",
    "对符合{a}条件而未享受{b}待遇的困难群众，要做到应保尽保、应救尽救。",
    "{o}会同{o2}每半年对{a}落实情况开展一次评估，评估结果作为{b}的重要依据。",
)
ENDINGS = ("特此{g}。", "以上{g}，请认真贯彻执行。", "联系地址：{p}人民路{n}号；办公时间：工作日上午8：30至12：00。", "附件：{a}情况统计表")  # fmt: skip
TITLES = {
    "通知": ("{i}关于印发{p}{a}实施方案的通知", "{i}关于做好{y}年{a}工作的通知", "{i}关于进一步加强{a}和{b}工作的通知", "{i}关于开展{a}专项整治的通知", "{i}转发关于{a}有关政策的通知"),
    "公告": ("{i}关于{y}年{a}结果的公告", "{i}关于{p}{a}项目的公告", "{y}年第{d}号公告（{a}）"),
    "通告": ("{i}关于{p}部分路段{a}的通告", "{i}关于加强{a}管理的通告"),
    "意见": ("{i}关于促进{a}高质量发展的若干意见", "{i}关于加快推进{a}的实施意见"),
    "办法": ("{p}{a}管理办法", "{p}{a}暂行办法", "{i}关于印发《{p}{a}管理办法》的通知"),
    "方案": ("{p}{y}年{a}工作方案", "{p}{a}三年行动方案"),
    "批复": ("{i}关于{p}{a}项目可行性研究报告的批复", "{i}关于同意{a}调整的批复"),
    "通报": ("{i}关于{y}年第{s}季度{a}情况的通报",),
    "决定": ("{i}关于废止部分{a}文件的决定", "{i}关于表彰{a}先进集体的决定"),
    "函": ("{i}关于商请提供{a}材料的函", "{i}关于{a}建议的答复函"),
    "公示": ("{y}年{p}{a}拟补助名单公示", "{p}{a}和{b}情况公示"),
    "规定": ("{p}{a}若干规定", "{p}{a}实施细则"),
}  # fmt: skip
LAWS = (
    "政府信息公开条例",
    "行政许可法",
    "预算法",
    "环境保护法",
    "安全生产法",
    "社会保险法",
    "城乡规划法",
    "食品安全法",
)
NORMATIVE = frozenset({"办法", "意见", "规定", "方案", "决定"})


@dataclass(frozen=True, slots=True)
class Bureau:
    """An issuing organisation.

    Attributes:
        key: 1, 2, 3 …; the place in :func:`bureaus`.
        code: Nine digits as they open an 索引号.
        sign: The first characters of its 文号.
        path: Place in the tree, four characters a level.
    """

    key: int
    name: str
    place: str
    code: str
    sign: str
    path: str
    topics: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """A published document that never existed.

    Attributes:
        serial: Which one; everything else follows from it.
        number: 文号, empty for about a third.
        index_number: 索引号, unique.
        written: 成文日期.
        published: 公开日期, not earlier.
        validity: ``valid``, ``expired`` or ``abolished`` for normative documents, empty for others.
    """

    serial: int
    title: str
    number: str
    index_number: str
    bureau: Bureau
    topic: str
    genre: str
    keywords: tuple[str, ...]
    written: date
    published: date
    validity: str
    paragraphs: tuple[str, ...]

    @property
    def is_normative(self) -> bool:
        """Tell whether it is a 规范性文件."""
        return self.genre in NORMATIVE

    @cached_property
    def text(self) -> str:
        """The body as plain text."""
        return "\n".join(self.paragraphs)

    @cached_property
    def html(self) -> str:
        """The body as clean HTML."""
        return "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)


@cache
def bureaus(count: int = 3000) -> tuple[Bureau, ...]:
    """Return *count* organisations: governments' offices, bureaus, then their branches."""
    made: list[Bureau] = []
    for turn in itertools.count():
        for place_number, place in enumerate(PLACES):
            for line_number, (line, facts) in enumerate(LINES.items()):
                if len(made) == count:
                    return tuple(made)
                first, second, *words = facts.split()
                level = "市" if place == CITY else place[-1]
                branch = f"局第{turn}分局" if turn else "局"
                key = len(made) + 1
                made.append(
                    Bureau(
                        key=key,
                        name=f"{place}{line}{branch}",
                        place=place,
                        code=f"{10_000_000 + key * 7919:08d}{key % 10}",
                        sign=f"{place[0]}{level if level != '市' else ''}{line[0]}",
                        path=f"0001{place_number + 1:04d}{line_number + 1:04d}{turn or ''}",
                        topics=tuple(dict.fromkeys((first, second))),
                        words=tuple(words),
                    )
                )
    raise AssertionError


@cache
def _all_words() -> tuple[str, ...]:
    """Return all words of all lines once, in an order that mixes the lines."""
    columns = [facts.split()[2:] for facts in LINES.values()]
    mixed = itertools.chain.from_iterable(itertools.zip_longest(*columns))
    return tuple(dict.fromkeys(word for word in mixed if word))


@cache
def _common() -> tuple[Sequence[float], float]:
    """Return the cumulated weights of a Zipf law over all words, and their sum."""
    weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(_all_words()))))
    return weights, weights[-1]


@cache
def _genres() -> Sequence[int]:
    return list(itertools.accumulate(GENRE_WEIGHTS))


def notices(count: int, *, first: int = 1, units: int = 3000) -> Iterator[Notice]:
    """Yield *count* notices beginning with the one numbered *first*, from *units* organisations."""
    issuers = bureaus(units)
    rng = random.Random()
    for serial in range(first, first + count):
        yield _notice(serial, issuers, rng)


def notice(serial: int, *, units: int = 3000) -> Notice:
    """Return the notice numbered *serial*."""
    return _notice(serial, bureaus(units), random.Random())


def _notice(serial: int, issuers: Sequence[Bureau], rng: random.Random) -> Notice:
    rng.seed(SEED + serial)
    chance = rng.random
    # a few organisations publish a great deal, most a little
    bureau = issuers[int(len(issuers) * chance() ** 2.2)]
    genre = GENRES[bisect(_genres(), chance() * _genres()[-1])]
    written = FIRST_DAY + timedelta(days=int(DAYS * chance() ** 0.7))
    words, (weights, total) = _all_words(), _common()

    def word() -> str:
        if chance() < 0.55:  # more than half of what a bureau writes is about its own line
            return bureau.words[int(len(bureau.words) * chance() ** 1.5)]
        return words[bisect(weights, chance() * total)]

    subject, second = word(), word()
    facts = {
        "i": bureau.name,
        "o": bureau.name,
        "p": bureau.place,
        "y": written.year,
        "g": genre,
        "a": subject,
        "b": second,
        "s": "一二三四"[int(4 * chance())],
        "d": 1 + int(28 * chance()),
    }
    title = TITLES[genre][int(len(TITLES[genre]) * chance())].format_map(facts)
    serial_in_year = 1 + serial % 900
    number = (
        f"{bureau.sign}{'规' if genre in NORMATIVE else '发'}〔{written.year}〕{serial_in_year}号"
        if chance() < 0.65  # announcements often carry none
        else ""
    )
    return Notice(
        serial=serial,
        title=title,
        number=number,
        index_number=f"{bureau.code}/{written.year}-{serial:07d}",
        bureau=bureau,
        topic=bureau.topics[-1] if chance() < 0.8 else "综合政务",
        genre=genre,
        keywords=(subject, second),
        written=written,
        published=written + timedelta(days=int(20 * chance() ** 2)),
        validity=_validity(genre, chance()),
        paragraphs=_paragraphs(facts, issuers, rng, word),
    )


def _validity(genre: str, chance: float) -> str:
    if genre not in NORMATIVE:
        return ""
    return "valid" if chance < 0.7 else "expired" if chance < 0.85 else "abolished"


def _paragraphs(
    facts: dict, issuers: Sequence[Bureau], rng: random.Random, word
) -> tuple[str, ...]:
    chance = rng.random
    facts = facts | {"l": LAWS[int(len(LAWS) * chance())]}
    made = [STARTERS[int(len(STARTERS) * chance())].format_map(facts)]
    wanted = 300 + int(1200 * chance() ** 1.6)
    length, paragraph = len(made[0]), ""
    while length < wanted:
        sentence = SENTENCES[int(len(SENTENCES) * chance())].format_map(
            facts
            | {
                "a": facts["a"] if chance() < 0.3 else word(),  # it stays with its subject
                "b": word(),
                "o2": issuers[int(len(issuers) * chance() ** 3)].name,
                "n": 2 + int(300 * chance() ** 2),
                "k": 1 + int(80 * chance() ** 2),
                "q": f"{30 * chance():.1f}",
                "m": 1 + int(12 * chance()),
                "d": 1 + int(28 * chance()),
            }
        )
        length += len(sentence)
        paragraph += sentence
        if chance() < 0.4:  # two or three sentences a paragraph
            made.append(paragraph)
            paragraph = ""
    if paragraph:
        made.append(paragraph)
    ending = ENDINGS[int(len(ENDINGS) * chance())]
    made.append(ending.format_map(facts | {"n": 1 + int(200 * chance())}))
    return tuple(made)
