"""The only door to jinja2: a template of a package, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


BRACKETS: Final = {
    "block_start_string": "[%",
    "block_end_string": "%]",
    "variable_start_string": "[[",
    "variable_end_string": "]]",
    "comment_start_string": "[#",
    "comment_end_string": "#]",
}
"""Signs for templates of files that have braces of their own."""


def render(
    package: str,
    template: str,
    values: Mapping[str, Any],
    filters: Mapping[str, Callable[[Any], str]],
    signs: Mapping[str, str] = {},
    *,
    is_html: bool = False,
) -> str:
    """Fill in a file of the folder `templates` of a package; a name that has no value is an error, not nothing.

    In HTML, all that is filled in is escaped.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    settings: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True, **signs}
    environment = Environment(
        loader=PackageLoader(package),
        undefined=StrictUndefined,
        autoescape=is_html,  # noqa: S701 - what else is written is no HTML
        **settings,
    )
    environment.filters.update(filters)
    return environment.get_template(template).render(values)
