"""The worker beside the pages: it builds, checks and lands what people ask for, one thing at a time.

A database that restarts is waited for. A worker that `headwater serve` began ends when whoever began it is gone, however that ended.
"""

import logging
import os
import signal
import sys
import threading
import time

WAIT = 5
"""Seconds after which a database that was away is asked again."""
PATIENCE = 10
"""Seconds for what it is at to come to an end, once nobody is there any more."""
log = logging.getLogger(__name__)


def work() -> None:
    """Work until somebody ends it. The environment says of which workspace."""
    import django

    django.setup()

    from django.core.management import call_command
    from django.db import connections

    from headwater.web.errors import AWAY

    while True:
        try:
            _clear_up()
            call_command("db_worker", startup_delay=False, reload=False, verbosity=0)
        except AWAY:
            log.warning("The database cannot be reached. It is asked again in %d seconds.", WAIT)
            connections.close_all()
            time.sleep(WAIT)
        else:
            return


def _clear_up() -> None:
    """What a worker that was killed left behind is said, and can be asked for again."""
    from headwater.partnership.actions import find_stopped

    _ = find_stopped()


def end_with_parent() -> None:
    """Have this process end soon after whoever began it is gone: then what it reads from, which that held open, is at its end."""
    threading.Thread(target=_wait_for_parent, name="parent", daemon=True).start()


def _wait_for_parent() -> None:
    _ = sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    end_with_parent()
    work()
