"""The addresses of the routes, their description for programs, and a page on them for people."""

from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from headwater.partnership.guard import Request, open_page, page
from headwater.partnership.models import Power
from headwater.web.api.routes import ABOUT, ROUTES, api

ROOMS = ("partnership", "duties", "data", "assessment", "editing", "strategy", "delivery")
"""Each room's routes stand in the module of that name."""
BASE = "api/v1/"

for room in (*ROOMS, "refusals"):
    _ = import_module(f"headwater.web.api.{room}")


@open_page
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """What every route asks and gives, in OpenAPI 3.1. It holds no data."""
    return JsonResponse(api.get_openapi_schema(path_prefix=f"/{BASE}"), json_dumps_params={"indent": 1})


@page(Power.READ_PARTNERSHIP)
def routes(request: Request) -> HttpResponse:
    """The routes, for people."""
    shown = [{"path": f"/{BASE}{route.path.lstrip('/')}", "route": route} for route in ROUTES.values()]
    return render(request, "api/routes.html", {"routes": shown, "about": ABOUT.split("\n\n")})


def _ruled() -> list[URLPattern]:
    """The patterns of the routes, each with its rule at its door for whoever asks, as a page has."""
    patterns: list[Any] = [found for found in api.urls[0] if found.name in ROUTES]
    for pattern in patterns:
        pattern.callback.rule = ROUTES[pattern.name].rule
    return [path(f"{BASE}{found.pattern}", found.callback, name=f"api_{found.name}") for found in patterns]


urlpatterns = [
    path("api/", routes, name="api"),
    path(f"{BASE}openapi.json", openapi, name="openapi"),
    *_ruled(),
]
