"""A workspace that is served, small and invented: an agreement, look-ups that find places, and files as members send them."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from headwater.engine import open_engine
from headwater.lake import Settings, Workspace, conform, land, new
from headwater.partnership.actions import carry_out
from headwater.partnership.models import Build, Organisation, Upload
from headwater.vocabulary import Level
from partners import Patient, a_key, agree, body_of, look_ups

DAY = "2026-01-05"
RETURN = (
    "Organisation,Service,From,To,Area,What is counted,Who,Number\n"
    "A Charity,Youth work,2025-04,2025-06,Z07000001,People helped,Under 18,12\n"
    "A Charity,Youth work,2025-07,2025-09,Z07000001,People helped,Under 18,not many\n"
)


def serve_workspace(settings: Any, folder: Path) -> Workspace:
    """A workspace whose agreement is in force today, whatever day that is; the server has a key."""
    workspace = new(
        folder / "served",
        Settings(area_level=Level.FORCE, area_code="Z23000001", area_name="", title="Violence", author="The Unit"),
    )
    agree(
        workspace,
        starts="2000-01-01",
        expires="2999-12-31",
        producers='ZZA01 = "The Infirmary", ZZB02 = "Another Hospital"',
    )
    with open_engine(scratch=workspace.scratch) as engine:
        for path in look_ups(folder / "look-ups"):
            _ = land(workspace, path, received=DAY)
        _ = conform(workspace, engine)
    settings.WORKSPACE = workspace.root
    settings.KEY_FILE = a_key(folder)
    return workspace


def patients(*each: Patient) -> bytes:
    """A file of attendances."""
    return body_of(each or (Patient(), Patient(number="A2"), Patient(number="A3", method="Harpoon"))).encode()


def send(client: Client, organisation: Organisation, contents: bytes, name: str = "June.csv") -> Any:
    """Send a file as the form does."""
    file = SimpleUploadedFile(name, contents)
    return client.post(reverse("send", args=[organisation.slug]), {"file": file})


def carry_out_all() -> None:
    """What a worker would do: everything that waits, in turn."""
    for build in Build.objects.filter(state=Build.State.ASKED).order_by("asked"):
        carry_out.func(build.pk)


def sent_and_checked(client: Client, organisation: Organisation, contents: bytes, name: str = "June.csv") -> Upload:
    """A file that was sent, and what a worker makes of it."""
    answer = send(client, organisation, contents, name)
    assert answer.status_code == 302, answer.content.decode()
    carry_out_all()
    return Upload.objects.latest("pk")


def left_in_quarantine(settings: Any) -> list[Path]:
    """Every file that lies there."""
    return [path for path in (Path(settings.WORKSPACE) / "quarantine").rglob("*") if path.is_file()]
