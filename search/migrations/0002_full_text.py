"""The full-text part of the index, which each database has in its own way."""

from django.db import migrations

# SQLite: FTS5 over the column of tokens analysed in Python. `ascii` splits at ASCII punctuation alone and takes every
# other character as it is; our tokens hold no ASCII punctuation. detail=none: no positions, a third of the size.
SQLITE = [
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        tokens, content='search_indexeddocument', content_rowid='id', tokenize='ascii', detail='none')""",
]
# PostgreSQL: lexemes made by us, so no text search configuration is involved.
POSTGRESQL = [
    "ALTER TABLE search_indexeddocument ADD COLUMN lexemes tsvector",
    "CREATE INDEX search_document_lexemes ON search_indexeddocument USING gin (lexemes)",
]
UNDO = {
    "sqlite": ["DROP TABLE search_fts"],
    "postgresql": ["ALTER TABLE search_indexeddocument DROP COLUMN lexemes"],
}


def create(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor, [])
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in UNDO.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_tables")]
    operations = [migrations.RunPython(create, drop)]
