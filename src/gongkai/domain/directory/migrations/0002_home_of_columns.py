"""Wagtail's welcome page becomes the page above all columns."""

from django.db import migrations


def name_home(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Page.objects.filter(depth=2, slug="home", numchild=0).update(
        title="栏目", draft_title="栏目", slug="columns", url_path="/columns/"
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [migrations.RunPython(name_home, migrations.RunPython.noop)]
