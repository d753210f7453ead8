"""Letters at the desk: addresses, menu, blocks of the page of a case, style."""

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.domain.applications.desk.blocks import CaseBlock
from gongkai.domain.letters import policies
from gongkai.domain.letters.desk.blocks import case_files_of, letters_of
from gongkai.foundation.desk import DeskMenuItem


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put letters with their cases, and how offices sign under /desk/letters/."""
    return [
        path("applications/letters/", include("gongkai.domain.letters.desk.urls")),
        path("letters/", include("gongkai.domain.letters.desk.office_urls")),
    ]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Bring the style of a letter on the screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("letters/desk.css"))


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to how offices sign."""
    return DeskMenuItem(
        "文书设置",
        reverse_lazy("letter_offices:index"),
        act=policies.SETTINGS,
        icon_name="mail",
        order=210,
    )


@hooks.register("register_case_block")
def letters() -> CaseBlock:
    """Show the letters of a case."""
    return CaseBlock("文书", "letters/case.html", letters_of, order=110)


@hooks.register("register_case_block")
def case_file() -> CaseBlock:
    """Show the case file and the label of the paper file."""
    return CaseBlock("案卷", "letters/case_file.html", case_files_of, order=400, aside=True)
