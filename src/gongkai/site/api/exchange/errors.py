"""What may be wrong with a package."""

from gongkai.core.refusal import Refusal


class NoKey(Refusal):
    """没有签名密钥。请先运行 gongkai manage exchange keygen。"""


class KeyIsThere(Refusal):
    """已经有签名密钥（{place}）。换密钥会让对方认不出本平台；确要更换，请先把旧的移走。"""


class NotAPackage(Refusal):
    """这不是交换包，或文件已损坏：{why}。请重新导出或重新复制。"""


class NotTrusted(Refusal):
    """签名者（{fingerprint}）不在信任名单里。请核对对方的公钥，用 gongkai manage exchange trust 加入。"""


class Forged(Refusal):
    """签名不对：交换包被改动过，不能导入。请向对方重新索取。"""


class Tampered(Refusal):
    """文件 {name} 与清单上的摘要不符，不能导入。请重新复制整个交换包。"""


class Missing(Refusal):
    """这个交换包从序号 {after} 之后开始，收到的只到序号 {upto}，中间缺了。请先导入缺的交换包，或请对方用 --after {upto} 重新导出。"""
