"""``gongkai manage …``: Django's management commands, with our settings."""

import os
import sys

import click

from gongkai.core.refusal import Refusal

DEFAULT_SETTINGS = "gongkai.site.settings.development"


def prepare() -> None:
    """Choose the settings, unless ``DJANGO_SETTINGS_MODULE`` does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEFAULT_SETTINGS)


@click.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """平台管理命令，如 migrate、demo、check；gongkai manage help 列出全部。"""
    prepare()
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  # platform only
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    sys.argv[0] = "gongkai manage"
    try:
        execute_from_command_line(["gongkai manage", *arguments])
    except ImproperlyConfigured as error:
        raise Refusal(f"平台设置有误：{error}") from error
