"""The desk: what every back-office screen of ours shares. Wagtail's shell, our density.

How another app takes part, all in its ``wagtail_hooks.py``::

    @hooks.register("register_admin_urls")
    def urls():
        return [path("reports/", include("gongkai.oversight.reports.desk.urls"))]   # has app_name

    @hooks.register("register_admin_menu_item")
    def menu():
        return DeskMenuItem("年度报告", reverse_lazy("reports:index"), act="reports.view",
                            icon_name="doc-full", order=300, badge=count_waiting)

    @hooks.register("register_today_panel")
    def panel():
        return Panel("待我确认", "reports/today.html", waiting, order=100)

* :class:`~.menu.DeskMenuItem` shows itself only to whom its act is open; ``badge(reader)`` may
  return a number. Orders: 今日 0, business 100–600, 机构与人员 700, 留痕 800, 后台任务 850.
* :class:`~.panels.Panel` takes ``context(reader)``, which returns a mapping for the template, or
  ``None`` for nothing to show.
* :class:`~.views.DeskView` is a template view behind an act: set ``act``, ``title``,
  ``template_name`` and, if wanted, ``crumbs``; the template extends ``desk/base.html`` and fills
  ``desk_actions`` (one primary action) and ``desk_content``.
* CSS classes are listed in ``static/desk/desk.css``; colours come from ``static/tokens.css`` alone.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.foundation.desk.menu import DeskMenuItem
    from gongkai.foundation.desk.panels import Panel
    from gongkai.foundation.desk.views import DeskView

__all__ = ["DeskMenuItem", "DeskView", "Panel"]


def __getattr__(name: str) -> object:
    # Wagtail's classes need loaded apps, and Django imports this package to find the app
    if name == "DeskMenuItem":
        from gongkai.foundation.desk.menu import DeskMenuItem  # noqa: PLC0415

        return DeskMenuItem
    if name == "Panel":
        from gongkai.foundation.desk.panels import Panel  # noqa: PLC0415

        return Panel
    if name == "DeskView":
        from gongkai.foundation.desk.views import DeskView  # noqa: PLC0415

        return DeskView
    raise AttributeError(name)
