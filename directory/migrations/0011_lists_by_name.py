# Written by hand: apart from the rows it counts on, which PostgreSQL must have checked first

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0010_entries_know_their_list"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="importsource",
            constraint=models.UniqueConstraint(
                fields=("municipality", "name"), name="import_source_name_once"
            ),
        ),
    ]
