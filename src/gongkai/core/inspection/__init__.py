"""The national inspection of government websites and new-media accounts: criteria, pages, conclusions.

The criteria are data (``law/inspection``, ``law/directories/inspection.yaml``). :func:`read_page` reads one page as a
visitor would: its links, its dated entries, whether it can be searched. :func:`judge_site` and :func:`judge_account`
hold what was found against the criteria, each with its evidence; what only a person can tell stays open for one.
Nothing here fetches anything.
"""

from gongkai.core.inspection.article import Article, read_article
from gongkai.core.inspection.checks import Check, Severity, account_checks, site_checks
from gongkai.core.inspection.judging import (
    Mark,
    SeenColumn,
    SeenLink,
    SiteFacts,
    State,
    conclusion,
    judge_account,
    judge_site,
)
from gongkai.core.inspection.page import Entry, Link, Page, read_page

__all__ = [
    "Article",
    "Check",
    "Entry",
    "Link",
    "Mark",
    "Page",
    "SeenColumn",
    "SeenLink",
    "Severity",
    "SiteFacts",
    "State",
    "account_checks",
    "conclusion",
    "judge_account",
    "judge_site",
    "read_article",
    "read_page",
    "site_checks",
]
