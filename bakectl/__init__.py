"""Manage docker-bake.hcl: read it as buildx does, bake it, and see what it means."""

from __future__ import annotations

TYPE_CHECKING = False  # as in `typing`, whose import would be half of what `--version` costs
__version__ = "0.1.0"

if TYPE_CHECKING:
    from bakectl.api import check as check
    from bakectl.api import edit as edit
    from bakectl.api import format as format
    from bakectl.api import load as load
    from bakectl.api import plan as plan
    from bakectl.api import verify as verify
    from bakectl.bake.model import Origin as Origin
    from bakectl.bake.model import Plan as Plan
    from bakectl.bake.model import Project as Project
    from bakectl.bake.model import Setting as Setting
    from bakectl.bake.model import Target as Target
    from bakectl.diagnostics import Diagnostic as Diagnostic
    from bakectl.editing.editor import Editor as Editor
    from bakectl.engine.buildx import BuildResult as BuildResult
    from bakectl.errors import BakectlError as BakectlError
    from bakectl.errors import BuildFailed as BuildFailed
    from bakectl.errors import EditRejected as EditRejected
    from bakectl.errors import EngineUnavailable as EngineUnavailable
    from bakectl.errors import InvalidBakeFile as InvalidBakeFile
    from bakectl.report.text import render as render
    from bakectl.running import build as build
    from bakectl.source import Span as Span
    from bakectl.verifying.findings import Finding as Finding

_HOMES = {
    "BakectlError": "errors",
    "BuildFailed": "errors",
    "BuildResult": "engine.buildx",
    "Diagnostic": "diagnostics",
    "EditRejected": "errors",
    "Editor": "editing.editor",
    "EngineUnavailable": "errors",
    "Finding": "verifying.findings",
    "InvalidBakeFile": "errors",
    "Origin": "bake.model",
    "Plan": "bake.model",
    "Project": "bake.model",
    "Setting": "bake.model",
    "Span": "source",
    "Target": "bake.model",
    "build": "running",
    "check": "api",
    "edit": "api",
    "format": "api",
    "load": "api",
    "plan": "api",
    "render": "report.text",
    "verify": "api",
}
"""The public names and the modules that hold them; a module is imported when its name is first used."""

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
