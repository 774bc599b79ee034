"""The bar calls a shelf what its page does; names that a librarian chose for the bar stay."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WERE = (("影展", "Shows"), ("书角", "Corners"), ("绘本", "Books"), ("地名", "Places"))
"""What the bar said in Chinese and in English while the page said something else."""


def clear(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Leave the names of the bar empty, so that it takes those of the pages."""
    shelf = apps.get_model("cms", "Shelf")
    for chinese, english in WERE:
        shelf.objects.filter(nav_title=chinese, nav_title_en=english).update(nav_title="", nav_title_en="")


class Migration(migrations.Migration):
    dependencies = [("cms", "0006_removal_files")]

    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]
