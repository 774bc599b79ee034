from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cms", "0005_removal"),
    ]

    operations = [
        migrations.AddField(
            model_name="removal",
            name="files",
            field=models.JSONField(default=list),
        ),
    ]
