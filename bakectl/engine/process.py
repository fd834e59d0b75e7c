"""Processes: run with our streams and signals, or run and read. The only module that imports subprocess."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, Protocol

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import FrameType

AFTER_INTERRUPT: Final = 3.0
"""Seconds that a process has to end after Ctrl-C before it is asked to terminate."""
AFTER_TERMINATE: Final = 2.0
"""Seconds that it has then before it is killed."""
INTERRUPTED: Final = (130, -signal.SIGINT)
"""Codes of a process that Ctrl-C ended."""
_ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_WANTS_TERMINAL: Final = (signal.SIGTTIN, signal.SIGTTOU)
_POLL: Final = 0.05
_TURN: Final = 0.1
_REST: Final = 0.02
_CHUNK: Final = 1 << 16


class Completed(Record):
    """What a process that ended has left."""

    code: int
    out: str
    err: str


def capture(
    arguments: Sequence[str], environment: Mapping[str, str], *, seconds: float = 30, shows_errors: bool = False
) -> Completed:
    """Run a command and read its output; one that takes longer has code 124, and one that is not there 127."""
    try:
        done = subprocess.run(
            arguments,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=None if shows_errors else subprocess.PIPE,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Completed(124, "", f"{arguments[0]} did not answer within {seconds:g} seconds")
    except OSError as error:
        return Completed(127, "", f"{arguments[0]} cannot be run: {error.strerror}")
    return Completed(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")


def run(arguments: Sequence[str], environment: Mapping[str, str], *, stdin: bytes | None = None) -> int:
    """Run a command on our own streams and return its code, minus the signal that ended it.

    It has a process group of its own, so that all that it starts can be ended with it: an interrupt is passed on, then
    the group is asked to terminate, then killed. Raises KeyboardInterrupt when we were interrupted.
    """
    child = subprocess.Popen(
        arguments, env=dict(environment), stdin=subprocess.PIPE if stdin is not None else None, process_group=0
    )
    terminal = _Terminal(child.pid)
    with _signals(lambda: (child.pid,)):
        try:
            if stdin is not None:
                _feed(child, stdin)
            return _wait(child, terminal, None)
        except KeyboardInterrupt:
            _stop(child, terminal)
            raise
        finally:
            terminal.take_back()
            if child.stdin is not None:
                with suppress(OSError):
                    child.stdin.close()


class _Terminal:
    """The terminal that we lend to a group which wants to ask something there, as a shell does."""

    def __init__(self, group: int) -> None:
        self.group = group
        self.is_lent = False

    def lend(self) -> None:
        """Let the group read and write on the terminal, and go on."""
        if not self.is_lent and self._give(self.group):
            self.is_lent = True
        _signal_group(self.group, signal.SIGCONT)

    def take_back(self) -> None:
        if self.is_lent and self._give(os.getpgrp()):
            self.is_lent = False

    @staticmethod
    def _give(group: int) -> bool:
        # Who is not in the foreground is stopped by SIGTTOU for this, unless it is ignored.
        before = signal.signal(signal.SIGTTOU, signal.SIG_IGN) if _is_main_thread() else None
        try:
            terminal = os.open("/dev/tty", os.O_RDWR)
            try:
                os.tcsetpgrp(terminal, group)
            finally:
                os.close(terminal)
        except OSError:
            return False
        finally:
            if before is not None:
                signal.signal(signal.SIGTTOU, before)
        return True


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _raise(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class _Interrupts:
    """Counts what would end us, so that nothing is interrupted in the middle of what it does."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1


