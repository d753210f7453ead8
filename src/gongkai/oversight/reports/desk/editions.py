"""The files of an edition, for the desk."""

from typing import Any

from django.http import FileResponse, HttpRequest

from gongkai.core.rendering import FORMATS
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.permissions import NotThere
from gongkai.oversight.reports import policies
from gongkai.oversight.reports.models import EditionFile


class FileView(DeskView):
    """One file."""

    act = "reports.view"

    def get(self, request: HttpRequest, **_: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file is an answer, too
        """Send it under the title of the report."""
        found = (
            EditionFile.objects.filter(
                edition=self.kwargs["key"],
                format=self.kwargs["format"],
                edition__report__in=policies.visible_to(self.reader),
            )
            .select_related("edition")
            .first()
        )
        if found is None:
            raise NotThere(what="这个文件")
        title = found.edition.content["title"]
        return FileResponse(
            found.file.open(),
            as_attachment=found.format != "html",
            filename=f"{title}.{found.format}",
            content_type=FORMATS[found.format].media_type,
        )
