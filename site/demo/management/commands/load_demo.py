"""Load the demo content once, and say how to log in."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from tqdm import tqdm

from demo.people import LOGINS
from demo.services import demo_is_loaded, load_demo
from tests.factories.members import PASSWORD


class Command(BaseCommand):
    help = "見本の内容(架空の団体と場所)を読み込みます。2回目からは何も変えません。"

    def handle(self, *args: Any, **options: Any) -> None:
        if demo_is_loaded():
            self.stdout.write("見本はもう入っています。")
        else:
            with tqdm(desc="見本を作っています", unit="地区", total=31) as bar:
                counts = load_demo(progress=bar.update)
            call_command("rebuild_references_index", verbosity=0)
            self.stdout.write(
                f"見本を読み込みました:{counts['districts']}地区、{counts['resources']}件、{counts['organizations']}団体"
            )
        self.stdout.write("見本のログイン(パスワードはすべて同じ)")
        for login in LOGINS:
            self.stdout.write(f"  {login.email:<22} {PASSWORD}  {login.label}")
