"""For somebody who lost device and recovery codes. Ask who it is by telephone first."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from members.mail_address import normalise_address
from members.models import User
from members.sessions import end_all_sessions


class Command(BaseCommand):
    help = "Remove every passkey, authenticator app and recovery code of an account, and end its sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The address the account logs in with.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=normalise_address(options["email"])).first()
        if user is None:
            raise CommandError("No account has this address. Look it up in 利用者と役割.")
        removed, _kinds = Authenticator.objects.filter(user=user).delete()
        end_all_sessions(user)
        self.stdout.write(f"{removed} removed. The next login asks for a code by mail or the password only.")
