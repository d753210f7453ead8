"""Click's own sentences, in Chinese.

Click has no Chinese catalogue, and gettext would look for one only under a Chinese locale; an
office's terminal often says ``LANG=C``. So the few sentences that click can say are put into the
place where its modules look them up.
"""

from types import ModuleType

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

SENTENCES = {
    "Aborted!": "已中止。",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Usage:": "用法：",
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本号。",
    "Missing command.": "缺少命令；运行 gongkai --help 查看有哪些命令",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数 {param_name}",
    "No such option {name!r}.": "没有 {name} 这个选项；加 --help 查看有哪些选项",
    "No such option: {name}": "没有 {name} 这个选项；加 --help 查看有哪些选项",
    "No such command {name!r}.": "没有 {name} 这个命令；运行 gongkai --help 查看有哪些命令",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "(Possible options: {possibilities})": "（是不是其中之一：{possibilities}？）",
    "Try '{command} {option}' for help.": "运行 {command} {option} 查看说明。",
    "Error: {message}": "{message}",
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}：{message}",
    "Could not open file {filename!r}: {message}": "打不开“{filename}”（{message}）",
    "unknown error": "原因不明",
    "default: {default}": "默认 {default}",
    "env var: {var}": "环境变量 {var}",
    "required": "必填",
    "Choose from:\n\t{choices}": "可选：{choices}",
    "{value!r} is not {choice}.": "“{value}”不是 {choice}",
    "{value!r} is not one of {choices}.": "“{value}”不在可选范围内，可选 {choices}",
    "{value!r} is not a valid {number_type}.": "“{value}”不是正确的数字",
    "{value} is not in the range {range}.": "{value} 超出范围（{range}）",
    "{value!r} is not a valid boolean. Recognized values: {states}": "“{value}”应为 {states} 之一",
    "{value!r} does not match the format {format}.": "“{value}”不是 {format} 格式的日期",
    "{value!r} does not match the formats {formats}.": "“{value}”不是 {formats} 格式的日期",
    "{name} {filename!r} does not exist.": "找不到{name}“{filename}”，请检查路径",
    "{name} {filename!r} is a file.": "“{filename}”是文件，不是{name}",
    "{name} {filename!r} is a directory.": "“{filename}”是目录，不是{name}",
    "{name} {filename!r} is not readable.": "没有读取{name}“{filename}”的权限",
    "{name} {filename!r} is not writable.": "没有写入{name}“{filename}”的权限",
    "file": "文件",
    "directory": "目录",
    "path": "路径",
    "File": "文件",
    "Directory": "目录",
    "Path": "路径",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 需要 {nargs} 个值",
    "Takes {nargs} values but 1 was given.": "需要 {nargs} 个值，只给了 1 个",
    "Takes {nargs} values but {len} were given.": "需要 {nargs} 个值，给了 {len} 个",
    "Option {name!r} does not take a value.": "选项 {name} 不带值",
    "Option {name!r} requires an argument.": "选项 {name} 后面要有一个值",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要有 {nargs} 个值",
    "Got unexpected extra argument ({args})": "多余的参数（{args}）",
    "Got unexpected extra arguments ({args})": "多余的参数（{args}）",
}

MODULES: tuple[ModuleType, ...] = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
)


def translate(sentence: str) -> str:
    """Return click's *sentence* in Chinese, or itself where we have none."""
    return SENTENCES.get(sentence, sentence)


def translate_number(one: str, many: str, count: int) -> str:
    """Return the sentence for *count* things in Chinese."""
    return translate(one if count == 1 else many)


def speak() -> None:
    """Make click speak Chinese in this process; doing it twice does no harm."""
    for module in MODULES:
        names = vars(module)
        names.update({"_": translate} if "_" in names else {})
        names.update({"ngettext": translate_number} if "ngettext" in names else {})
