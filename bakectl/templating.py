"""The only door to jinja2: a template of a package, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def render(package: str, template: str, values: Mapping[str, Any], filters: Mapping[str, Callable[[Any], str]]) -> str:
    """Fill in a file of the folder `templates` of a package; a name that has no value is an error, not nothing."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(package),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - what is written is no HTML
    )
    environment.filters.update(filters)
    return environment.get_template(template).render(values)
