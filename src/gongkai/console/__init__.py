"""The command line: ``gongkai``.

Every command is a module of this package with a click command named ``command``. It is imported
when it is called and not before, so that the base installation works without Django and
``gongkai due`` answers at once. To add a command, write the module and give it a line in
:data:`COMMANDS`.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from io import TextIOWrapper

import click

from gongkai.console import chinese
from gongkai.core.refusal import Refusal

COMMANDS = {
    "due": "计算期限：从收到申请、发出通知等之日起，到哪一天为止",
    "read": "读取已发布的年度报告，取出表格和正文里的数字",
    "check": "检查年度报告，列出算不平、对不上的地方",
    "screen": "发布前预检文件里的密级、个人信息、隐藏内容和错别字",
    "compare": "把几份年度报告并排比较",
    "corpus": "成批读取、检查整个目录的年度报告",
    "trail": "核验、导出操作留痕",
    "casefile": "核对申请案卷：原件、页码、清单",
    "serve": "启动平台",
    "worker": "启动后台任务",
    "manage": "平台管理命令（Django）",
}
"""Every command with the line that ``gongkai --help`` shows for it."""

BAD_INPUT = 2
INTERRUPTED = 130
OUR_FAULT = 70


class Commands(click.Group):
    """The group that finds a command by its name and imports it on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the commands of this installation."""
        return [name for name in COMMANDS if find_spec(f"{__name__}.{name}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, or ``None`` where there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        if lines := [(name, COMMANDS[name]) for name in self.list_commands(ctx)]:
            with formatter.section("命令"):
                formatter.write_dl(lines)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
)
@click.version_option(
    package_name="gongkai",
    prog_name="gongkai",
    message="%(prog)s %(version)s",
    help="显示版本号。",
)
def cli() -> None:
    """公开：政府信息公开的期限、统计和年度报告。"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    Bad input ends with one Chinese sentence and code 2, an error of ours with one sentence and
    code 70; ``GONGKAI_DEBUG=1`` shows the traceback instead.
    """
    chinese.speak()
    for stream in (sys.stdout, sys.stderr):
        # a terminal that cannot show a character gets its number, not an error
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name="gongkai",
            standalone_mode=False,
        )
    except Exception as error:  # no stack trace reaches a person
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        code = complain(error)
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else 0)


def complain(error: Exception) -> int:
    """Say on standard error what went wrong and what to do; return the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort():
            return INTERRUPTED
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
            return BAD_INPUT
        case click.ClickException():
            sentence, code = error.format_message(), BAD_INPUT
        case Refusal():
            sentence, code = str(error), BAD_INPUT
        case BrokenPipeError():
            # the reader of a pipe has gone; nothing is left to say, not even at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        case ModuleNotFoundError(name=name) if name and not name.startswith("gongkai"):
            sentence = f"本机没有安装 {name}；请先运行 pip install 'gongkai[platform]'"
            code = BAD_INPUT
        case OSError(strerror=str(reason)):
            place = f"“{error.filename}”" if error.filename else ""
            sentence, code = f"读写{place}失败（{reason}）；请检查路径和权限", BAD_INPUT
        case _:
            sentence = (
                f"程序出错（{type(error).__name__}: {error}）；"
                "请设置 GONGKAI_DEBUG=1 重新运行，把输出附在问题报告里"
            )
            code = OUR_FAULT
    click.echo(f"gongkai：{sentence}", err=True)
    return code
