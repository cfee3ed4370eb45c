# Written by hand

from pathlib import PurePath

from django.db import migrations, models

#: The layout whose numbers are the list's own.
_LAYOUT = "generic"
_NAME_LENGTH = 80
_AT_ONCE = 500


def name_lists_apart(apps, schema_editor):
    """Lists were known by their columns and called like their files: two may be called the same."""
    ImportSource = apps.get_model("directory", "ImportSource")
    taken = set()
    for source in ImportSource.objects.order_by("pk"):
        name = _free(source.name, {name for town, name in taken if town == source.municipality_id})
        taken.add((source.municipality_id, name))
        if name != source.name:
            ImportSource.objects.filter(pk=source.pk).update(name=name)


def put_lists_into_keys(apps, schema_editor):
    """`generic:131121:7` becomes `generic:<list>:131121:7`, so that two lists numbered 1 to n stay apart.

    The list of an entry is the one it came from. Where another wrote over it since, its own puts it right the next
    time, and the other brings an entry of its own. Files taken in by the command named no list: each name of a file
    becomes one. An entry whose rows are gone keeps its old key, and is new to the next file.
    """
    ImportRun = apps.get_model("directory", "ImportRun")
    ImportRow = apps.get_model("directory", "ImportRow")
    Resource = apps.get_model("directory", "Resource")
    for run in ImportRun.objects.filter(layout=_LAYOUT, source=None, state="applied"):
        run.source = _list_of(apps, run)
        run.save(update_fields=["source"])
    runs = ImportRun.objects.filter(layout=_LAYOUT, source__isnull=False)
    written = models.Q(run__in=runs.filter(state="applied"))
    written |= models.Q(run__in=runs.filter(state="failed"), is_applied=True)
    rows = ImportRow.objects.filter(written, decision__in=("new", "changed", "same"))
    oldest_first = rows.order_by("run__created_at", "run_id", "pk")
    lists = {}
    for resource, source in oldest_first.values_list("resource_id", "run__source_id").iterator():
        lists.setdefault(resource, source)
    start = f"{_LAYOUT}:"
    found = Resource.objects.filter(source_key__startswith=start).only("pk", "source_key")
    changed = []
    for resource in found.iterator(chunk_size=_AT_ONCE):
        if resource.pk in lists:
            resource.source_key = f"{start}{lists[resource.pk]}:{resource.source_key.removeprefix(start)}"[:200]
            changed.append(resource)
    Resource.objects.bulk_update(changed, ["source_key"], batch_size=_AT_ONCE)


def _list_of(apps, run):
    ImportSource = apps.get_model("directory", "ImportSource")
    name = PurePath(run.file_name).stem[:_NAME_LENGTH].strip() or "名簿"
    # No row of the file is looked at: its columns are remembered the next time.
    found, _made = ImportSource.objects.get_or_create(
        municipality_id=run.municipality_id, name=name, defaults={"layout": _LAYOUT, "headers_hash": ""}
    )
    return found


def _free(name, taken):
    found, number = name, 1
    while found in taken:
        number += 1
        ending = f"({number})"
        found = name[: _NAME_LENGTH - len(ending)] + ending
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_imports_read_in_the_background"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="importsource",
            name="import_source_once",
        ),
        migrations.AlterField(
            model_name="importsource",
            name="headers_hash",
            field=models.CharField(db_index=True, max_length=64),
        ),
        migrations.RunPython(name_lists_apart, migrations.RunPython.noop),
        migrations.RunPython(put_lists_into_keys, migrations.RunPython.noop),
    ]
