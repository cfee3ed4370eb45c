"""Completions compare by code point on every database, so that "begins with" is a stretch of the index."""

from django.db import migrations


def compare_by_code_point(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":  # SQLite does so already
        schema_editor.execute(
            'ALTER TABLE search_indexedcompletion ALTER COLUMN form TYPE varchar(60) COLLATE "C"'
        )


def compare_by_locale(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            'ALTER TABLE search_indexedcompletion ALTER COLUMN form TYPE varchar(60) COLLATE "default"'
        )


class Migration(migrations.Migration):
    dependencies = [("search", "0004_staff_words_and_notes")]
    operations = [migrations.RunPython(compare_by_code_point, compare_by_locale)]
