"""BuildKit's own checks of Dockerfiles, by `docker buildx bake --call=check`, as diagnostics."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.dockerfiles import dockerfile_path
from bakectl.diagnostics import Diagnostic, Problems, Severity
from bakectl.engine.builders import last_line
from bakectl.engine.buildx import BuildRequest, command, environment
from bakectl.engine.preflight import check_client
from bakectl.engine.process import capture
from bakectl.errors import EngineUnavailable
from bakectl.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.bake.model import Plan, Target

_SECONDS: Final = 600
_LINK: Final = "target:"
_STAND_IN: Final = "docker-image://scratch"
"""What a linked target is replaced with: a check builds nothing, and has no image of it."""
_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def check_dockerfiles(
    plan: Plan, files: tuple[str, ...], variables: Mapping[str, str], base: Mapping[str, str]
) -> list[Diagnostic]:
    """Let BuildKit check the Dockerfiles of all targets of a plan, in one run; raises EngineUnavailable.

    A Dockerfile that several targets share is reported once.
    """
    version = check_client(base)
    links = [
        f"{name}.contexts.{key}={_STAND_IN}"
        for name, target in plan.targets.items()
        for key, value in target.get("contexts", {}).items()
        if value.startswith(_LINK)
    ]
    request = BuildRequest(
        files,
        tuple(plan.targets),
        overrides=tuple(links),
        flags=("--call=check,format=json",),
        variables=tuple(variables.items()),
    )
    done = capture(command(request, version), environment(request, base, version), seconds=_SECONDS)
    try:
        facts = json.loads(done.out)["target"]
    except (ValueError, KeyError, TypeError):
        problems = Problems()
        message = f"BuildKit could not check the Dockerfiles: {last_line(done.err or done.out)}"
        problems.error("engine", message, None, help="bakectl check without --buildkit needs no engine")
        raise EngineUnavailable(problems) from None
    found: dict[tuple[object, ...], Diagnostic] = {}
    for name, target in plan.targets.items():
        for one in _findings(name, target, facts.get(name, {}).get("check") or {}):
            place = (one.span.source.path, one.span.start) if one.span else name
            found.setdefault((place, one.rule, one.message), one)
    return sorted(found.values(), key=lambda one: (one.span.source.path, one.span.start) if one.span else ("", 0))


def _findings(name: str, target: Target, facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
    source = _source(name, target, facts)
    for warning in facts.get("warnings") or ():
        rule = "buildkit-" + _WORD.sub("-", str(warning.get("ruleName", "check"))).lower()
        message = str(warning.get("detail") or warning.get("description") or rule)
        span = _span(source, warning.get("location"))
        yield Diagnostic(Severity.WARNING, rule, message, span, (), warning.get("url") or None)
    error = facts.get("buildError")
    if error:
        message = str(error.get("message", "the Dockerfile cannot be read"))
        yield Diagnostic(Severity.ERROR, "buildkit-error", message, _span(source, error.get("location")))


def _source(name: str, target: Target, facts: Mapping[str, Any]) -> Source | None:
    """The Dockerfile that was checked, under the path that it has here."""
    for one in facts.get("sources") or ():
        try:
            text = base64.b64decode(one["data"]).decode("utf-8", "replace")
        except (KeyError, ValueError, TypeError):
            continue
        inline = f"dockerfile-inline of {name}" if target.get("dockerfile-inline") else None
        return Source(inline or _path(target) or str(one.get("filename", "Dockerfile")), text)
    return None


def _path(target: Target) -> str | None:
    from os.path import normpath

    path = dockerfile_path(target)
    return None if path is None else normpath(path)


def _span(source: Source | None, location: Any) -> Span | None:
    """The lines that a finding is about, without the blanks around."""
    ranges = location.get("ranges") if isinstance(location, dict) else None
    if source is None or not ranges:
        return None
    first, last = (ranges[0].get(side, {}).get("line", 1) for side in ("start", "end"))
    if not 1 <= first <= len(source.starts):
        return None
    start = source.starts[first - 1]
    last = min(max(last, first), len(source.starts))
    end = source.starts[last] if last < len(source.starts) else len(source.text)
    text = source.text[start:end]
    return Span(source, start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip())))
