"""What Aldermere's partners sent, what shows that its duty is done, and who answers for its policing."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from headwater.partnership import actions
from headwater.partnership.models import Office, Organisation, Person, Upload
from headwater.partnership.questions import Operator
from headwater.web.demonstration.people import example

INVENTED = "invented"
SENT = (
    ("hospital@aldermere.example", "loomgate-infirmary", "pretend_ed_assaults_zza01.csv"),
    ("charity@aldermere.example", "tollbridge-youth-trust", "tollbridge-return.csv"),
    ("families@aldermere.example", "stanmouth-families-together", "stanmouth-return.csv"),
)
"""Who sends what for whom: the first lands, the second is refused, the third waits for its sender to land it."""
HEADER = "Organisation,Service,From,To,Area,What is counted,Who,Number"
RETURNS = {
    "tollbridge-return.csv": (
        f"{HEADER},Client name",
        "Tollbridge Youth Trust,Detached youth work,2026-07,2026-09,Stanmouth,People helped,Under 18,41,Nobody",
    ),
    "stanmouth-return.csv": (
        HEADER,
        "Stanmouth Families Together,Family support,2026-07,2026-09,Stanmouth,People helped,Under 18,63",
        "Stanmouth Families Together,Family support,2026-07,2026-09,Stanmouth,Sessions delivered,Under 18,212",
        "Stanmouth Families Together,Family support,2026-07,2026-09,Stanmouth,Referrals received,Under 18,a few",
    ),
}
"""Returns as charities fill them in: one with a column that must not be there, one with a number that is none. All is invented."""


def seed_data(by: Operator) -> None:
    """Offices and proofs as they are written down; then files are sent, and a worker's work is done on each of them."""
    seed_offices(by)
    seed_proofs(by)
    if (Path(settings.WORKSPACE) / INVENTED).is_dir():
        for sender, organisation, name in SENT:
            _send(Person.objects.get(email=sender), Organisation.objects.get(slug=organisation), name)


def seed_offices(by: Operator) -> None:
    """Each office with its areas and those who held it."""
    for one in example("offices.toml")["offices"]:
        at = Organisation.objects.get(name=one["organisation"])
        office: Office = actions.make_office(by=by, organisation=at, title=one["title"], starts=one["starts"])
        for area in one["areas"]:
            _ = actions.give_area(by=by, office=office, **area)
        for holder in one["holders"]:
            _ = actions.seat_holder(by=by, office=office, **holder)


def seed_proofs(by: Operator) -> None:
    """What is shown of the duty; what is not written down is not shown."""
    named = {each.name: each for each in Organisation.objects.all()}
    host = next(each for each in named.values() if each.hosts)
    for one in example("duties.toml")["proofs"]:
        given = {name: value for name, value in one.items() if name != "organisation"}
        given["on"] = min(
            given["on"], timezone.localdate()
        )  # on a machine whose clock is behind nothing is yet to come
        _ = actions.show_duty(
            by=by, organisation=named[one["organisation"]] if "organisation" in one else host, **given
        )


def _send(sender: Person, organisation: Organisation, name: str) -> None:
    """As it is done in a browser and by the worker: sent, checked, and the first landed."""
    place = actions.new_place(name)
    _ = place.write_bytes(_contents(name))
    upload = actions.send_file(by=sender, organisation=organisation, parcel=actions.parcel_of(place))
    actions.carry_out.func(upload.builds.get().pk)
    upload.refresh_from_db()
    if upload.state == Upload.State.CHECKED and name == SENT[0][2]:
        actions.carry_out.func(actions.ask_to_land(by=sender, upload=upload).pk)


def _contents(name: str) -> bytes:
    if name in RETURNS:
        return ("\n".join(RETURNS[name]) + "\n").encode()
    return (Path(settings.WORKSPACE) / INVENTED / name).read_bytes()
