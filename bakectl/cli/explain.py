"""`bakectl explain`: where every value comes from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from bakectl.cli import definition, options, screen
from bakectl.cli.options import WrongCommandLine
from bakectl.errors import InvalidBakeFile
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bakectl.bake.explanation import Explanation, Part, Use
    from bakectl.bake.model import Data, Plan, Project
    from bakectl.source import Span

_VARIABLE = ("var.", "variable.")


def run(
    *, words: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...], set: tuple[str, ...], json: bool | None
) -> int:
    """Explain a target, one field of it, a group, or a variable."""
    if not 1 <= len(words) <= 2:
        raise WrongCommandLine("write TARGET [FIELD], a group, or var.NAME")
    given = options.variables(var)
    name = words[0]
    prefix = next((prefix for prefix in _VARIABLE if name.startswith(prefix)), None)
    if prefix is not None:
        facts = _variable(definition.load(file, var), name.removeprefix(prefix), given)
        lines = _variable_lines(facts)
    else:
        plan, project = _resolved(name, file, var, set)
        if name in project.groups and name not in plan.targets:
            facts = _group(project, plan, name)
            lines = _group_lines(facts)
        else:
            facts = _target(project, plan, name, words[1] if len(words) > 1 else None, given)
            lines = _target_lines(facts)
    if json:
        from json import dumps

        screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
    else:
        screen.write("".join(f"{line}\n" for line in lines))
    return 0


def _resolved(name: str, file: tuple[str, ...], var: tuple[str, ...], set: tuple[str, ...]) -> tuple[Plan, Project]:
    from bakectl import api
    from bakectl.diagnostics import Problems

    problems = Problems()
    overrides = definition.read_overrides(set, problems)
    project = definition.load(file, var)
    plan = api.plan(project, name, overrides=overrides)
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    screen.show(plan.problems)
    return plan, project


def _target(project: Project, plan: Plan, name: str, field: str | None, given: Mapping[str, str]) -> dict[str, Any]:
    from bakectl.bake.explanation import explain
    from bakectl.bake.fields import BY_SET_KEY, FIELDS

    if field is not None:
        wanted = field if field in FIELDS else BY_SET_KEY[field].name if field in BY_SET_KEY else None
        if wanted is None:
            hint = did_you_mean(field, (*FIELDS, *BY_SET_KEY))
            raise WrongCommandLine(f'a target has no "{field}"{f"; {hint}" if hint else ""}')
        field = wanted
    target = plan[name]
    found = [one for one in explain(project, plan, name, given=given) if field in (None, one.field)]
    return {
        "target": name,
        "declared_at": _place(target.declared_at),
        "settings": [_setting(one, target.get("context", ".")) for one in found],
        **({"field": field} if field and not found else {}),
    }


def _setting(one: Explanation, context: str) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "field": one.field,
        "value": _shown(one.value),
        "rule": one.rule,
        "given": [_part(part) for part in one.parts],
    }
    path = _absolute(one.field, one.value, context)
    return {**facts, "path": path} if path else facts


def _absolute(field: str, value: Data, context: str) -> str | None:
    from bakectl.bake.files import is_remote

    if field not in ("context", "dockerfile") or is_remote(context) or ":" in context.partition("/")[0]:
        return None
    return os.path.abspath(context if field == "context" else os.path.join(context, value))  # noqa: PTH100, PTH118


def _part(part: Part) -> dict[str, Any]:
    from bakectl.bake.secrets import mask_override

    source = part.source
    if "=" in source and not source.startswith("implied"):
        source = mask_override(source)
    return {
        "value": _shown(part.value),
        "target": part.target,
        "source": source,
        "place": _place(part.place),
        "lost": part.is_lost,
        "variables": [_use(use) for use in part.uses],
    }


def _use(use: Use) -> dict[str, Any]:
    from bakectl.bake.secrets import mask_variable

    return {
        "name": use.name,
        "value": mask_variable(use.name, use.value) if isinstance(use.value, str) else use.value,
        "source": use.source,
        "place": _place(use.place),
        "variables": [_use(inner) for inner in use.uses],
    }


def _shown(value: Data) -> Any:
    """A value as JSON has it, without secrets; entries of caches and outputs as text."""
    from bakectl.bake.cache_places import entry_text
    from bakectl.bake.secrets import mask_text, mask_variable

    if isinstance(value, dict):
        return {key: mask_variable(key, item) if isinstance(item, str) else item for key, item in value.items()}
    if isinstance(value, tuple):
        return [
            mask_text(entry_text({key: _flat(part) for key, part in item.items()}))
            if isinstance(item, dict)
            else mask_text(item)
            for item in value
        ]
    return mask_text(value) if isinstance(value, str) else value


def _flat(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return "true" if value is True else str(value)


def _place(span: Span | None) -> str | None:
    return None if span is None else str(span)


def _target_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"{facts['target']}  {facts['declared_at'] or ''}".rstrip()
    if "field" in facts:
        yield f"  {facts['field']} is not set"
    for setting in facts["settings"]:
        yield ""
        yield f"{setting['field']} = {_json(setting['value'])}"
        if setting.get("path"):
            yield f"  path: {setting['path']}"
        for part in reversed(setting["given"]):
            yield from _part_lines(part, setting)
        if len(setting["given"]) > 1:
            yield f"  rule: {setting['rule']}"


def _part_lines(part: Mapping[str, Any], setting: Mapping[str, Any]) -> Iterator[str]:
    where = f"{part['place']}: {part['source']}" if part["place"] else part["source"]
    is_all = part["value"] == setting["value"]
    text = "" if is_all and not part["lost"] else f" gives {_json(part['value'])}"
    yield f"  {'overruled: ' if part['lost'] else ''}{where}{text}"
    yield from _use_lines(part["variables"], " " * 6)


def _use_lines(uses: Iterable[Mapping[str, Any]], indent: str) -> Iterator[str]:
    for use in uses:
        place = f", {use['place']}" if use["place"] else ""
        yield f"{indent}{use['name']} = {_json(use['value'])} ({use['source']}{place})"
        yield from _use_lines(use["variables"], indent + "  ")


def _variable(project: Project, name: str, given: Mapping[str, str]) -> dict[str, Any]:
    from bakectl.bake.explanation import mentions, variable_source
    from bakectl.bake.listing import variable_rows

    variable = project.variables.get(name)
    if variable is None:
        if project.problems.has_errors:
            raise InvalidBakeFile(project.problems)
        hint = did_you_mean(name, project.variables)
        raise WrongCommandLine(f'there is no variable "{name}"{f"; {hint}" if hint else ""}')
    row = next(row for row in variable_rows(project) if row.name == name)
    return {
        "variable": name,
        "value": row.value,
        "type": row.type,
        "description": row.description,
        "source": variable_source(variable, given),
        "place": _place(variable.origin.span),
        "declared_at": _place(variable.declared_at),
        "used_by": [{"owner": mention.owner, "place": _place(mention.place)} for mention in mentions(project, name)],
    }


def _variable_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"variable {facts['variable']}  {facts['declared_at']}"
    if facts["description"]:
        yield f"  {facts['description']}"
    place = f", {facts['place']}" if facts["place"] else ""
    yield f"  value: {_json(facts['value'])} ({facts['source']}{place})"
    if facts["type"]:
        yield f"  type: {facts['type']}"
    yield "  used by:" if facts["used_by"] else "  used by nothing"
    for use in facts["used_by"]:
        yield f"    {use['place']}: {use['owner']}"


def _group(project: Project, plan: Plan, name: str) -> dict[str, Any]:
    group = project.groups[name]
    return {
        "group": name,
        "description": group.description,
        "declared_at": _place(group.declared_at),
        "members": list(group.targets or ()),
        "targets": list(plan.requested),
        "linked": list(plan.linked),
    }


def _group_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"group {facts['group']}  {facts['declared_at'] or ''}".rstrip()
    if facts["description"]:
        yield f"  {facts['description']}"
    yield f"  members: {', '.join(facts['members']) or 'none'}"
    yield f"  builds: {', '.join(facts['targets']) or 'nothing'}"
    if facts["linked"]:
        yield f"  and for these: {', '.join(facts['linked'])}"


def _json(value: Any) -> str:
    from json import dumps

    return dumps(value, ensure_ascii=False)


COMMAND = options.Command(
    name="explain",
    help="Show where every value of a target comes from: the place, the target it was inherited from, the variables "
    "and their origin, overrides, what was overruled, and the rule. Also for a group, and for var.NAME.",
    run=run,
    argument=options.Argument("words", "TARGET [FIELD]"),
    options=(options.FILE, options.VAR, options.SET, options.JSON),
    examples=("bakectl explain backend", "bakectl explain backend tags --var TAG=1.2", "bakectl explain var.TAG"),
)
