"""Which targets use which as contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bakectl.bake.model import Plan

_LINK = "target:"


def links_of(plan: Plan, name: str) -> tuple[str, ...]:
    """The targets that this one uses itself."""
    values = plan[name].get("contexts", {}).values()
    found = (value.removeprefix(_LINK) for value in values if value.startswith(_LINK))
    return tuple(dict.fromkeys(other for other in found if other in plan.targets))


def linked_by(plan: Plan, name: str) -> tuple[str, ...]:
    """The targets asked for that use this one, be it through others."""
    return tuple(user for user in plan.requested if name in _reached(plan, user))


def _reached(plan: Plan, name: str) -> set[str]:
    reached: set[str] = set()
    ahead = [name]
    while ahead:
        for other in links_of(plan, ahead.pop()):
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached
