"""What a quantity counts, in the document's words."""

import re
from dataclasses import dataclass
from functools import lru_cache

from gongkai.core.extraction.statements.quantities import Quantity

STOPS = ",;:。!?"
_OPEN, _CLOSE = "(", ")"

_TIME = r"(?:(?:截至|截止到?|至|到|自|从|在|于)?\s*(?:(?:19|20)\d{2}\s*年?|本|今|当|上|去|该|前)\s*年?(?:度|内|底|末|初|来)?(?:\d{1,2}月)?(?:份|底|\d{1,2}日)?(?:底|末|初|以来|至今|来|期间|止|中|内)?)"
_DATES = re.compile(
    r"(?:截至|截止到?|自|从|到|至)?(?:19|20)\d{2}年(?:度|底|末|初)?(?:\d{1,2}月(?:份|底)?(?:\d{1,2}日)?)?(?:底|末|以来|至今|止|期间|来)?|\d{1,2}月(?:\d{1,2}日|份|底)|(?:19|20)\d{2}年?(?=结转)"
)
_LEAD = re.compile(
    r"^(?:其中|其次是|其次|其余|此外|另外|同时|一是|二是|三是|四是|五是|六是|七是|八是|首先|第[一二三四五六七]|另有|另|并且|并|且|也|又|而|则|均|以及|及|和|与|"
    r"全年|年内|年度内|本年度|本年|今年以来|今年|当年|上半年|下半年|目前|截至目前|截止目前|到目前为止|至今|截至|截止|历年|据统计|经统计|经梳理|统计|"
    r"共计|总计|合计|累计|总共|一共|分别|共(?![同享有建治管])|主要|已经|已|再|仅|全部|直接|约|达|有|为|是|属于?(?=[“\"])|包括|包含|含|内|中|的|了|:|,|、|;|\s|"
    r"(?:19|20)\d{2}年?度?)+"
)
_TRAIL = re.compile(
    r"(?:共计为?|合计为?|总计|累计达?|总共|一共|分别为|分别是|分别达|分别|均为|均达到?|全部|各为|各|均|达到|约为|大约|大概|近|约|超过|突破|达|有|为|是|共|仅|计|了|的|:|,|\(|\s|在|属|占|还|就|至少|不少于|不低于|、|—)+$"
)
_NUMBERED = re.compile(r"^…+|^\d{1,2}[.、](?!\d)…*")
_PAREN = re.compile(r"\([^()]*\)")
_SMALL_VERB = re.compile(
    r"^(?:共|累计|新|已|各|分别|并|由|向|对|将|使|把|再|最终|另|还|总|合计|主动|积极|及时|专门|先后|陆续|统一|组织|参与|全部|实现|进行|开展|收到|接到|受理|设立|设有|设置|设|配备|配有|安排|确定|明确|指定|成立|建立|建有|建成|举办|召开|举行|开通|开设|发布|公开|公示|推送|编发|编印|编辑|印发|制定|制发|出台|修订|梳理|收集|征集|拥有|运行|发放|发出|发送|办理|办结|答复|回复|处理|收取|新增|新建|完成|完善|制作|转载|回应|解读|参加|接受|接待|承办|废止|清理|修改|取消|保留|下放|调整|规范|化转|选调|增设|新设|配|有|了|过|的|涉及|纳入|关停|注销|整合|归集|上传|更新|报送|采纳|采用|刊登|刊发|检查|督查|通报|约谈|排查|审查|审核|公布|提供|开具|作出|做出|撰写|录制|拍摄|播出|张贴|悬挂|形成|汇集|整改|对召开|所)+$"
)
_ENDS_IN_VERB = re.compile(
    r"(?:配备|配有|设立|设有|设置|建立|建有|建成|开通|开设|拥有|举办|召开|举行|确定|明确|安排|指定|剩余|维护|新开|印发|制定|制发|发布|推送|编发|收到|受理|接到|有)了?$"
)
_HARD_STOP = re.compile(r"[,;:。!?()]")
_ASIDE = re.compile(r"\([^()\d]{1,6}\)")
_VERB_AFTER = "已|均|全部|进行|予以|并|来自|主要|其中|属于|由|被|得到|作为|供|用于|参加|参与"
_RIGHT_STOP = re.compile(rf"[、]|(?:{_VERB_AFTER})")
_RIGHT_STOP_ALONE = re.compile(_VERB_AFTER)
_GENERIC = re.compile(
    r"^(?:申请量|数量|总数|总量|件数|次数|人数|条数|发布量|发布数|总数量|收取|金额|总额|总金额|信息|公开信息量|答复|办理|收费|回复)$"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a quantity stands: the words that may name what it counts.

    Attributes:
        left: The words before it, back to the last stop.
        right: The words after it, to the next stop.
        clause: The words of its clause before the first quantity in it, for lists that share them.
        before: The clause before its own, in the same part of the sentence.
    """

    left: str
    right: str
    clause: str
    before: str


def frame(text: str, found: list[Quantity], index: int) -> Frame:
    """Return the frame of ``found[index]`` in the sentence *text*."""
    quantity = found[index]
    previous = found[index - 1].end if index else 0
    following = found[index + 1].start if index + 1 < len(found) else len(text)
    stop = _last_stop(text, quantity.start)
    first = next((q for q in found if q.start >= stop), quantity)
    begin = max(stop, previous)
    if previous > stop:
        begin = max(begin, _list_stop(text, previous, quantity.start))
        earlier = found[index - 2].end if index > 1 else 0
        before = clean(text[max(stop, earlier) : found[index - 1].start])
        if not before or _SMALL_VERB.match(before):
            begin = _after_its_noun(text, begin, quantity.start)
    return Frame(
        text[begin : quantity.start],
        _right(text, quantity.end, following),
        text[stop : first.start] if first is not quantity else "",
        _clause_before(text, stop),
    )


def subject(place: Frame) -> str:
    """Return what is counted, numbering and filling words stripped; empty where the frame does not say."""
    left, right = clean(place.left), clean(place.right)
    if not left or _SMALL_VERB.match(left):
        return left + right if right else _from_before(place, left)
    if _GENERIC.match(left) and place.before:
        return clean(place.before) + left
    if right and (place.left.rstrip().endswith("的") or _ENDS_IN_VERB.search(left)):
        return left + right
    return left


def _from_before(place: Frame, verb: str) -> str:
    """制发规范性文件510件,主动公开425件: a verb alone takes its object from the clause before."""
    if not verb:
        return clean(place.before)
    if place.before and place.left != place.clause and _noun(place.before):
        return clean(_strip_verbs(place.before)) + verb
    return verb


@lru_cache(maxsize=4096)
def clean(words: str) -> str:
    """Strip times, filling words and explanations in brackets from both ends of *words*."""
    text = _PAREN.sub("", _NUMBERED.sub("", words))
    text = _DATES.sub("", text).strip()
    before = None
    while text != before:
        before = text
        text = _LEAD.sub("", text)
        text = _TRAIL.sub("", text)
    quoted = text.count("“") == text.count("”") == 1 and text[0] == "“" and text[-1] == "”"
    return text.strip("“”\"'‘’ " if quoted else " \"'")


def _last_stop(text: str, at: int) -> int:
    """Return where the clause begins: after the last stop, or the bracket that is open at *at*."""
    depth = 0
    for i in range(at - 1, -1, -1):
        letter = text[i]
        if letter == _CLOSE:
            depth += 1
        elif letter == _OPEN:
            if depth == 0:
                return i + 1
            depth -= 1
        elif letter in STOPS and depth == 0:
            return i + 1
    return 0


def _list_stop(text: str, previous: int, at: int) -> int:
    """Return where the next item of a list begins: after 、, 和, 及 or a bracket that follows the item before."""
    match = re.match(r"(?:\([^()]*\))?(?:[、)]|以及|及|和|与|并)*", text[previous:at])
    end = previous + (match.end() if match else 0)
    pause = text.find("、", end, at)
    if pause >= 0 and re.match(r"[^、]{1,14}、", text[end : pause + 1]) and end == previous:
        return pause + 1  # what follows the item before up to the pause belongs to it
    return end


def _after_its_noun(text: str, begin: int, at: int) -> int:
    """81项创业项目和187项便民项目: the noun behind a figure is not the next one's."""
    match = re.match(r"[\u4e00-\u9fff“”\"()]{1,14}?(?:以及|和|及|与|、)", text[begin:at])
    return begin + match.end() if match else begin


def _right(text: str, start: int, following: int) -> str:
    ahead = _ASIDE.sub("", text[start:following])
    hard = _HARD_STOP.search(ahead)
    words = ahead[: hard.start()] if hard else ahead
    stop = _RIGHT_STOP_ALONE if hard or following == len(text) else _RIGHT_STOP
    match = stop.search(words)
    words = words[: match.start()] if match else words
    return words if len(words) <= 24 else ""


def _clause_before(text: str, stop: int) -> str:
    if stop <= 0 or text[stop - 1] not in ",:":
        return ""
    begin = _last_stop(text, stop - 1)
    return text[begin : stop - 1]


def _strip_verbs(words: str) -> str:
    return re.split(r"\d", words)[0]


def _noun(words: str) -> bool:
    return any(noun in words for noun in ("信息", "申请", "培训", "会议", "公报", "文件"))
