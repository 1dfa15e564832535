"""Into a county that does not exist anybody may come as anybody; into a real one nobody may."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from headwater.partnership.models import Deed, Person, acting
from headwater.web.environment import is_demonstration

pytestmark = pytest.mark.one_database


def test_the_demonstration_lets_one_in_as_anybody(settings: Any, lead: Person) -> None:
    settings.DEMONSTRATION = True
    client = Client()
    assert "Look round as one of them" in client.get("/account/login/").content.decode()
    assert client.post("/account/enter/", {"person": lead.pk})["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Deed.objects.filter(did="looked round as", who="the command line").exists()


def test_a_real_partnership_has_no_such_door(settings: Any, lead: Person) -> None:
    settings.DEMONSTRATION = False
    assert "Look round" not in Client().get("/account/login/").content.decode()
    assert Client().post("/account/enter/", {"person": lead.pk}).status_code == 404


@pytest.mark.parametrize("person", ["", "x", "999999"])
def test_nobody_comes_in_as_somebody_who_is_not_there(settings: Any, db: None, person: str) -> None:
    settings.DEMONSTRATION = True
    assert Client().post("/account/enter/", {"person": person}).status_code == 404


def test_nobody_comes_in_as_somebody_who_exists(settings: Any, lead: Person) -> None:
    settings.DEMONSTRATION = True
    with acting():
        _ = Person.objects.filter(pk=lead.pk).update(email="somebody@council.test")
    assert Client().post("/account/enter/", {"person": lead.pk}).status_code == 404


def test_a_demonstration_that_others_can_reach_has_no_such_door(tmp_path: Path) -> None:
    (tmp_path / "demonstration.toml").touch()
    assert is_demonstration(tmp_path, ["localhost", "127.0.0.1"])
    assert not is_demonstration(tmp_path, ["localhost", "vru.example"])
    assert not is_demonstration(tmp_path / "elsewhere", ["localhost"])
