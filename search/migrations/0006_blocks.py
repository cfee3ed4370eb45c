"""The index as blocks of documents with their postings. What was indexed before is indexed anew: it is a copy."""

from django.db import migrations, models

NOTHING = migrations.RunPython.noop


def forget_all(apps, schema_editor):
    """Old rows say nothing to the new engine; an index without an analysis is reported as one to rebuild."""
    for name in ("IndexedCompletion", "IndexedKeyword", "IndexedDate", "IndexedDocument"):
        apps.get_model("search", name).objects.all().delete()
    apps.get_model("search", "IndexState").objects.update(analysis="")


def drop_full_text(apps, schema_editor):
    statement = {
        "sqlite": "DROP TABLE search_fts",
        "postgresql": "ALTER TABLE search_indexeddocument DROP COLUMN lexemes",
    }
    schema_editor.execute(statement[schema_editor.connection.vendor])


def create_postings(apps, schema_editor):
    """On SQLite the key is the table: no second copy of every token."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE TABLE search_indexedposting (block bigint NOT NULL, token varchar(100) NOT NULL, "
            "places BLOB NOT NULL, PRIMARY KEY (block, token)) WITHOUT ROWID"
        )
    else:
        schema_editor.create_model(apps.get_model("search", "IndexedPosting"))


def drop_postings(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_indexedposting")


class Migration(migrations.Migration):
    dependencies = [("search", "0005_completions_by_code_point")]
    operations = [
        migrations.RunPython(forget_all, NOTHING),
        migrations.RunPython(drop_full_text),
        migrations.DeleteModel("IndexedKeyword"),
        migrations.DeleteModel("IndexedDate"),
        migrations.RemoveIndex("indexeddocument", "search_document_place"),
        *(
            migrations.RemoveField("indexeddocument", name)
            for name in (
                "title_key",
                "lat",
                "lng",
                "tile",
                "verified_on",
                "plain_title_end",
                "readings_title_end",
                "tokens",
            )
        ),
        migrations.CreateModel(
            name="IndexedBlock",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("index", models.CharField(max_length=60)),
                ("first", models.BigIntegerField()),
                ("stamp", models.BigIntegerField()),
                ("documents", models.PositiveIntegerField()),
                ("rows", models.BinaryField()),
                ("gone", models.BinaryField()),
                ("columns", models.BinaryField()),
            ],
            options={
                "verbose_name": "検索の区画",
                "verbose_name_plural": "検索の区画",
                "indexes": [models.Index(fields=["index", "first"], name="search_block_order")],
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="IndexedPosting",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "block",
                                "token",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("block", models.BigIntegerField()),
                        ("token", models.CharField(max_length=500)),
                        ("places", models.BinaryField()),
                    ],
                    options={"verbose_name": "検索の語", "verbose_name_plural": "検索の語"},
                )
            ],
        ),
        migrations.RunPython(create_postings, drop_postings),
    ]
