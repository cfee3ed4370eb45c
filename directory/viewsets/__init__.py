"""The register in Wagtail's staff screens."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .curation import MistakeViewSet, VerificationViewSet
from .deleted import DeletedViewSet
from .duplicates import DuplicateViewSet
from .imports import ImportRunViewSet
from .organizations import OrganizationViewSet, VenueViewSet
from .registrations import ClaimViewSet, RegistrationViewSet
from .resources import ResourceViewSet
from .vocabulary import AudienceViewSet, CategoryViewSet, FeatureViewSet


class RegisterGroup(SnippetViewSetGroup):
    """「地域資源」 in the menu."""

    menu_label = _("地域資源")
    menu_icon = "pick"
    menu_name = "register"
    menu_order = 100
    items = (
        ResourceViewSet,
        OrganizationViewSet,
        VenueViewSet,
        RegistrationViewSet,
        ClaimViewSet,
        MistakeViewSet,
        DuplicateViewSet,
        VerificationViewSet,
        ImportRunViewSet,
        DeletedViewSet,
        CategoryViewSet,
        AudienceViewSet,
        FeatureViewSet,
    )


__all__ = ["RegisterGroup"]
