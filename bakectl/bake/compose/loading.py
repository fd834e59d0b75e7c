"""Compose files to one document: variables, `extends`, `include`, and the merge of documents and files.

The order of the steps is that of compose-go's `loader` package, because it shows in the result.
"""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

from bakectl.bake.compose.canonical import canonical
from bakectl.bake.compose.dotenv import read_variables
from bakectl.bake.compose.environment import without_bom
from bakectl.bake.compose.interpolation import interpolate
from bakectl.bake.compose.merging import merge, remove_paths
from bakectl.bake.compose.nodes import (
    List,
    Map,
    Node,
    Path,
    Scalar,
    data,
    is_null,
    kind,
    string,
    with_entries,
    with_entry,
    without,
)
from bakectl.bake.compose.paths import resolve_paths
from bakectl.bake.compose.reading import MAX_DEPTH, MAX_INCLUDES, Reading, join
from bakectl.bake.compose.scalars import go_text
from bakectl.bake.compose.yaml_nodes import read_documents
from bakectl.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.compose.yaml_nodes import Document

_SECTIONS = ("services", "volumes", "networks", "secrets", "configs")
_SERVICE_PATH: Path = ("services", "x")


class Loader:
    """Loads the files of one project, or of one that is included; paths in them are relative to `folder`."""

    def __init__(self, reading: Reading, environment: Mapping[str, str], folder: str = "") -> None:
        self.reading = reading
        self.environment = environment
        self.folder = folder
        self.extended: dict[str, tuple[Map, tuple[Path, ...]]] = {}

    def load(self, sources: Sequence[Source], place: str, included: tuple[str, ...] = ()) -> Map:
        """Load files and merge them; `place` is the folder that their contexts are relative to."""
        model: Map | None = None
        for source in sources:
            for document in self.documents(source):
                model = self.add(document, model, source.path, place, included)
        if model is None:
            span = Span(sources[0], 0, 0) if sources else None
            return Map({}, {}, span, span) if span else _EMPTY
        resolved = resolve_paths(_with_contexts(model), place, self.reading)
        self.reading.stop_after_errors()
        assert isinstance(resolved, Map)
        return _with_environment(resolved, self.environment)

    def documents(self, source: Source) -> tuple[Document, ...]:
        known = self.reading.documents.get(source.path)
        if known is None:
            known = self.reading.documents[source.path] = read_documents(source, self.reading)
            self.reading.stop_after_errors()
        return known

    def add(self, document: Document, model: Map | None, name: str, place: str, included: tuple[str, ...]) -> Map:
        """Lay one document over those before it."""
        added = self.interpolated(document)
        added = _Extension(self, document.resets, name).apply(added)
        if model is not None:
            rest = remove_paths(model, document.resets)
            assert isinstance(rest, Map)
            model = rest
        added = self.include(added, place, (*included, name))
        return self.laid_over(model, added)

    def interpolated(self, document: Document) -> Map:
        root = document.root
        if not isinstance(root, Map):
            message = f"a Compose file is a map, and this is {kind(root)}"
            self.reading.refuse("bad-value", message, root.span, help="begin with services:")
        self.reading.spend(document.size)
        result = interpolate(root, self.environment.get, self.reading)
        self.reading.stop_after_errors()
        assert isinstance(result, Map)
        return result

    def laid_over(self, model: Map | None, added: Map) -> Map:
        merged = added if model is None else merge(model, added, self.reading)
        self.reading.stop_after_errors()
        result = canonical(merged, self.reading)
        assert isinstance(result, Map)
        return result

    def extended_file(self, path: str, span: Span) -> tuple[Map, tuple[Path, ...]]:
        """Load a file that `extends` names, without what it extends itself; with the paths that its end resets."""
        known = self.extended.get(path)
        if known is not None:
            return known
        local = path if path.startswith("/") else join(self.folder, path)
        source = self.reading.read_file(local, span, "bad-extends")
        model: Map | None = None
        resets: tuple[Path, ...] = ()
        for document in self.documents(source):
            if model is not None:
                rest = remove_paths(model, document.resets)
                assert isinstance(rest, Map)
                model = rest
            model, resets = self.laid_over(model, self.interpolated(document)), document.resets
        if model is None:
            self.reading.refuse("bad-extends", f"there is nothing in {local}", span)
        resolved = resolve_paths(model, self.place_of(path), self.reading)
        self.reading.stop_after_errors()
        assert isinstance(resolved, Map)
        self.extended[path] = resolved, resets
        return resolved, resets

    def place_of(self, path: str) -> str:
        """The folder of a file, relative to that of the loader."""
        whole = path if path.startswith("/") else join(self.folder, path)
        if not os.path.isdir(whole):  # noqa: PTH112
            parent = posixpath.dirname(path) or "."
            whole = parent if parent.startswith("/") else join(self.folder, parent)
        return _relative(whole, self.folder)

    def include(self, model: Map, place: str, included: tuple[str, ...]) -> Map:
        """Add what the files hold that `include` names."""
        given = model.get("include")
        if given is None:
            return model
        model = without(model, "include")
        if is_null(given):
            return model
        if not isinstance(given, List):
            self.reading.refuse("bad-include", f'"include" is a list, and this is {kind(given)}', given.span)
        if len(included) > MAX_INCLUDES:
            message = f"files include one another more than {MAX_INCLUDES} deep"
            self.reading.refuse("limit-exceeded", message, given.span)
        for item in given.items:
            for section, entries in self.included(item, place, included).items():
                model = self.import_section(model, section, entries)
        self.reading.stop_after_errors()
        return model

    def included(self, item: Node, place: str, included: tuple[str, ...]) -> dict[str, Map]:
        entry = item
        if string(entry) is not None:
            entry = Map({"path": entry}, {"path": entry.span}, entry.span, entry.within)
        if not isinstance(entry, Map):
            self.reading.refuse("bad-include", f'"include" is a list of files, and this is {kind(item)}', item.span)
        paths = self.strings(entry, "path")
        files = [path if path.startswith("/") else join(self.folder, path) for path, _ in paths]
        project, relative = self.project_folder(entry, files, place)
        for path in files[:1]:
            if path in included:
                steps = " → ".join((*included[included.index(path) :], path))
                self.reading.refuse("bad-include", f"files include one another: {steps}", item.span)
        environment = self.included_environment(entry, project, place)
        sources = [self.reading.read_file(path, paths[index][1], "bad-include") for index, path in enumerate(files)]
        loaded = Loader(self.reading, environment, project).load(sources, relative, included)
        return {name: part for name in _SECTIONS if isinstance(part := loaded.get(name), Map)}

    def project_folder(self, entry: Map, files: Sequence[str], place: str) -> tuple[str, str]:
        """The folder of an included project, and the same as compose-go writes it before contexts."""
        given = entry.get("project_directory")
        folder = go_text(given.value) if isinstance(given, Scalar) and given.value is not None else ""
        if not files:
            return folder, folder
        if not folder:
            return posixpath.dirname(files[0]) or ".", self.place_of(files[0])
        if folder.startswith("/"):
            return folder, folder
        return join(place, folder), self.place_of(folder)

    def included_environment(self, entry: Map, project: str, place: str) -> dict[str, str]:
        """The environment of the including project, and for what it does not set, the `.env` of the included one."""
        given = self.strings(entry, "env_file")
        if given:
            files = [(path if path.startswith("/") else join(place, path), span) for path, span in given]
        else:
            default = join(project, ".env")
            files = [(default, entry.span)] if os.path.isfile(default) else []  # noqa: PTH113
        added: dict[str, str] = {}
        for path, span in files:
            source = self.reading.read_file(path, span, "bad-include")
            lookup = _Chain(self.environment, added)
            added = {**added, **read_variables(without_bom(source), lookup.get, self.reading)}
        return {**added, **self.environment}

    def strings(self, entry: Map, name: str) -> list[tuple[str, Span]]:
        """A setting that is a string or a list of strings."""
        given = entry.get(name)
        items = given.items if isinstance(given, List) else () if given is None else (given,)
        found: list[tuple[str, Span]] = []
        for item in items:
            text = string(item)
            if text is None:
                message = f'"{name}" of "include" is a string or a list of strings, and this is {kind(item)}'
                self.reading.refuse("bad-include", message, item.span)
            found.append((text, item.span))
        return found

    def import_section(self, model: Map, name: str, entries: Map) -> Map:
        section = model.get(name)
        if section is None:
            return with_entry(model, name, entries, entries.span)
        if not isinstance(section, Map):
            self.reading.refuse("bad-value", f'"{name}" is a map, and this is {kind(section)}', section.span)
        for key, value in entries.entries.items():
            own = section.get(key)
            if own is None:
                section = with_entry(section, key, value, entries.keys[key])
            elif data(own) != data(value):
                message = f'"{name}.{key}" is here and in an included file, with different values'
                help = "put what is different into a second Compose file"
                self.reading.error("bad-include", message, section.keys[key], help=help)
        return with_entry(model, name, section)


