"""The ledger, read: by whom, at what cost, and what it proves."""

from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from headwater.cli.rooms import examine_rooms
from headwater.partnership.actions import record
from headwater.partnership.models import Deed, Organisation, Role
from web.conftest import BY, signed_in, somebody


def test_a_partner_reads_what_was_done_with_its_own_data_and_nothing_else(
    host: Organisation, police: Organisation, charity: Organisation
) -> None:
    _ = record("landed", "crimes.csv", by=BY, whose=police)
    _ = record("landed", "clients.csv", by=BY, whose=charity)
    client = signed_in(somebody(Role.CONTRIBUTOR, police))
    page = client.get(reverse("organisation_ledger", args=["the-police"])).content.decode()
    assert "crimes.csv" in page
    assert "clients.csv" not in page
    assert client.get(reverse("organisation_ledger", args=["a-charity"])).status_code == 404
    assert client.get(reverse("ledger")).status_code in (302, 403)
    assert (
        reverse("organisation_ledger", args=["the-police"])
        in client.get(reverse("organisation", args=["the-police"])).content.decode()
    )


def test_a_page_of_the_ledger_costs_the_same_however_long_it_is(
    host: Organisation, django_assert_max_num_queries: object
) -> None:
    client = signed_in(somebody(Role.AUDITOR, host))
    for _ in range(120):
        _ = record("tried", "the ledger", by=BY)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = client.get(reverse("ledger")).content.decode()
    assert str(Deed.objects.first().hash) in page  # type: ignore[union-attr]


@pytest.mark.parametrize(("tampered", "said"), [(False, "every seal whole"), (True, "was changed at line 2")])
def test_whoever_asks_is_told_whether_every_line_stands(host: Organisation, tampered: bool, said: str) -> None:
    client = signed_in(somebody(Role.AUDITOR, host))
    if tampered:
        with connection.cursor() as cursor:
            cursor.execute("update partnership_deed set who = 'nobody' where number = 2")
    assert said in client.get(reverse("ledger"), {"check": "every-line"}).content.decode()


@pytest.mark.parametrize(
    ("tampered", "state", "said"), [(False, "well", "an unbroken chain"), (True, "wrong", "at line 2")]
)
def test_the_command_line_names_the_line_that_was_changed(
    host: Organisation, tampered: bool, state: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_WORKSPACE", str(tmp_path))
    _ = [record("tried", "the ledger", by=BY) for _ in range(3)]
    if tampered:
        with connection.cursor() as cursor:
            cursor.execute("update partnership_deed set because = 'no reason' where number = 2")
    database, ledger = examine_rooms(tmp_path)
    assert (database.state, ledger.state) == ("well", state)
    assert said in ledger.said
