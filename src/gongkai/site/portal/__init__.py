"""The portal's shell: what every public page shares.

How another app takes part, in its ``wagtail_hooks.py`` (strings only, nothing to import from here)::

    @hooks.register("register_portal_urls")
    def urls():
        return [path("reports/", include("gongkai.oversight.reports.portal.urls"))]

    @hooks.register("register_portal_section")
    def section():
        return {"title": "政府信息公开年报", "href": reverse_lazy("portal_reports:index"), "order": 500}

or a list of several. ``register_portal_front`` may return the whole front page for a request.
A section may have ``summary`` (a sentence for the front page) and ``latest`` (a function that returns
what is new in it: ``title``, ``href``, ``on``).

Its templates extend ``portal/base.html`` and fill ``title``, ``crumbs`` (``<li>`` each), ``side``
(the column at the left) and ``content``; ``document`` instead of ``content`` gives the narrow
measure of a document. A traditional view of every page stands under ``/hant/``.
"""
