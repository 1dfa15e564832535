"""A file is sent: looked at before anything is kept, refused with a reason, or landed; and then it is gone."""

import gzip
import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headwater.lake.manifest import read_manifests
from headwater.partnership import actions
from headwater.partnership.models import Build, Deed, Organisation, Role, Upload, acting
from partners import Patient
from web.conftest import BY, JOINED, signed_in, somebody
from web.served import (
    RETURN,
    carry_out_all,
    left_in_quarantine,
    patients,
    send,
    sent_and_checked,
    serve_workspace,
)
from workbooks import Sheet, xlsx

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PERSONAL = ("Orsolwin", "Threlkettle", "9990000018", "999 000 0018", "Gannet", "Oakhanger", "Harpoon")


@pytest.fixture
def infirmary(host: Organisation) -> Organisation:
    return actions.bring_in(by=BY, name="The Infirmary", kind="hospital", joined=JOINED, producer="The Infirmary")


@pytest.fixture
def sender(infirmary: Organisation) -> Client:
    return signed_in(somebody(Role.CONTRIBUTOR, infirmary))


@pytest.fixture
def workspace(settings: Any, tmp_path: Path) -> Any:
    return serve_workspace(settings, tmp_path)


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files.items():
            archive.writestr(name.replace("__", "."), contents)
    return made.getvalue()


def test_a_file_is_checked_landed_and_deleted_and_nobody_is_in_what_is_left(
    workspace: Any, settings: Any, infirmary: Organisation, sender: Client
) -> None:
    upload = sent_and_checked(sender, infirmary, patients())
    assert upload.state == Upload.State.CHECKED, upload.why
    page = sender.get(reverse("upload", args=[upload.pk])).content.decode()
    assert "3 rows read, 1 set aside" in page
    assert "&#x27;Assault method&#x27; is not what the contract says it may be" in page
    assert "line 4" in page
    assert left_in_quarantine(settings)
    assert sender.post(reverse("land_upload", args=[upload.pk])).status_code == 302
    carry_out_all()
    upload.refresh_from_db()
    assert upload.state == Upload.State.LANDED
    assert upload.package in {manifest.package for manifest in read_manifests(workspace.landed)}
    assert left_in_quarantine(settings) == []
    told = page + sender.get(reverse("upload", args=[upload.pk])).content.decode() + str(list(Deed.objects.values()))
    assert [word for word in PERSONAL if word in told] == []
    kept = b"".join(path.read_bytes() for path in workspace.root.rglob("*") if path.is_file())
    assert [word for word in PERSONAL if word.encode() in kept] == []


