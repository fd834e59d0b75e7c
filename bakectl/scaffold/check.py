"""What is written is read before: a file that bake would refuse is never left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.files import HCL, Input
from bakectl.bake.project import load_project
from bakectl.bake.resolve import resolve
from bakectl.errors import InvalidBakeFile
from bakectl.source import Source

if TYPE_CHECKING:
    from bakectl.bake.model import Plan


def resolved(path: str, text: str) -> Plan:
    """Resolve all targets of a bake file that is not there yet; raises InvalidBakeFile."""
    project = load_project([Input(Source(path, text), HCL)], {})
    if project.problems.has_errors:
        raise InvalidBakeFile(project.problems)
    return resolve(project, ["all"])
