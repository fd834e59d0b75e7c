"""Findings about images: what is wrong, in which image, for which platform, with which file."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from bakectl.diagnostics import MOST, Diagnostic, Severity

if TYPE_CHECKING:
    from bakectl.verifying.checks import Check


class Finding(Diagnostic):
    """A broken promise; `rule` is the name of the check, and what does not apply is empty."""

    image: str = ""
    platform: str = ""
    file: str = ""


class Findings:
    """Collects what is found in one image; nobody wants `ignored` checks, nor to hear of `allowed` files."""

    def __init__(self, image: str, ignored: tuple[str, ...] = (), allowed: tuple[str, ...] = ()) -> None:
        self.image = image
        self.items: list[Finding] = []
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
        if finding not in self._seen and len(self.items) < MOST:
            self._seen.add(finding)
            self.items.append(finding)