def _relative(path: str, folder: str) -> str:
    """The path from a folder, as Go's `filepath.Rel`; the path itself where that needs to know the folder's name."""
    if path.startswith("/") != folder.startswith("/"):
        return path
    parts = [part for part in path.split("/") if part not in ("", ".")]
    base = [part for part in folder.split("/") if part not in ("", ".")]
    shared = len(posixpath.commonprefix([parts, base]))
    if ".." in base[shared:]:
        return path
    return "/".join([".."] * (len(base) - shared) + parts[shared:]) or "."


_NOWHERE = Span(Source("", ""), 0, 0)
_EMPTY = Map({}, {}, _NOWHERE, _NOWHERE)


class _Chain:
    """Looks names up in one mapping and then in another."""

    def __init__(self, first: Mapping[str, str], second: Mapping[str, str]) -> None:
        self.first = first
        self.second = second

    def get(self, name: str) -> str | None:
        value = self.first.get(name)
        return self.second.get(name) if value is None else value


class _Extension:
    """Services laid over those that they extend, in one document."""

    def __init__(self, loader: Loader, resets: tuple[Path, ...], name: str) -> None:
        self.loader = loader
        self.reading = loader.reading
        self.resets = resets
        self.name = name

    def apply(self, model: Map) -> Map:
        given = model.get("services")
        if given is None:
            return model
        if not isinstance(given, Map):
            message = f'"services" is a map, and this is {kind(given)}'
            self.reading.refuse("bad-value", message, given.span, help="write services: {} for none")
        services = dict(given.entries)
        for name in services:
            services[name] = self.service(name, services, (), self.resets)
        self.reading.stop_after_errors()
        return with_entry(model, "services", with_entries(given, services))

    def service(
        self, name: str, services: dict[str, Node], path: tuple[tuple[str, str], ...], resets: tuple[Path, ...]
    ) -> Node:
        node = services[name]
        if is_null(node):
            return node
        if not isinstance(node, Map):
            message = f'"services.{name}" is a map, and this is {kind(node)}'
            self.reading.refuse("bad-value", message, node.span, help="write image: or build: below it")
        extends = node.get("extends")
        if extends is None:
            return node
        wanted, file = self.reference(name, extends)
        others, file_name = services, self.name
        if file is not None:
            path_text = string(file)
            if path_text is None:
                self.reading.refuse("bad-extends", f"the file is a string, and this is {kind(file)}", file.span)
            others, more = self.from_file(name, wanted, path_text, file.span)
            resets, file_name = resets + more, path_text
        elif wanted not in services:
            message = f'service "{name}" extends "{wanted}", and there is no such service in this file'
            self.reading.refuse("bad-extends", message, extends.span, help="name its file with file:")
        step = (file_name, name)
        if step in path:
            steps = " → ".join(service for _, service in (*path[path.index(step) :], step))
            self.reading.refuse("bad-extends", f"services extend one another: {steps}", extends.span)
        if len(path) >= MAX_DEPTH:
            message = f"services extend one another more than {MAX_DEPTH} deep"
            self.reading.refuse("limit-exceeded", message, extends.span)
        base = self.service(wanted, others, (*path, step), resets)
        if is_null(base):
            return node
        result = self.extended(name, base, node, resets)
        others[name] = result
        return result

    def reference(self, name: str, extends: Node) -> tuple[str, Node | None]:
        if not isinstance(extends, Map):
            return string(extends) or "", None
        wanted, file = string(extends.get("service")), extends.get("file")
        if wanted is None:
            message = f'"extends" of service "{name}" does not say which service'
            self.reading.refuse("bad-extends", message, extends.span, help="write service: NAME")
        return wanted, None if is_null(file) else file

    def from_file(self, name: str, wanted: str, path: str, span: Span) -> tuple[dict[str, Node], tuple[Path, ...]]:
        model, resets = self.loader.extended_file(path, span)
        services = model.get("services")
        if not isinstance(services, Map) or wanted not in services.entries:
            what = f'service "{wanted}"' if isinstance(services, Map) else "map of services"
            self.reading.refuse("bad-extends", f'service "{name}" extends a file without {what}: {path}', span)
        return dict(services.entries), resets

    def extended(self, name: str, base: Node, node: Map, resets: tuple[Path, ...]) -> Node:
        own = tuple(reset[2:] for reset in resets if len(reset) > 2 and reset[0] == "services" and reset[1] == name)
        merged = merge(remove_paths(base, own), node, self.reading, _SERVICE_PATH)
        assert isinstance(merged, Map)
        return without(merged, "extends")


