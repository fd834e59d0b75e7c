"""How a builder comes to build each platform of a target: natively, by cross compilation, emulated, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.dockerfiles import dockerfile_text
from bakectl.dockerfile.needs import runs_on_target, values_of
from bakectl.dockerfile.stages import read_dockerfile
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.model import Plan, Target
    from bakectl.engine.builders import Builder

NATIVE: Final = "native"
CROSS: Final = "cross-compiled"
EMULATED: Final = "emulated"
MISSING: Final = "missing"
UNSURE: Final = "unsure"


class Support(Record):
    """How one platform of one target is built, and the node that does it, None where none can."""

    target: str
    platform: str
    way: str
    node: str | None


def needs_platform(target: Target) -> bool | None:
    """Whether a step of the target runs on the platform built for; None when its Dockerfile cannot be read here."""
    text = dockerfile_text(target)
    if text is None:
        return None
    file = read_dockerfile(text)
    given = values_of(file, target.get("args", {}))
    return runs_on_target(file, target.get("target") or "", given, target.get("contexts", ()))


def supports(plan: Plan, builder: Builder) -> Iterator[Support]:
    """Each platform of each target; a target without platforms is built for that of the builder."""
    for target in plan.targets.values():
        needed = needs_platform(target)
        for platform in target.get("platforms", ()):
            yield _support(target.name, platform, builder, needed)


def _support(target: str, platform: str, builder: Builder, needed: bool | None) -> Support:
    native = next((node.name for node in builder.nodes if node.is_native(platform)), None)
    if native is not None:
        return Support(target, platform, NATIVE, native)
    first = builder.nodes[0].name if builder.nodes else None
    running = next((node.name for node in builder.nodes if node.runs(platform)), None)
    if needed is False:
        # Nothing is run for the platform, so that any node will do; buildx takes the one that claims it.
        return Support(target, platform, CROSS, running or first)
    if running is not None:
        return Support(target, platform, EMULATED, running)
    return Support(target, platform, MISSING if needed else UNSURE, None)
