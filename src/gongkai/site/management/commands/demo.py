"""``gongkai manage demo``: the fictional city 云川市.

Every app may have a ``demo.py`` with ``load(folder) -> str | None``, which enters what is not there
yet from the files in *folder* and may return lines to print, and ``ORDER`` (organisations 0,
statistics 100, reports 200, readings 300).
"""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction


def loaders() -> list[ModuleType]:
    """Return every app's ``demo`` module, in order."""
    names = [f"{config.name}.demo" for config in apps.get_app_configs()]
    found = [
        import_module(name) for name in names if name.startswith("gongkai.") and find_spec(name)
    ]
    return sorted(found, key=lambda module: module.ORDER)


class Command(BaseCommand):
    """Enter the demo city; run again, it adds what is missing and changes nothing."""

    help = "写入演示城市云川市（可重复运行）"

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Ask every app."""
        folder = settings.GONGKAI_DEMO
        if not (folder / "organisations.yaml").is_file():
            raise CommandError(
                f"{folder} 里没有演示数据。请在源代码目录里运行，或用 GONGKAI_DEMO 指定目录。"
            )
        for loader in loaders():
            with transaction.atomic():
                words = loader.load(folder)
            if words:
                self.stdout.write(words)
