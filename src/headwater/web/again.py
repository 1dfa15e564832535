"""Working a figure out again, beside the pages: a worker does it, and a page asks how far it is."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from headwater.partnership.questions import workspace
from headwater.web.edition import Number

PATIENCE = timedelta(minutes=10)
"""After this long a run that has not ended is taken to be lost, and may be asked for again."""


@task()
def work_out_again(edition: str, mark: list[int], finding: str) -> dict[str, Any]:
    """Work one finding of an edition out again. `mark` says which edition of that name was meant."""
    from headwater.assessment import work_again
    from headwater.engine import open_engine
    from headwater.web.edition import edition_named

    found = edition_named(edition)
    if list(found.mark) != mark:
        return {"hindered": "another edition of this name has been put in its place: open the figure there"}
    served = workspace()
    with open_engine(served.settings.engine, scratch=served.scratch) as engine:
        return asdict(work_again(served, engine, found.record, finding))


@dataclass(frozen=True, slots=True)
class Check:
    """A figure that was asked to be worked out again, and how far that is."""

    number: Number
    run: DBTaskResult[Any, Any]

    @property
    def organisation(self) -> None:
        return

    @property
    def area(self) -> str:
        return self.number.area

    @property
    def waits(self) -> bool:
        return self.run.status in (TaskResultStatus.READY, TaskResultStatus.RUNNING)

    @property
    def failed(self) -> bool:
        return self.run.status == TaskResultStatus.FAILED

    @property
    def lost(self) -> bool:
        return self.waits and self.run.enqueued_at < timezone.now() - PATIENCE

    @property
    def found(self) -> dict[str, Any]:
        """What came of it; empty where nothing did."""
        return self.run.return_value or {}

    @property
    def this_moved(self) -> bool:
        """Is the figure itself among those that are no longer the same?"""
        from headwater.assessment import anchor_of

        return anchor_of(self.number.finding, self.number.cell) in self.found.get("moved", ())


def ask_again(number: Number) -> DBTaskResult[Any, Any]:
    """Have a figure's finding worked out again; a run of the same that is already under way is joined."""
    wanted = [number.edition.name, list(number.edition.mark), number.finding["name"]]
    under_way = DBTaskResult.objects.filter(
        task_path=work_out_again.module_path,
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
        enqueued_at__gt=timezone.now() - PATIENCE,
    )
    for run in under_way:
        if run.args_kwargs["args"] == wanted:
            return run
    return DBTaskResult.objects.get(pk=work_out_again.enqueue(*wanted).id)


def check_of(number: Number, run: Any) -> Check:
    """The run of this number that an address names; a run of anything else is not to be found."""
    found = DBTaskResult.objects.filter(pk=run, task_path=work_out_again.module_path).first()
    wanted = [number.edition.name, list(number.edition.mark), number.finding["name"]]
    if found is None or found.args_kwargs["args"] != wanted:
        raise Http404
    return Check(number, found)
