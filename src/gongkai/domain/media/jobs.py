"""Inspecting in the background, and trying every hour whether sites can be reached."""

from datetime import timedelta

from gongkai.core.inspection import site_checks
from gongkai.domain.media.fetching import Fetcher
from gongkai.domain.media.models import Probe, Site
from gongkai.domain.media.surveying import probe
from gongkai.foundation import clock
from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.beat import regularly
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import Reader

KEPT = timedelta(days=60)
"""How long probes are kept."""


@job("media.inspect", title="检查网站", priority=-20)
def inspect(progress: Progress, *, site: int) -> None:
    """Look at one site."""
    from gongkai.domain.media.actions import inspect_site  # noqa: PLC0415  # they start jobs

    found = Site.objects.select_related("organisation").get(pk=site)
    owner = progress.job.owner
    progress.start(None)
    made = inspect_site(found, by=Reader.of(owner) if owner else None, say=progress.step)
    progress.finish(made.get_absolute_url(), made.get_conclusion_display())


@job("media.probe", title="监测网站能否访问", priority=-50)
def probe_sites(progress: Progress) -> None:
    """Try once to reach every registered site."""
    check = site_checks()["unreachable"]
    sites = list(Site.objects.open_on().order_by("pk"))
    for site in progress.over(sites, label=str):
        probe(site, Fetcher(site.all_hosts, seconds=check.seconds, polite=False, pause=0))
    Probe.objects.filter(at__lt=clock.now() - KEPT).delete()


@regularly("media.probe", minutes=60)
def probe_regularly() -> None:
    """Have all sites tried, where there are any."""
    from gongkai.foundation.jobs.actions import start  # noqa: PLC0415  # models cannot load while apps do

    if Site.objects.open_on().exists():
        start(probe_sites)