def _with_contexts(model: Map) -> Map:
    """Give each build a context."""
    services = model.get("services")
    if not isinstance(services, Map):
        return model
    changed = dict(services.entries)
    for name, service in services.entries.items():
        build = service.get("build") if isinstance(service, Map) else None
        if isinstance(service, Map) and isinstance(build, Map) and "context" not in build.entries:
            context = Scalar(".", build.span, build.span)
            changed[name] = with_entry(service, "build", with_entry(build, "context", context))
    return with_entry(model, "services", with_entries(services, changed))


def _with_environment(model: Map, environment: Mapping[str, str]) -> Map:
    """Give the variables in lists of `environment` that have no value the one of the project."""
    services = model.get("services")
    if not isinstance(services, Map):
        return model
    changed = dict(services.entries)
    for name, service in services.entries.items():
        given = service.get("environment") if isinstance(service, Map) else None
        if isinstance(service, Map) and isinstance(given, List):
            items = tuple(_with_value(item, environment) for item in given.items)
            changed[name] = with_entry(service, "environment", List(items, given.span, given.within))
    return with_entry(model, "services", with_entries(services, changed))


def _with_value(item: Node, environment: Mapping[str, str]) -> Node:
    text = string(item)
    if text is None or text not in environment:
        return item
    return Scalar(f"{text}={environment[text]}", item.span, item.within)
