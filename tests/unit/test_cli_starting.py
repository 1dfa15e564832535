"""Ctrl-C before there is anything to stop: the same sentence and the same code as later, and no traceback."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from headwater.cli import starting

SCRIPT = "from headwater.cli import main; main()"
STRUCK = """
import os, runpy, signal, sys
struck, begin = sys.argv[1:3]
sys.argv[1:] = sys.argv[3:]

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == struck:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
if begin == "script":
    from headwater.cli import main; main()
runpy.run_module("headwater", run_name="__main__", alter_sys=True)
"""
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console, not to one process")


def _ended(*command: str, **named: object) -> tuple[int, str, str]:
    quiet = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    run = subprocess.run(
        [sys.executable, *command],
        capture_output=True, text=True, encoding="utf-8", env=quiet, timeout=60, check=False, **named,
    )  # fmt: skip  # pyright: ignore[reportCallIssue, reportArgumentType]
    return run.returncode, run.stdout, run.stderr


@UNIX
@pytest.mark.parametrize("begin", ["script", "module"])
@pytest.mark.parametrize(
    "moment", ["headwater.cli.running", "typer", "headwater.cli.commands", "rich.console", "rich.progress"]
)
def test_ctrl_c_while_the_command_is_still_being_read_in_is_an_ordinary_stop(moment: str, begin: str) -> None:
    assert _ended("-c", STRUCK, moment, begin, "--version") == (
        130,
        "",
        "headwater: Stopped. Nothing was half-written.\n",
    )


@UNIX
@pytest.mark.parametrize("begin", ["script", "module"])
def test_ctrl_c_after_that_is_the_running_commands_own_affair(begin: str) -> None:
    code, _, err = _ended("-c", STRUCK, "headwater.lake", begin, "check", "--workspace", "nowhere")
    assert (code, err) == (130, "headwater: Stopped. Nothing was half-written.\n")


@UNIX
def test_where_ctrl_c_is_ignored_it_stays_ignored() -> None:
    code, out, err = _ended(
        "-c", STRUCK, "rich.console", "script", "--version",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert out.startswith("headwater ")


def test_the_module_is_the_same_command() -> None:
    assert _ended("-m", "headwater", "--version") == _ended("-c", SCRIPT, "--version")


def test_nothing_heavy_is_read_in_before_ctrl_c_is_heard() -> None:
    heavy = "import sys, headwater.cli; print(*sorted({'typer', 'rich', 'narwhals', 'pyarrow'} & {*sys.modules}))"
    assert _ended("-c", heavy) == (0, "\n", "")


def test_what_ctrl_c_did_before_it_does_again_after() -> None:
    before = signal.getsignal(signal.SIGINT)
    with starting._stopping_at_once():
        pass
    assert signal.getsignal(signal.SIGINT) is before


def test_a_command_may_be_run_beside_the_main_thread() -> None:
    codes: list[object] = []

    def run() -> None:
        with pytest.raises(SystemExit) as ended:
            starting.main(["--version"])
        codes.append(ended.value.code)

    beside = threading.Thread(target=run)
    beside.start()
    beside.join()
    assert codes == [0]