HOSTILE = {
    "the EICAR test file": ("June.csv", EICAR, "EICAR"),
    "the same in a zip": ("June.zip", zipped(a__csv=EICAR), "EICAR"),
    "the same gzipped": ("June.csv.gz", gzip.compress(EICAR), "EICAR"),
    "a zip bomb": ("June.zip", zipped(a__csv=b"0" * (64 << 20)), "times its size"),
    "a program in a zip": ("June.zip", zipped(a__csv=b"a,b\n1,2\n", run__exe=b"MZ"), "macros"),
    "a program that is called a table": ("June.csv", b"MZ\x90\x00" + b"\x00" * 200, "program"),
    "a script that is called a table": ("June.csv", b"#!/bin/sh\nrm -rf /\n", "script"),
    "a picture that is called a workbook": ("June.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "whatever its name says"),
    "a workbook with macros under another name": (
        "June.xlsx",
        xlsx(Sheet("a", [["x"]]), extra={"xl/vbaProject.bin": "macro"}),
        "macros",
    ),
    "a zip that points outside": ("June.zip", zipped(**{"../../evil__csv": b"a,b\n"}), "points outside"),
    "a table nobody knows": ("June.csv", b"one,two\n1,2\n", "no source knows"),
    "a page of the web": ("June.csv", b"<!doctype html><script>alert(1)</script>", "web page"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_hostile_is_refused_with_a_reason_and_deleted(
    what: str, workspace: Any, settings: Any, infirmary: Organisation, sender: Client
) -> None:
    name, contents, why = HOSTILE[what]
    upload = sent_and_checked(sender, infirmary, contents, name)
    assert upload.state == Upload.State.REFUSED
    assert why in upload.why
    assert left_in_quarantine(settings) == []
    assert Build.objects.get().state == Build.State.DONE
    page = sender.get(reverse("upload", args=[upload.pk])).content.decode()
    assert "It was refused" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("name", ["macros.xlsm", "old.xls", "letter.docm", "run.exe", "noending", "page.html"])
def test_a_file_of_another_ending_is_refused_at_the_form(
    name: str, workspace: Any, settings: Any, infirmary: Organisation, sender: Client
) -> None:
    answer = send(sender, infirmary, b"PK\x03\x04", name)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert not Upload.objects.exists()
    assert left_in_quarantine(settings) == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "..\\..\\x.csv", "/etc/x.csv", "CON.csv", "a\x00b\n.csv", "J Smith.csv"]
)
def test_a_name_can_point_nowhere_and_is_not_repeated(
    name: str, workspace: Any, settings: Any, infirmary: Organisation, sender: Client
) -> None:
    upload = sent_and_checked(sender, infirmary, patients(), name)
    assert upload.state == Upload.State.CHECKED, upload.why
    (file,) = left_in_quarantine(settings)
    assert file.parent.parent == Path(settings.WORKSPACE) / "quarantine"
    assert "Smith" not in sender.get(reverse("upload", args=[upload.pk])).content.decode()


class Unread(io.BytesIO):
    """The body of a request that nobody may read."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")


def test_what_is_too_large_is_refused_before_it_is_read(
    settings: Any, infirmary: Organisation, sender: Client, tmp_path: Path
) -> None:
    settings.LARGEST_UPLOAD = 1000
    address = reverse("send", args=[infirmary.slug])
    length = {"CONTENT_LENGTH": str(2 << 30), "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread()}
    answer = sender.generic("POST", address, **length)
    assert answer.status_code == 413
    assert "over 1000" in answer.content.decode()
    assert not list(tmp_path.rglob("quarantine/*"))


def test_a_page_that_takes_no_files_is_sent_none(settings: Any, sender: Client, infirmary: Organisation) -> None:
    length = {"CONTENT_LENGTH": str(4 << 20), "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread()}
    assert sender.generic("POST", reverse("take_back", args=[1]), **length).status_code == 413


def test_nobody_who_is_not_signed_in_puts_a_byte_on_the_disk(
    settings: Any, infirmary: Organisation, tmp_path: Path
) -> None:
    length = {"CONTENT_LENGTH": "200", "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread()}
    answer = Client(enforce_csrf_checks=True).generic("POST", reverse("send", args=[infirmary.slug]), **length)
    assert answer.status_code == 302
    assert not list(tmp_path.rglob("quarantine/*"))


def test_a_sending_that_breaks_off_leaves_nothing(
    settings: Any, sender: Client, infirmary: Organisation, tmp_path: Path
) -> None:
    class Broken(io.BytesIO):
        """A line that drops when half of it has come."""

        def read(self, size: int | None = -1, /) -> bytes:
            if not (piece := super().read(size)):
                raise OSError("gone")
            return piece

    begun = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nNHS number\r\n999'
    length = {"CONTENT_LENGTH": "9000000", "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    sent = {"wsgi.input": Broken(begun + b"9" * 400_000)}
    client = Client(enforce_csrf_checks=True)
    client.cookies = sender.cookies
    _ = client.get(reverse("send", args=[infirmary.slug]))
    answer = client.generic("POST", reverse("send", args=[infirmary.slug]), **length, **sent)
    assert answer.status_code == 403
    assert not Upload.objects.exists()
    assert list((tmp_path / "quarantine").iterdir()) == []


def test_without_a_key_a_file_about_people_is_refused_and_says_who_can_help(
    workspace: Any, settings: Any, infirmary: Organisation, sender: Client
) -> None:
    settings.KEY_FILE = None
    upload = sent_and_checked(sender, infirmary, patients())
    assert upload.state == Upload.State.REFUSED
    assert "HEADWATER_KEY_FILE" in upload.why
    assert left_in_quarantine(settings) == []


def test_rows_of_another_organisation_are_refused(workspace: Any, infirmary: Organisation, sender: Client) -> None:
    upload = sent_and_checked(sender, infirmary, patients(Patient(), Patient(number="B1", site="ZZB02")))
    assert upload.state == Upload.State.REFUSED
    assert "speaks for others than The Infirmary" in upload.why


def test_what_is_public_is_not_sent_by_a_member(workspace: Any, infirmary: Organisation, sender: Client) -> None:
    places = b"pcds,lsoa21cd\nZZ9 9AA,Z01000009\n"
    assert sent_and_checked(sender, infirmary, places, "postcodes.csv").state == Upload.State.REFUSED


def test_what_is_public_is_sent_by_the_hosts_analyst(workspace: Any, host: Organisation) -> None:
    analyst = signed_in(somebody(Role.ANALYST, host))
    upload = sent_and_checked(analyst, host, b"pcds,lsoa21cd\nZZ9 9AA,Z01000009\n", "postcodes.csv")
    assert upload.state == Upload.State.CHECKED, upload.why


def test_a_charity_sends_its_own_return_and_nobody_elses(workspace: Any, charity: Organisation) -> None:
    client = signed_in(somebody(Role.CONTRIBUTOR, charity))
    upload = sent_and_checked(client, charity, RETURN.encode(), "return.csv")
    assert upload.state == Upload.State.CHECKED, upload.why
    assert (upload.found["rows"], upload.found["set_aside"]) == (2, 1)
    assert "not many" not in client.get(reverse("upload", args=[upload.pk])).content.decode()
    other = sent_and_checked(client, charity, RETURN.replace("A Charity", "A Charity Elsewhere").encode(), "return.csv")
    assert other.state == Upload.State.REFUSED


def test_whoever_may_send_one_source_sends_no_other(workspace: Any, settings: Any, infirmary: Organisation) -> None:
    client = signed_in(somebody(Role.CONTRIBUTOR, infirmary, source="ambulance"))
    own = reverse("send_source", args=[infirmary.slug, "ambulance"])
    assert own in client.get(reverse("data")).content.decode()
    for address in (reverse("send", args=[infirmary.slug]), reverse("send_source", args=[infirmary.slug, "emergency"])):
        assert client.post(address, {"file": SimpleUploadedFile("June.csv", patients())}).status_code == 404
    assert client.post(own, {"file": SimpleUploadedFile("June.csv", patients())}).status_code == 302
    carry_out_all()
    upload = Upload.objects.get()
    assert "all that may be sent" in upload.why
    assert client.get(reverse("upload", args=[upload.pk])).status_code == 200
    assert left_in_quarantine(settings) == []


def test_a_scanner_is_asked_where_the_server_has_one(
    workspace: Any, settings: Any, infirmary: Organisation, sender: Client, tmp_path: Path
) -> None:
    script = tmp_path / "scanner.py"
    script.write_text(
        "import sys\nsys.exit(int(b'A3' in open(sys.argv[1], 'rb').read()))\n", encoding="utf-8", newline="\n"
    )
    import sys

    settings.SCANNER = f'"{sys.executable}" "{script}"'
    assert "scanner found" in sent_and_checked(sender, infirmary, patients()).why
    assert sent_and_checked(sender, infirmary, patients(Patient())).state == Upload.State.CHECKED
    settings.SCANNER = str(tmp_path / "not-there")
    unseen = sent_and_checked(sender, infirmary, patients(Patient()))
    assert unseen.state == Upload.State.SENT
    assert Build.objects.latest("pk").state == Build.State.FAILED


def test_an_upload_is_taken_back_once(workspace: Any, settings: Any, infirmary: Organisation, sender: Client) -> None:
    upload = sent_and_checked(sender, infirmary, patients())
    for _ in range(2):
        assert sender.post(reverse("take_back", args=[upload.pk])).status_code == 302
    upload.refresh_from_db()
    assert upload.state == Upload.State.WITHDRAWN
    assert left_in_quarantine(settings) == []
    assert Deed.objects.filter(did="took back").count() == 1


def test_what_nobody_lands_in_time_is_deleted(
    workspace: Any, settings: Any, infirmary: Organisation, sender: Client
) -> None:
    upload = sent_and_checked(sender, infirmary, patients())
    with acting():
        _ = Upload.objects.filter(pk=upload.pk).update(sent=timezone.now() - timedelta(hours=25))
    actions.clear.func()
    upload.refresh_from_db()
    assert upload.state == Upload.State.RUN_OUT
    assert left_in_quarantine(settings) == []


def test_what_a_crash_left_behind_goes_when_the_server_begins_again(
    workspace: Any, settings: Any, infirmary: Organisation, sender: Client
) -> None:
    _ = sent_and_checked(sender, infirmary, patients())
    waiting = left_in_quarantine(settings)
    stray = actions.new_place("stray.csv")
    _ = stray.write_bytes(patients())
    actions.clear_quarantine()
    assert stray.exists()
    actions.clear_quarantine(nothing_arrives=True)
    assert left_in_quarantine(settings) == waiting


PAGES = ("upload", "land_upload", "take_back")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_organisations_upload_is_not_there(
    name: str, method: str, workspace: Any, infirmary: Organisation, sender: Client, charity: Organisation
) -> None:
    upload = sent_and_checked(sender, infirmary, patients())
    stranger = signed_in(somebody(Role.CONTRIBUTOR, charity))
    assert getattr(stranger, method)(reverse(name, args=[upload.pk])).status_code == 404
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED


ORGANISATIONS = ("organisation_data", "send", "agreements", "coverage", "extracts", "retention")


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_the_data_of_another_organisation_are_not_there(
    name: str, workspace: Any, infirmary: Organisation, sender: Client, charity: Organisation
) -> None:
    assert sender.get(reverse(name, args=[infirmary.slug])).status_code == 200
    assert sender.get(reverse(name, args=[charity.slug])).status_code == 404


def test_whoever_only_reads_sends_nothing(
    workspace: Any, settings: Any, host: Organisation, infirmary: Organisation
) -> None:
    auditor = signed_in(somebody(Role.AUDITOR, host))
    assert "does not let you send" in auditor.get(reverse("send", args=[infirmary.slug])).content.decode()
    assert send(auditor, infirmary, patients()).status_code == 403
    assert not Upload.objects.exists()
    assert left_in_quarantine(settings) == []


def test_members_see_their_own_and_the_hosts_see_all(
    workspace: Any, host: Organisation, infirmary: Organisation, sender: Client, charity: Organisation
) -> None:
    upload = sent_and_checked(sender, infirmary, patients())
    _ = sender.post(reverse("land_upload", args=[upload.pk]))
    carry_out_all()
    analyst = signed_in(somebody(Role.ANALYST, host))
    other = signed_in(somebody(Role.CONTRIBUTOR, charity))
    for name, words in (("agreements", "Attendances after assault"), ("coverage", "The Infirmary, 2023"), ("extracts", "emergency.attendances"),
                        ("retention", "clause 7.1")):  # fmt: skip
        assert words in sender.get(reverse(name, args=[infirmary.slug])).content.decode()
        assert words in analyst.get(reverse(name, args=[host.slug])).content.decode()
        assert words not in other.get(reverse(name, args=[charity.slug])).content.decode()
    assert "postcodes.csv" in analyst.get(reverse("extracts", args=[host.slug])).content.decode()
    assert "postcodes.csv" not in sender.get(reverse("extracts", args=[infirmary.slug])).content.decode()


def test_the_pages_ask_the_database_a_bounded_number_of_times(
    workspace: Any, infirmary: Organisation, sender: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        _ = sent_and_checked(sender, infirmary, patients())
    with django_assert_max_num_queries(8):
        _ = sender.get(reverse("organisation_data", args=[infirmary.slug]))
    with django_assert_max_num_queries(8):
        _ = sender.get(reverse("data"))
    with django_assert_max_num_queries(9):
        _ = sender.get(reverse("upload", args=[Upload.objects.latest("pk").pk]))
