"""What people are told when something with a site or account cannot be done."""

from gongkai.core.refusal import Refusal


class BadAddress(Refusal):
    """“{address}”不是网站地址。请写成 https://www.example.gov.cn/ 这样。"""


class AddressTaken(Refusal):
    """这个网站已由{organisation}登记为“{name}”。一个网站只登记一次。"""


class AlreadyClosed(Refusal):
    """“{name}”已于 {closed} 关停，不能再变更。"""


class SameAsBefore(Refusal):
    """与原来的相同，没有需要办理的变更。"""


class IntoItself(Refusal):
    """不能并入它自己。请选择另一个账号。"""


class BeforeOpening(Refusal):
    """日期 {day} 早于开设日期 {opened}。请核对日期。"""


class OutOfOrder(Refusal):
    """日期 {day} 早于最近一次变更（{last}）。请核对日期。"""


class NotYours(Refusal):
    """“{host}”不是已登记的网站，没有访问。只访问本平台登记的网站。"""


class PrivateAddress(Refusal):
    """“{host}”指向内部网络地址，没有访问。"""


class Unreachable(Refusal):
    """{why}。"""


class Forbidden(Refusal):
    """网站的 robots.txt 不允许访问这个页面。"""


class Concluded(Refusal):
    """这张结果单已于 {at} 定稿，不能再改。需要的，请重新检查。"""


class StillOpen(Refusal):
    """还有 {count} 项单项否决没有判断，不能定稿。请逐项判断。"""


class NoSuchCheck(Refusal):
    """没有这一项检查。请刷新页面再试。"""


class NoReason(Refusal):
    """判为不符合的，请写明发现的问题。"""


class BeingInspected(Refusal):
    """正在检查，请等这一次结束。"""
