"""Why something cannot be sealed or opened; each docstring is the sentence."""

from gongkai.core.refusal import Refusal


class MissingKeys(Refusal):
    """找不到加密密钥文件 {path}，已加密的内容无法读出。请把密钥文件放回原处（或在 GONGKAI_KEYS 中写明它的位置）后再试；不要新建，新的密钥打不开旧的内容。"""


class MissingKey(Refusal):
    """加密密钥文件 {path} 里没有编号为 {key} 的密钥，内容无法读出。请换回较新的密钥文件后再试。"""


class BadKeys(Refusal):
    """加密密钥文件 {path} 已损坏，读不出来。请用备份的密钥文件替换后再试。"""


class Unreadable(Refusal):
    """一处加密内容打不开：密钥不对，或者内容被改动、挪动过。请联系系统管理员核查数据库。"""


class UnknownCipher(Refusal):
    """不认识加密算法“{cipher}”。请把 GONGKAI_SEAL_CIPHER 设为 {known} 之一。"""
