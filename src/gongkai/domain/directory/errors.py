"""Why something cannot be done to a column or an obligation; each docstring is the sentence."""

from gongkai.core.refusal import Refusal


class NoPreset(Refusal):
    """“{organisation}”的类别（{kind}）没有预设栏目。请手工新建栏目，或先到机构里核对它的类别。"""
