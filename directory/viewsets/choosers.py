"""Choosers that offer what the person may use."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)


class ScopedObjects:
    """Every list and every single row of a chooser comes from the policy."""

    model_class: Any
    request: Any

    def get_object_list(self) -> QuerySet:
        return policy_registry.get_by_type(self.model_class).choosable(self.request.user)

    def get_object(self, pk: Any) -> Any:
        try:
            return self.get_object_list().get(pk=pk)
        except (ValueError, OverflowError) as error:
            raise ObjectDoesNotExist from error

    def get_objects(self, pks: Any) -> QuerySet:
        return self.get_object_list().filter(pk__in=[pk for pk in pks if str(pk).isdigit()])


class ScopedChooseView(ScopedObjects, ChooseView):
    pass


class ScopedChooseResultsView(ScopedObjects, ChooseResultsView):
    pass


class ScopedChosenView(ScopedObjects, SnippetChosenView):
    pass


class ScopedChosenMultipleView(ScopedObjects, SnippetChosenMultipleView):
    pass


class ScopedChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ScopedChooseView
    choose_results_view_class = ScopedChooseResultsView
    chosen_view_class = ScopedChosenView
    chosen_multiple_view_class = ScopedChosenMultipleView
