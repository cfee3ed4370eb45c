"""Login and one's own page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from .login_forms import LoginForm


@method_decorator(never_cache, name="dispatch")
class Login(LoginView):
    """Log in by e-mail address; whoever is logged in already goes to their own page."""

    form_class = LoginForm
    template_name = "members/login.html"
    redirect_authenticated_user = True


@never_cache  # personal: never kept by a browser or a proxy
@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    """Who one is here, which places one works for, and the way on."""
    assignments = request.user.assignments.select_related("area")
    return render(request, "members/my_page.html", {"assignments": assignments})
