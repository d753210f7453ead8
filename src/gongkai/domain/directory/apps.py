"""The directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Columns, standard directories, obligations."""

    name = "gongkai.domain.directory"
    label = "directory"
    verbose_name = "目录与公开义务"
