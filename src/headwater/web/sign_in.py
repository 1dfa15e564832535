"""How people come in: by invitation only, with a second factor where their role sees what is not released."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Nobody signs up; the addresses that a sign-in may go on to are our own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the same for everybody
        return False
