"""Choosers that offer what the person may use."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
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


class ContainsForm(SearchFilterMixin, BaseFilterForm):
    """Search by plain containment: the stock search finds nothing for 食堂 inside 烏山子ども食堂."""

    def filter(self, objects: QuerySet) -> QuerySet:
        query = self.cleaned_data.get("q", "")
        self.is_searching, self.search_query = bool(query), query
        fields = {field.name for field in objects.model._meta.get_fields()} & {"name", "kana", "address"}
        conditions = [Q(**{f"{name}__icontains": query}) for name in sorted(fields)]
        return objects.filter(reduce(or_, conditions)) if query and conditions else objects


class ScopedChooseView(ScopedObjects, ChooseView):
    filter_form_class = ContainsForm


class ScopedChooseResultsView(ScopedObjects, ChooseResultsView):
    filter_form_class = ContainsForm


class ScopedChosenView(ScopedObjects, SnippetChosenView):
    pass


class ScopedChosenMultipleView(ScopedObjects, SnippetChosenMultipleView):
    pass


class ScopedChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ScopedChooseView
    choose_results_view_class = ScopedChooseResultsView
    chosen_view_class = ScopedChosenView
    chosen_multiple_view_class = ScopedChosenMultipleView
