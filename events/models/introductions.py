"""Introductions (つなぎ): a group asks for another one, staff of the place brings them together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from directory.models import Organization
from directory.models.base import PublicIdentity, Stamped

from ..choices import IntroductionOutcome, IntroductionState
from ..querysets import IntroductionQuerySet
from .gatherings import Gathering
from .opportunities import Opportunity


class Introduction(PublicIdentity, Stamped):
    """One introduction from the request to its outcome. Never public."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    from_organization = models.ForeignKey(
        Organization,
        verbose_name=_("つないでほしい団体"),
        on_delete=models.CASCADE,
        related_name="introductions_asked",
    )
    to_organization = models.ForeignKey(
        Organization,
        verbose_name=_("相手の団体"),
        on_delete=models.CASCADE,
        related_name="introductions_received",
    )
    purpose = models.TextField(_("つないでほしいわけ"))
    opportunity = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="introductions"
    )
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="introductions"
    )
    district = models.ForeignKey(
        Area,
        verbose_name=_("地区"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="introductions",
    )
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("つなぐ人"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="introductions",
    )
    state = models.CharField(
        _("状態"), max_length=12, choices=IntroductionState.choices, default=IntroductionState.REQUESTED
    )
    broker_note = models.TextField(_("つなぐ人のメモ"), blank=True)
    from_consents = models.BooleanField(_("つないでほしい団体の同意"), null=True, blank=True)
    to_consents = models.BooleanField(_("相手の団体の同意"), null=True, blank=True)
    # What each side lets the other one know; shown to nobody but staff before both agreed.
    from_contact = models.CharField(_("伝える連絡先(つないでほしい団体)"), max_length=200, blank=True)
    to_contact = models.CharField(_("伝える連絡先(相手の団体)"), max_length=200, blank=True)
    decline_reason = models.CharField(_("見送りの理由"), max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    introduced_at = models.DateTimeField(_("つないだ日時"), null=True, blank=True)
    follow_up_on = models.DateField(_("様子を聞く日"), null=True, blank=True, db_index=True)
    outcome = models.CharField(_("結果"), max_length=10, choices=IntroductionOutcome.choices, blank=True)
    outcome_note = models.TextField(_("結果のメモ"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("つなぎ")
        verbose_name_plural = _("つなぎ")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_organization=F("to_organization")), name="introduction_of_two"
            ),
            models.UniqueConstraint(
                fields=["from_organization", "to_organization"],
                condition=Q(state__in=("requested", "asking")),
                name="introduction_open_once_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_organization} → {self.to_organization}"

    def side(self, side: str) -> Organization:
        """The organization of a side, "from" or "to"."""
        return self.from_organization if side == "from" else self.to_organization

    def other(self, side: str) -> Organization:
        """The organization across from `side`."""
        return self.to_organization if side == "from" else self.from_organization

    def side_of(self, organization: Organization) -> str:
        """Which side `organization` is."""
        return "from" if organization.pk == self.from_organization_id else "to"

    def consent_of(self, side: str) -> bool | None:
        """What `side` said; None while it has not answered."""
        return self.from_consents if side == "from" else self.to_consents

    def contact_of_other(self, side: str) -> str:
        """What the other side lets `side` know; "" before both agreed."""
        if self.introduced_at is None:
            return ""
        return self.to_contact if side == "from" else self.from_contact
