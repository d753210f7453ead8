"""``gongkai worker``: the background jobs."""

import click

from gongkai.console.manage import prepare


@click.command()
@click.option("--once", is_flag=True, help="做完排队的任务就退出。")
def command(once: bool) -> None:  # noqa: FBT001  # click's flag
    """启动后台任务，按 Ctrl+C 停止；可以启动多个。"""
    prepare()
    import django  # noqa: PLC0415  # platform only
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    from gongkai.foundation.jobs.beat import do_due, keep_time  # noqa: PLC0415  # needs models
    from gongkai.foundation.publicfiles import actions  # noqa: PLC0415  # needs models
    from gongkai.foundation.search import rebuilding  # noqa: PLC0415  # needs models

    actions.take_up()
    rebuilding.take_up()
    click.echo("后台任务已启动（Ctrl+C 停止）")
    do_due()
    over = keep_time()
    try:
        call_command("db_worker", queue_name="*", reload=False, batch=once, verbosity=0)
    finally:
        over.set()
