"""The pages that belong to no one room."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from headwater.partnership.guard import Request, open_page, page
from headwater.partnership.models import Power


@page(Power.READ_PARTNERSHIP)
def home(request: Request) -> HttpResponse:
    """Where one begins."""
    return render(request, "frame/home.html")


@open_page
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a passkey or a one-time code is asked for, and how to have one."""
    return render(request, "frame/second_factor.html")
