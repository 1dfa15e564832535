"""What a program is told when it is refused: the same sentence as a person, in JSON."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError

from headwater.web.api.routes import api


@api.exception_handler(PermissionDenied)
def refused(request: HttpRequest, problem: Exception) -> HttpResponse:
    """403, with the reason."""
    return api.create_response(request, {"detail": str(problem)}, status=403)


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """422: where what is wrong stands and what it should be, without what was sent."""
    said = [{"where": list(error["loc"]), "wrong": error["msg"]} for error in problem.errors]
    return api.create_response(request, {"detail": said}, status=422)
