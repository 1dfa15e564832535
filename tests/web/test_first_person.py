"""How the first person comes in, whom nobody in a browser can invite."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client

from headwater.cli.inviting import invite
from headwater.partnership.models import Deed, Membership, Organisation
from headwater.vocabulary import WrongRequest
from web.conftest import PASSWORD


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The command says in the environment which workspace it is about."""
    monkeypatch.setenv("HEADWATER_WORKSPACE", str(tmp_path))


def test_the_first_person_is_invited_at_the_command_line_and_comes_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invite("one@unit.example", "The First", organisation="The Unit", where=tmp_path)
    address = capsys.readouterr().out.split()[-1]
    assert re.match(r"https?://localhost/invitation/", address)
    client, said = Client(), {"password": PASSWORD}
    page = client.get(urlsplit(address).path).content.decode()
    assert "The Unit" in page
    answer = client.post(urlsplit(address).path, said)
    assert answer.status_code == 302, answer.content.decode()
    held = Membership.objects.get()
    assert (held.organisation.hosts, held.role, held.person.email) == (True, "administrator", "one@unit.example")
    assert [deed.who for deed in Deed.objects.filter(did__in=("brought in", "invited"))] == ["the command line"] * 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"email": "one@unit.example", "name": "One"}, "No organisation hosts the partnership yet"),
        ({"email": "nobody", "name": "One", "organisation": "The Unit"}, "valid email"),
        ({"email": "one@unit.example", "name": "One", "organisation": "The Unit", "role": "kead"}, "there is 'lead'"),
    ],
)
def test_a_wrong_invitation_is_told_in_a_sentence(said: dict[str, str], words: str, tmp_path: Path) -> None:
    with pytest.raises(WrongRequest, match=words):
        invite(**said, where=tmp_path)
    assert not Organisation.objects.exists()


def test_who_hosts_stays_so(host: Organisation, tmp_path: Path) -> None:
    with pytest.raises(WrongRequest, match="The Unit hosts the partnership"):
        invite("one@unit.example", "One", organisation="Another", where=tmp_path)
    invite("one@unit.example", "One", role="lead", where=tmp_path)
    assert Organisation.objects.count() == 1
