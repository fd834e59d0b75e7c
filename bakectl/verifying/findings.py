"""Findings about images: what is wrong, in which image, for which platform, with which file."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from bakectl.diagnostics import Diagnostic, Severity
from bakectl.record import replace

if TYPE_CHECKING:
    from bakectl.verifying.checks import Check


MOST: Final = 1000
"""Findings of one check for one platform that are kept; who has more will not read them."""


class Finding(Diagnostic):
    """A broken promise; `rule` is the name of the check, and what does not apply is empty."""

    image: str = ""
    platform: str = ""
    file: str = ""


class Findings:
    """Collects what is found in one image; nobody wants `ignored` checks, nor to hear of `allowed` files."""

    def __init__(self, image: str, ignored: tuple[str, ...] = (), allowed: tuple[str, ...] = ()) -> None:
        self.image = image
        self._items: list[Finding] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._ignored = ignored
        self._allowed = allowed
        self._seen: set[Finding] = set()

    def add(
        self,
        check: Check,
        message: str,
        *,
        platform: str = "",
        file: str = "",
        help: str | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Add a finding of a check, unless it is there already or nobody wants it."""
        if check.name in self._ignored or (file and any(fnmatchcase(file, pattern) for pattern in self._allowed)):
            return
        finding = Finding(
            severity or check.severity,
            check.name,
            message,
            help=help,
            image=self.image,
            platform=platform,
            file=file,
        )
        if finding in self._seen:
            return
        self._seen.add(finding)
        self._counts[check.name, platform] += 1
        if self._counts[check.name, platform] <= MOST:
            self._items.append(finding)

    def all(self) -> tuple[Finding, ...]:
        """What was found, and how much is not listed."""
        last = {(item.rule, item.platform): item for item in self._items}
        more = [
            replace(last[key], message=f"{count - MOST} more findings of this kind are not listed", file="", help=None)
            for key, count in self._counts.items()
            if count > MOST
        ]
        return (*self._items, *more)
