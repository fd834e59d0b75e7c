"""What a finished build has made: digests, sizes and times of its targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.outputs import is_pushed
from bakectl.engine import daemon
from bakectl.engine.process import capture
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Plan, Target

_AT_ONCE: Final = 8


class Built(Record):
    """One target after the build; what could not be found out is None or empty."""

    target: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    """Where the result is, for people."""
    platforms: tuple[str, ...]
    digest: str | None
    sizes: daemon.Sizes
    seconds: float | None
    cached: int | None
    steps: int | None


class _Record(Record):
    """What buildx remembers of one build."""

    seconds: float | None
    cached: int | None
    steps: int | None


_NOTHING: Final = _Record(None, None, None)


def read_results(plan: Plan, metadata: Mapping[str, Mapping[str, Any]], environment: Mapping[str, str]) -> list[Built]:
    """Gather the results of the targets asked for, from buildx's metadata and history and from the registry."""
    from concurrent.futures import ThreadPoolExecutor

    built = {name: metadata[name] for name in plan.requested if name in metadata}
    references = {name: str(facts.get("buildx.build.ref", "")) for name, facts in built.items()}
    # Each question is a process or a request of its own, and most of the time is spent waiting.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        builders = {reference.partition("/")[0] for reference in references.values() if reference}
        histories = [pool.submit(_history, builder, environment) for builder in builders]
        sizes = {name: pool.submit(_sizes, plan[name], facts, environment) for name, facts in built.items()}
        records = {reference: record for history in histories for reference, record in history.result().items()}
        found = {name: future.result() for name, future in sizes.items()}
    return [
        _built(plan[name], facts, found[name], records.get(references[name], _NOTHING)) for name, facts in built.items()
    ]


def _built(target: Target, facts: Mapping[str, Any], sizes: daemon.Sizes, record: _Record) -> Built:
    digest = facts.get("containerimage.digest")
    return Built(
        target.name,
        _names(facts),
        _places(target, is_image=digest is not None),
        tuple(name for name in sizes.bytes if name) or tuple(target.get("platforms", ())),
        str(digest) if digest else None,
        sizes,
        record.seconds,
        record.cached,
        record.steps,
    )


def _names(facts: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(part for part in str(facts.get("image.name", "")).split(",") if part)


def _places(target: Target, *, is_image: bool) -> tuple[str, ...]:
    found: dict[str, None] = {}
    outputs = target.get("output", ())
    for entry in outputs:
        dest = entry.get("dest")
        if dest and dest != "-":
            found[dest] = None
        elif entry["type"] == "docker":
            found["loaded into docker"] = None
        elif entry["type"] in ("image", "registry") and is_pushed(target):
            found["pushed"] = None
        elif entry["type"] == "image":
            found["in the builder's image store"] = None
    if not outputs:
        found["in docker's image store" if is_image else "in the build cache only: add --push, --load or --output"] = (
            None
        )
    return tuple(found)


def _json(text: str) -> dict[str, Any]:
    import json

    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _history(builder: str, environment: Mapping[str, str]) -> dict[str, _Record]:
    """What buildx remembers of the builds of a builder, by `builder/node/id`; older ones remember nothing."""
    done = capture(("docker", "buildx", "--builder", builder, "history", "ls", "--format", "json"), environment)
    if done.code:
        return {}
    rows = (_json(line) for line in done.out.splitlines())
    return {str(row.get("ref")): _record(row) for row in rows}


def _record(row: Mapping[str, Any]) -> _Record:
    begun, done = _seconds(row.get("created_at")), _seconds(row.get("completed_at"))
    seconds = None if begun is None or done is None else done - begun
    return _Record(seconds, row.get("cached_steps"), row.get("completed_steps"))


def _seconds(text: object) -> float | None:
    from datetime import datetime

    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except ValueError:
        return None


def _sizes(target: Target, facts: Mapping[str, Any], environment: Mapping[str, str]) -> daemon.Sizes:
    """Bytes of each platform of an image, as the registry has it or the daemon keeps it."""
    names, digest = _names(facts), facts.get("containerimage.digest")
    if not digest:
        return daemon.Sizes({})
    if not is_pushed(target):
        return daemon.read_sizes(names[0] if names else str(digest), environment)
    # A tag may be moved by somebody else meanwhile, a digest not.
    if not names:
        return daemon.Sizes({})
    builder = str(facts.get("buildx.build.ref", "")).partition("/")[0]
    return daemon.Sizes(_Registry(builder, environment).sizes(_repository(names[0]), str(digest)))


def _repository(name: str) -> str:
    """The name without its tag; a colon before the last slash belongs to a port."""
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}{last.partition('@')[0].partition(':')[0]}"


class _Registry:
    """Manifests as a builder sees them, whose settings say how a registry is reached."""

    def __init__(self, builder: str, environment: Mapping[str, str]) -> None:
        self.words = (
            "docker",
            "buildx",
            "imagetools",
            "inspect",
            *(("--builder", builder) if builder else ()),
            "--raw",
        )
        self.environment = environment

    def sizes(self, repository: str, digest: str) -> dict[str, int]:
        """Bytes of config and layers of each platform; of an image without an index, under an empty name."""
        from concurrent.futures import ThreadPoolExecutor

        index = self.manifest(f"{repository}@{digest}")
        if "layers" in index:
            return {"": _bytes(index)}
        digests = {
            daemon.platform_text(entry.get("platform", {})): str(entry.get("digest"))
            for entry in index.get("manifests", ())
            if entry.get("platform", {}).get("os") not in (None, "unknown")
        }
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            manifests = pool.map(lambda one: self.manifest(f"{repository}@{one}"), digests.values())
            return dict(zip(digests, map(_bytes, manifests), strict=True))

    def manifest(self, reference: str) -> dict[str, Any]:
        done = capture((*self.words, reference), self.environment)
        return _json(done.out) if done.code == 0 else {}


def _bytes(manifest: Mapping[str, Any]) -> int:
    parts = (manifest.get("config", {}), *manifest.get("layers", ()))
    return sum(int(part.get("size", 0)) for part in parts)
