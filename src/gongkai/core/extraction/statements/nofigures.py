"""What looks like a figure and is none: dates, document numbers, articles, telephones, slogans.

:func:`hidden` returns the sentence with the digits of all these covered, letter for letter, so that the
search for quantities passes over them while the words stay where they are.
"""

import re

COVER = "\u2588"

_CHINESE = "零〇一二三四五六七八九十百千两"
_N = rf"[\d{_CHINESE}]"

_PATTERNS = (
    # documents and their numbers, titles, addresses of the web
    r"《[^》]*》",
    r"https?:?/?/?[\w./:?=&%#~-]*|www\.[\w./-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|gov)\b[\w./-]*",
    r"[〔\[(【]\s*\d{4}\s*[〕\])】]\s*\d*\s*号?",
    # ordinals: 第54次, 第三十二条, 第一项, 第492号令
    rf"第\s*{_N}{{1,9}}[条款项章]?(?:\s*[-—~至到、和及]\s*第?{_N}{{1,9}}[条款项章]?)*\s*(?:届)?",
    r"\d+\s*号(?:令|文|楼|院|窗口)?",
    rf"(?:政府|委|会|届|局|厅|党组)[{_CHINESE}\d]{{1,9}}次(?=[\u4e00-\u9fff]{{0,6}}会)",
    rf"十[{_CHINESE}]?(?:大|届)|{_N}{{1,9}}届{_N}*中?|{_N}{{1,9}}中全会",
    # dates, times, periods
    r"(?:19|20)\d{2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2}日?",
    r"(?:19|20)\d{2}\s*[-—~至到]\s*(?:19|20)?\d{2,4}年?",
    r"(?:19|20)\d{2}\s*年?度?\s*(?:\d{1,2}\s*月\s*(?:份|\d{1,2}\s*(?:日|止|号)?)?)",
    r"(?:19|20)\d{2}\s*(?:年|版|届|财年|/)",
    rf"[〇零一二三四五六七八九]{{4}}年(?:{_N}{{1,9}}月)?(?:{_N}{{1,9}}日)?",
    rf"{_N}{{1,3}}\s*月(?:份)?\s*(?:{_N}{{1,3}}\s*(?:日|号))?(?![刊报])",
    rf"{_N}{{1,3}}\s*日(?![均常])",
    r"\d{1,2}:\d{2}(?::\d{2})?",
    rf"{_N}{{1,9}}(?:多|余)?(?:\.\d+)?\s*个?(?:工作日|小时|钟头|分钟|秒|天|个?月内|个月|季度|年|周(?!刊)|星期|学时|课时|岁|世纪)",
    # telephones, post codes, long runs of digits
    r"(?:电话|传真|邮编|邮政编码|手机|热线|邮箱|QQ|代码|编码|索引号|备案号)\)?[:是为]?\s*\(?[\d—\-、/()转 .]{5,}",
    r"0\d{2,3}\s*[)—-]+\s*\d{6,8}(?:[-—/]\d+)*|\(0\d{2,3}\)\s*\d{6,8}|(?<!\d)1[3-9]\d{9}(?!\d)",
    r"(?<!\d)(?:12345|12315|12329|12348|12333|12319|110|119|120急)(?=[”\"]?[\u4e00-\u9fff]{0,6}(?:热线|平台|电话|便民|服务|投诉|政务|举报))",
    # numbering inside a line
    rf"(?:^|(?<=[,;:。、!?)”\s]))(?:[{_CHINESE}]{{1,3}}(?=[是要、]|则)|\([{_CHINESE}\d]{{1,3}}\)|\d{{1,2}}(?=[、)]|\.(?!\d)))",
    rf"其[{_CHINESE}]{{1,2}}(?=[,是、])",
    # slogans and proper names
    r"[“\"‘][^”\"’]{0,14}[”\"’]",
    rf"[{_CHINESE}]{{1,9}}个(?:意识|自信|维护|全面|代表|确立|务必|一律|不放过|转变|结合|坚持|专项|机制|到位|确保|统一|一批|强化|围绕|突出|注重)",
    rf"[{_CHINESE}]{{1,9}}(?:个|大|项|条(?=途径|渠道|主线))?(?:方面|主线|渠道|层面|环节|原则|角度|维度|步骤|阶段|途径|举措|措施|要素|位一体|审|会一课|公经费|公|农|定|产|资一|网|通|站式|体化|把手|级|线|端|心|手|章|屏|网通办|件事|次性|条龙|安全|稳定|类内部|类过程|者|微)",
    rf"[{_CHINESE}]分之[{_CHINESE}]{{1,9}}",
    r"\d+\s*[+×xX]\s*(?:\d+|[A-Za-zNn])(?:\s*[+×xX]\s*\w+)*",
    r"[A-Za-z]+[-]?\d+[A-Za-z\d.]*|\d+[A-Za-z]+\d*",
    rf"前{_N}{{1,9}}(?:位|名|强)|{_N}{{1,9}}强(?=县|市|企|[,。])|排名{_N}{{1,9}}|百强|列{_N}{{1,9}}(?:位|名)",
    rf"(?:上|下|前|后|同|另|某|每|这|那|哪|任|逐|首|末|再|再{_N}|下{_N}){_N}(?:个|次|条|件|项|名|份|期|批|年|类|级|家|位|人|户|场)",
    r"\d+(?:路|弄|巷|室|层|楼|幢|栋|单元|频道|频率|省道|国道|时|点(?:钟|整|半))",
)
_HIDE = re.compile("|".join(f"(?:{p})" for p in _PATTERNS))
_COVERED = re.compile(rf"[\d{_CHINESE}]")


def hidden(text: str) -> str:
    """Return *text* with the digits covered that count nothing."""
    return _HIDE.sub(lambda match: _COVERED.sub(COVER, match.group()), text)
