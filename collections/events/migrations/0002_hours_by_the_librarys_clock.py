"""What the form says beside the hours of an event."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="starts",
            field=models.DateTimeField(
                blank=True,
                help_text="照本馆的钟。不知道几点的，两处都留空，只写“时间”。",
                null=True,
                verbose_name="开始",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="ends",
            field=models.DateTimeField(
                blank=True,
                help_text="过了半夜的写第二天；不知道几点散的留空。",
                null=True,
                verbose_name="结束",
            ),
        ),
    ]
