from django.db import migrations

from cms.setup.part_numbering import count_from_zero


def lower(apps, schema_editor):
    count_from_zero(apps.get_model("exhibitions", "ItineraryLeg"), "exhibition", "legs", apps.get_model("wagtailcore", "Revision"))


class Migration(migrations.Migration):

    dependencies = [
        ("exhibitions", "0001_initial"),
        ("cms", "0005_removal"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(lower, migrations.RunPython.noop, elidable=True)]
