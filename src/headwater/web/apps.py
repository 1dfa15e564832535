"""What begins when Django does."""

from importlib import import_module

from django.apps import AppConfig


class Web(AppConfig):
    """The room that joins the others."""

    name = "headwater.web"

    def ready(self) -> None:
        """From now on the ledger hears of everybody who comes and goes."""
        _ = import_module("headwater.web.sign_in_ledger")
