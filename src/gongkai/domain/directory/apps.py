"""The directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Columns, standard directories, obligations."""

    name = "gongkai.domain.directory"
    label = "directory"
    verbose_name = "目录与公开义务"

    def ready(self) -> None:
        """Have successors take over what is owed."""
        from gongkai.domain.directory import succession  # noqa: PLC0415  # needs models

        succession.register()
