"""One's own account: the name, and how one signs in."""

from typing import cast

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from districts.models import User
from frontend.citizens.me_forms import NameForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    """The name to change, and the ways to sign in with the pages that change them."""
    me = cast(User, request.user)
    form = NameForm(request.POST if request.method == "POST" else None, instance=me)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("me-account")
    factors = Authenticator.objects.filter(user_id=me.pk).values_list("type", flat=True)
    context = {
        "form": form,
        "has_password": me.has_usable_password(),
        "app": Authenticator.Type.TOTP in factors,
        "keys": sum(kind == Authenticator.Type.WEBAUTHN for kind in factors),
        "others": bool(settings.OIDC_PROVIDERS) or SocialAccount.objects.filter(user_id=me.pk).exists(),
    }
    return render(request, "me/account.html", context, status=422 if form.errors else 200)
