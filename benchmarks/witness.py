"""Starts one command and says what it took: `python -m benchmarks.witness ANSWER COMMAND…`, where ANSWER is a file for what it prints.

On Linux a child's peak memory begins with that of the process which started it. So the work is started by this small one,
which imports the standard library only, and what it is charged does not depend on who asks.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

_BYTES = 1 if sys.platform == "darwin" else 1024  # what getrusage counts peak memory in


def main(answer: Path, command: list[str]) -> None:
    with answer.open("wb") as said:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=said)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)  # so that Popen does not wait for it again
    took = {
        "code": child.returncode,
        "seconds": seconds,
        "work": usage.ru_utime + usage.ru_stime,
        "megabytes": usage.ru_maxrss * _BYTES / 1e6,
    }
    print(json.dumps(took))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
