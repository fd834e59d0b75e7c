"""A project, the names asked for and the overrides to a `Plan`: groups, inheritance, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.checks import check_target
from bakectl.bake.merge import merge, normalise
from bakectl.bake.model import Group, Origin, Plan, Setting, Target
from bakectl.bake.options import string_unique
from bakectl.bake.overrides import Overrides
from bakectl.bake.patterns import BadPattern, has_wildcard, matches
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import replace
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bakectl.bake.model import Override, Project, Settings
    from bakectl.diagnostics import Diagnostic

_LINK = "target:"


def resolve(project: Project, names: Sequence[str] = (), overrides: Iterable[Override] = ()) -> Plan:
    """Resolve the named targets and groups, `default` when none is named; raises InvalidBakeFile with all problems."""
    resolver = _Resolver(project, tuple(overrides))
    try:
        plan = resolver.plan(tuple(names) or ("default",))
    except RecursionError:
        resolver.problems.error("limit-exceeded", "targets inherit from or link to one another too deeply", None)
        plan = None
    if plan is None or resolver.problems.has_errors:
        raise InvalidBakeFile(sorted(resolver.problems, key=_place))
    return plan


def _place(problem: Diagnostic) -> tuple[bool, str, int]:
    """The order in which problems are shown: by file and place, those without a place last."""
    span = problem.span
    return (True, "", 0) if span is None else (False, span.source.path, span.start)


class _Resolver:
    def __init__(self, project: Project, overrides: tuple[Override, ...]) -> None:
        self.project = project
        self.problems = Problems()
        for problem in project.problems:
            self.problems.add(problem)
        self.overrides = Overrides(overrides, project.environment)
        self.overrides.match(list(project.targets), self.problems)
        self.finished: dict[str, Settings] = {}
        self.cuts = 0
        self.targets: dict[str, Target] = {}
        self.linked: list[str] = []
        self.links_done: set[str] = set()

    def plan(self, names: tuple[str, ...]) -> Plan:
        requested = self.requested(names)
        reached: dict[str, Group] = {}
        order: dict[str, None] = {}
        for name in requested:
            targets, groups = self.expand(name, {})
            for target in targets:
                order[target] = None
            for group in groups:
                reached.setdefault(group, self.project.groups[group])
        for name in order:
            if name in self.project.targets:
                self.targets[name] = self.target(name)
            else:
                self.unknown_target(name)
        for name in order:
            if name in self.targets:
                self.link(name, [])
        if not self.problems.has_errors:
            for name in self.targets:
                self.targets[name] = check_target(
                    self.targets[name], self.project.environment, self.problems, linked=name in self.linked
                )
        groups_shown = _with_default(reached, requested)
        return Plan(self.targets, groups_shown, tuple(order), tuple(self.linked), self.overrides.given, self.problems)

    def requested(self, names: tuple[str, ...]) -> list[str]:
        """The names asked for, with patterns replaced by the names that they match."""
        found: dict[str, None] = {}
        for given in names:
            name = given.replace(".", "_")
            if not has_wildcard(name):
                found[name] = None
                continue
            try:
                known = [*self.project.groups, *self.project.targets]
                hits = [candidate for candidate in known if matches(name, candidate)]
            except BadPattern:
                hits = []
            if not hits:
                self.problems.error("unknown-target", f'no target or group matches "{name}"', None)
            found.update(dict.fromkeys(hits))
        return list(found)

    def unknown_target(self, name: str) -> None:
        if name in self.project.incomplete or (name == "default" and self.problems.has_errors):
            return
        known = (*self.project.targets, *self.project.groups)
        help = did_you_mean(name, known)
        if help is None and known:
            shown = sorted(known)
            help = f"there are {', '.join(shown[:12])}{' …' if len(shown) > 12 else ''}"
        if name == "default":
            message = 'there is no target or group "default", which is built when none is named'
            help = f"name a target; {help}" if help else None
        else:
            message = f'there is no target or group "{name}"'
        span = None
        for group in self.project.groups.values():
            if group.targets and name in group.targets:
                span = group.declared_at
        self.problems.error("unknown-target", message, span, help=help)

    def expand(self, name: str, visited: dict[str, tuple[list[str], list[str]]]) -> tuple[list[str], list[str]]:
        """The targets and groups behind a name (buildx's `Config.group`)."""
        if name in visited:
            return visited[name]
        group = self.project.groups.get(name)
        if group is None:
            return [name], []
        visited[name] = ([], [])
        targets: dict[str, None] = {}
        groups: dict[str, None] = {name: None}
        for member in group.targets or ():
            inner, inner_groups = self.expand(member, visited)
            targets.update(dict.fromkeys(inner or [member]))
            groups.update(dict.fromkeys(inner_groups))
        visited[name] = (list(targets), list(groups))
        return visited[name]

    def target(self, name: str) -> Target:
        """Resolve one target, with the defaults of buildx."""
        settings = dict(self.settings(name, {}) or {})
        settings.pop("inherits", None)
        if "context" not in settings:
            settings["context"] = Setting(".", ((".", Origin("default", name)),))
        dockerfile = settings.get("dockerfile")
        if dockerfile is None or not dockerfile.value:
            given = dockerfile.given if dockerfile else ()
            settings["dockerfile"] = Setting("Dockerfile", (*given, ("Dockerfile", Origin("default", name))))
        epoch = self.project.environment.get("SOURCE_DATE_EPOCH")
        if epoch:
            args = settings.get("args")
            if args is None or "SOURCE_DATE_EPOCH" not in args.value:
                added = {"SOURCE_DATE_EPOCH": epoch}
                origin = Origin("environment", name, text="SOURCE_DATE_EPOCH")
                before = args.value if args else {}
                settings["args"] = Setting({**before, **added}, (*(args.given if args else ()), (added, origin)))
        return Target(name, settings, self.project.targets[name].declared_at)

    def settings(self, name: str, visited: dict[str, Settings | None]) -> Settings | None:
        """Settings with those inherited; None while they are being resolved, which cuts a cycle as buildx does."""
        done = self.finished.get(name)
        if done is not None:
            return done
        if name in visited:
            if visited[name] is None:
                self.cuts += 1
            return visited[name]
        visited[name] = None
        cuts = self.cuts
        own: Settings = {}
        for layer in self.project.targets[name].layers:
            own = merge(own, layer)
        settings: Settings = {}
        inherits = own.get("inherits")
        for parent in inherits.value if inherits else ():
            if parent not in self.project.targets:
                self.unknown_parent(name, parent, own["inherits"])
                continue
            settings = merge(settings, self.settings(parent, visited) or {})
        settings = merge({key: item for key, item in settings.items() if key != "inherits"}, own)
        settings = self.overrides.apply(name, settings, self.problems)
        settings = normalise(settings)
        visited[name] = settings
        if cuts == self.cuts:
            self.finished[name] = settings
        return settings

    def unknown_parent(self, name: str, parent: str, inherits: Setting) -> None:
        span = inherits.origin.span
        message = f'target "{name}" inherits from "{parent}", and there is no such target'
        help = did_you_mean(parent, self.project.targets)
        if parent in self.project.groups:
            help = f'"{parent}" is a group, and only a target can be inherited from'
        self.problems.error("unknown-target", message, span, help=help)

    def link(self, name: str, path: list[str]) -> None:
        """Resolve the targets that this one uses as contexts (buildx's `loadLinks`)."""
        contexts = self.targets[name].settings.get("contexts")
        if contexts is None or name in self.links_done:
            return
        self.links_done.add(name)
        path = [*path, name]
        for key in sorted(contexts.value):
            value = contexts.value[key]
            if not value.startswith(_LINK):
                continue
            other = value.removeprefix(_LINK)
            span = contexts.origin.span
            if other == name:
                self.problems.error("context-cycle", f'target "{name}" uses itself as context "{key}"', span)
            elif other in path:
                steps = " → ".join([*path[path.index(other) :], other])
                self.problems.error("context-cycle", f"targets use one another as contexts: {steps}", span)
            elif other not in self.project.targets:
                message = f'context "{key}" of target "{name}" is target "{other}", and there is no such target'
                help = did_you_mean(other, self.project.targets)
                self.problems.error("unknown-target", message, span, help=help)
            else:
                self.linked_to(name, other, path)

    def linked_to(self, name: str, other: str, path: list[str]) -> None:
        if other not in self.targets:
            resolved = self.target(other)
            output = Setting(({"type": "cacheonly"},), ((({"type": "cacheonly"},), Origin("linked", other)),))
            self.targets[other] = Target(other, {**resolved.settings, "output": output}, resolved.declared_at)
            self.linked.append(other)
        self.link(other, path)
        target, linked = self.targets[name], self.targets[other]
        here, there = target.get("platforms", ()), linked.get("platforms", ())
        if len(here) > 1 and len(there) > 1:
            # buildx compares the texts: here linux/arm64 is not linux/arm64/v8.
            missing = [platform for platform in here if platform not in there]
            if missing:
                message = (
                    f'target "{name}" is built for {", ".join(missing)}, but "{other}", which it uses, is not: '
                    f"it has {', '.join(there)}"
                )
                span = target.settings["contexts"].origin.span
                self.problems.error("linked-platforms", message, span, help=f'add the platforms to "{other}"')
        entitlements = linked.settings.get("entitlements")
        if entitlements is not None and entitlements.value:
            mine = target.settings.get("entitlements")
            before = mine.value if mine else ()
            given = (*(mine.given if mine else ()), *entitlements.given)
            settings = {**target.settings, "entitlements": Setting(string_unique(before + entitlements.value), given)}
            self.targets[name] = Target(name, settings, target.declared_at)


def _with_default(reached: dict[str, Group], requested: list[str]) -> dict[str, Group]:
    """The groups as buildx prints them: what was asked for is added to group `default`, which is sorted."""
    groups = {
        name: Group(
            name, None if group.targets is None else _unique(group.targets), group.description, group.declared_at
        )
        for name, group in reached.items()
    }
    default = groups.get("default")
    if requested and default is None:
        names = (requested[0], *(name for name in requested[1:] if name != "default"))
        groups["default"] = Group("default", names, "", None)
    elif default is not None and requested != ["default"]:
        names = (*(default.targets or ()), *(name for name in requested if name != "default"))
        groups["default"] = replace(default, targets=names)
    default = groups.get("default")
    if default is not None and default.targets is not None:
        groups["default"] = replace(default, targets=tuple(sorted(set(default.targets), key=str.encode)))
    return groups


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
