"""What a build shows as it goes on, line by line: for logs, and in groups for GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.cli import screen
from bakectl.runs import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bakectl.engine.progress import Step
    from bakectl.runs.records import Warned

TAIL: Final = 20
"""Last lines of a step that failed, which are shown again."""
_NOTEWORTHY: Final = 0.5
"""Seconds that a step which is no instruction must take to be worth a line."""
_AT_ONCE: Final = 500
"""Lines of a group that are shown before the step is over."""


def label(step: Step) -> str:
    """The target and the platform of a step."""
    return " ".join(part for part in (step.place.target, step.place.platform) if part) or "bake"


def title(step: Step) -> str:
    """The number of a step and what it does."""
    return f"[{step.place.number}] {step.place.name}" if step.place.number else step.place.name


def warning_line(warning: Warned) -> str:
    """A warning of BuildKit's checks in one line."""
    place = f"{warning.file}:{warning.line}: " if warning.file and warning.line else ""
    return f"{place}warning: {warning.text}" + (f" ({warning.url})" if warning.url else "")


def failure_lines(step: Step) -> Iterator[str]:
    """What failed, and the last that it said."""
    yield f"{label(step)}  {title(step)}: failed"
    log = list(step.vertex.log)[-TAIL:]
    if step.vertex.lines > len(log):
        yield f"  | … {step.vertex.lines - len(log)} lines before"
    yield from (f"  | {line}" for line in log)


def guarded(lines: Sequence[str]) -> str:
    """What others said, for GitHub's runner, which obeys nothing between these two lines."""
    import secrets

    token = secrets.token_hex(16)
    return "\n".join((f"::stop-commands::{token}", *lines, f"::{token}::"))


class Plain:
    """One line for what begins, what is said and what ends, each with its target."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self.write = write
        self.shown: set[int] = set()
        self.speaker: Step | None = None

    def tick(self) -> None:
        """Nothing is painted."""

    def resume(self) -> None:
        """Nothing was painted."""

    def close(self) -> None:
        """Nothing is left to be shown."""

    def began(self, step: Step) -> None:
        if not step.place.is_internal and not step.cached:
            self.shown.add(id(step))
            self._line(step, title(step))

    def logged(self, step: Step, line: str) -> None:
        self.speaker = step
        number = f"[{step.place.number}] " if step.place.number else ""
        self._line(step, f"{number}| {line}")

    def ended(self, step: Step) -> None:
        if step.state == records.FAILED:
            self._failed(step)
        elif step.state == records.CACHED and not step.place.is_internal:
            self._line(step, f"[{step.place.number}] cached" if id(step) in self.shown else f"{title(step)}: cached")
        elif step.state == records.DONE and self._is_worth_a_line(step):
            name = f"[{step.place.number}]" if id(step) in self.shown and step.place.number else f"{title(step)}:"
            self._line(step, f"{name} done in {step.seconds:.1f} s")

    @staticmethod
    def _is_worth_a_line(step: Step) -> bool:
        """Whether the end of a step is told: that of `FROM` comes twice, first when the image was looked up."""
        is_instruction = bool(step.place.number) and "FROM " not in step.place.name
        return is_instruction or step.seconds >= _NOTEWORTHY or step.place.name.startswith("exporting ")

    def _failed(self, step: Step) -> None:
        lines = list(failure_lines(step))
        # What nobody else talked between is on the screen already.
        for line in lines if self.speaker is not step else lines[:1]:
            self.write(line)
        self.write(f"  {step.error}")

    def warned(self, warning: Warned) -> None:
        self.write(f"{warning.target}  {warning_line(warning)}" if warning.target else warning_line(warning))

    def said(self, text: str, *, whole: bool) -> None:
        screen.tell(text + "\n" if whole else text)

    def _line(self, step: Step, text: str) -> None:
        self.write(f"{label(step)}  {text}")


class Grouped(Plain):
    """The log of GitHub Actions: the lines of each step in a group of their own, which obeys nothing in them."""

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__(write)
        self.held: dict[int, tuple[Step, list[str]]] = {}

    def began(self, step: Step) -> None:
        """Begun steps show up when they have something to tell."""

    def logged(self, step: Step, line: str) -> None:
        _, lines = self.held.setdefault(id(step), (step, []))
        lines.append(line)
        if len(lines) >= _AT_ONCE:
            self._group(step, lines, "goes on")
            lines.clear()

    def ended(self, step: Step) -> None:
        _, lines = self.held.pop(id(step), (step, []))
        if lines:
            self._group(step, lines, self._how(step))
        elif step.state in (records.CACHED, records.DONE) and not step.place.is_internal:
            self._line(step, f"{title(step)}: {self._how(step)}")
        if step.state == records.FAILED:
            for line in failure_lines(step):
                self._guarded([line])
            self._guarded([f"  {step.error}"])

    def close(self) -> None:
        for step, lines in self.held.values():
            if lines:
                self._group(step, lines, "unfinished")
        self.held.clear()

    @staticmethod
    def _how(step: Step) -> str:
        return f"done in {step.seconds:.1f} s" if step.state == records.DONE else step.state

    def _group(self, step: Step, lines: list[str], how: str) -> None:
        self.write(f"::group::{_one_line(f'{label(step)}  {title(step)}: {how}')}")
        self._guarded(lines)
        self.write("::endgroup::")

    def _guarded(self, lines: Sequence[str]) -> None:
        self.write(guarded(lines))

    def warned(self, warning: Warned) -> None:
        """Warnings become annotations at the end."""

    def said(self, text: str, *, whole: bool) -> None:
        self._guarded([text])

    def _line(self, step: Step, text: str) -> None:
        # What begins with the name of a target is no command, unless it holds the runner's old form.
        self.write(_one_line(f"{label(step)}  {text}"))


def _one_line(text: str) -> str:
    return text.replace("##[", "## [").replace("\n", " ")