@contextmanager
def _signals(
    groups: Callable[[], Iterable[int]],
    interrupt: Callable[[int, FrameType | None], None] = _raise,
    resumed: Callable[[], None] = lambda: None,
) -> Iterator[None]:
    """Take signals that end us as Ctrl-C, and let the groups stop with us on Ctrl-Z."""
    if not _is_main_thread():
        yield
        return

    def suspend(_number: int, _frame: FrameType | None) -> None:
        stopped = tuple(groups())
        for group in stopped:
            _signal_group(group, signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGSTOP)
        for group in stopped:
            _signal_group(group, signal.SIGCONT)
        resumed()

    handlers = {**dict.fromkeys(_ENDING, interrupt), signal.SIGTSTP: suspend}
    # What is ignored stays so, as SIGHUP is under nohup and SIGINT behind a shell's "&".
    before = {
        number: signal.signal(number, handler)
        for number, handler in handlers.items()
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    assert child.stdin is not None
    # Nobody may read it, and it may be closed meanwhile.
    with suppress(OSError, ValueError):
        child.stdin.write(data)
        child.stdin.flush()
    with suppress(OSError, ValueError):
        child.stdin.close()


def _wait(child: subprocess.Popen[bytes], terminal: _Terminal, seconds: float | None) -> int:
    """Wait for the end, and lend the terminal when it is asked for; raises TimeoutError."""
    if seconds is None and not any(map(os.isatty, range(3))):
        return child.wait()
    deadline = None if seconds is None else time.monotonic() + seconds
    while child.returncode is None:
        process, status = os.waitpid(child.pid, os.WNOHANG | os.WUNTRACED)
        if process and os.WIFSTOPPED(status):
            if os.WSTOPSIG(status) in _WANTS_TERMINAL:
                terminal.lend()
        elif process:
            child.returncode = os.waitstatus_to_exitcode(status)
        elif deadline is not None and time.monotonic() > deadline:
            raise TimeoutError
        else:
            time.sleep(_POLL)
    return child.returncode


def _stop(child: subprocess.Popen[bytes], terminal: _Terminal) -> None:
    """End a group that was interrupted: ask, insist, kill. A second Ctrl-C takes the next step at once."""
    steps = ((signal.SIGINT, AFTER_INTERRUPT), (signal.SIGTERM, AFTER_TERMINATE))
    for number, seconds in steps:
        _signal_group(child.pid, number)
        _signal_group(child.pid, signal.SIGCONT)
        with suppress(TimeoutError, KeyboardInterrupt):
            _wait(child, terminal, seconds)
            break
    # Also when the first of the group ended in time: others of it may not have.
    while True:
        try:
            _signal_group(child.pid, signal.SIGKILL)
            child.wait()
        except KeyboardInterrupt:
            continue
        return


def _signal_group(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


class Task(Record):
    """A command whose stderr is read here; `asks` leaves it our stdin, so that it may ask for something there."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    stdin: bytes | None = None
    asks: bool = False


class Work(Protocol):
    """What is to be run, and who reads what it writes."""

    @property
    def is_over(self) -> bool:
        """Whether nothing will begin any more."""

    def begin(self) -> Task | None:
        """Give what may begin now; None while nothing may."""

    def read(self, task: Task, data: bytes) -> None: ...
    def end(self, task: Task, code: int) -> None:
        """Take the code of one that ended; what is raised ends all others."""

    def stop(self) -> None:
        """Learn that all are being ended: from now on nothing may be raised."""

    def resume(self) -> None:
        """Learn that we were stopped for a while, and that the terminal may look otherwise now."""

    def tick(self) -> None:
        """Do what is due, as to paint: this is called several times a second."""


def run_all(work: Work) -> None:
    """Run commands side by side, each in a group of its own, and read what they write to stderr.

    An interrupt ends all of them, as `run` does with one; what they still write is read. Raises KeyboardInterrupt then.
    """
    children: list[_Piped] = []
    interrupts = _Interrupts()
    with (
        _signals(lambda: [child.process.pid for child in children], interrupts, work.resume),
        selectors.DefaultSelector() as selector,
    ):
        try:
            while children or not work.is_over:
                while (task := work.begin()) is not None:
                    children.append(_Piped(task, selector))
                _turn(work, children, selector, _TURN)
                if interrupts.count:
                    raise KeyboardInterrupt
        except BaseException:
            work.stop()
            _stop_all(work, children, selector, interrupts)
            raise
        finally:
            for child in children:
                child.close()


class _Piped:
    """A process that runs, with the pipe of its stderr."""

    def __init__(self, task: Task, selector: selectors.BaseSelector) -> None:
        self.task = task
        self.selector = selector
        stdin = subprocess.PIPE if task.stdin is not None else None if task.asks else subprocess.DEVNULL
        self.process = subprocess.Popen(
            task.arguments, env=dict(task.environment), stdin=stdin, stderr=subprocess.PIPE, process_group=0
        )
        self.terminal = _Terminal(self.process.pid)
        self.is_open = True
        assert self.process.stderr is not None
        self.pipe = self.process.stderr.fileno()
        os.set_blocking(self.pipe, False)
        selector.register(self.pipe, selectors.EVENT_READ, self)
        if task.stdin is not None:
            # Whoever does not read it must not keep us from reading.
            threading.Thread(target=_feed, args=(self.process, task.stdin), daemon=True).start()

    def read(self, work: Work) -> int:
        """Pass on what was written, and return how much it was."""
        try:
            data = os.read(self.pipe, _CHUNK) if self.is_open else b""
        except BlockingIOError:
            return 0
        if data:
            work.read(self.task, data)
        elif self.is_open:
            self.is_open = False
            self.selector.unregister(self.pipe)
        return len(data)

    def poll(self) -> int | None:
        """The code of a process that ended; one that waits for the terminal is lent it."""
        if self.process.returncode is None:
            number, status = os.waitpid(self.process.pid, os.WNOHANG | os.WUNTRACED)
            if number and os.WIFSTOPPED(status):
                if os.WSTOPSIG(status) in _WANTS_TERMINAL:
                    self.terminal.lend()
            elif number:
                self.process.returncode = os.waitstatus_to_exitcode(status)
        return self.process.returncode

    def close(self) -> None:
        """Give back the terminal and the pipes."""
        self.terminal.take_back()
        if self.is_open:
            self.is_open = False
            self.selector.unregister(self.pipe)
        for pipe in (self.process.stderr, self.process.stdin):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _turn(work: Work, children: list[_Piped], selector: selectors.BaseSelector, seconds: float) -> None:
    """Read what was written meanwhile, and see who ended."""
    if children:
        read = [key.data.read(work) for key, _ in selector.select(seconds)]
        # Many small events are cheaper read together; a pipe that is full is read at once.
        if not selector.get_map() or (read and max(read) < _CHUNK // 2):
            time.sleep(min(seconds, _REST))
    else:
        time.sleep(seconds)
    for child in [child for child in children if child.poll() is not None]:
        # What it left behind may hold the pipe open for long; what is in it now is its own.
        while child.read(work):
            pass
        child.close()
        children.remove(child)
        work.end(child.task, child.process.returncode)
    work.tick()


def _stop_all(work: Work, children: list[_Piped], selector: selectors.BaseSelector, interrupts: _Interrupts) -> None:
    """End all that runs: ask, insist, kill. A second Ctrl-C takes the next step at once."""
    groups = [child.process.pid for child in children]
    for number, seconds in ((signal.SIGINT, AFTER_INTERRUPT), (signal.SIGTERM, AFTER_TERMINATE)):
        deadline, before = time.monotonic() + seconds, interrupts.count
        for child in children:
            _signal_group(child.process.pid, number)
            _signal_group(child.process.pid, signal.SIGCONT)
        while children and time.monotonic() < deadline and interrupts.count == before:
            _turn(work, children, selector, _POLL)
    for group in groups:
        _signal_group(group, signal.SIGKILL)
    while children:
        child = children.pop()
        child.process.wait()
        child.close()
        work.end(child.task, child.process.returncode)
