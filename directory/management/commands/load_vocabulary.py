"""Load the kinds, audiences and features the platform ships with."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.services.vocabulary import load_vocabulary


class Command(BaseCommand):
    help = "種類・対象・設備の一覧を読み込みます(すでにある項目は変えません)。"

    def handle(self, *args: Any, **options: Any) -> None:
        new = load_vocabulary()
        self.stdout.write(
            f"新しく追加:種類{new['categories']}、対象{new['audiences']}、設備・行きやすさ{new['features']}"
        )
