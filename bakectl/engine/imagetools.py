"""Images in registries, through `docker buildx imagetools`, whose builder says how a registry is reached."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.platforms import normalised
from bakectl.diagnostics import Problems
from bakectl.engine.builders import last_line
from bakectl.engine.daemon import platform_text
from bakectl.engine.process import capture
from bakectl.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SECONDS: Final = 300


class ImageTools:
    """`docker buildx imagetools` with one builder, the current one when none is named."""

    def __init__(self, builder: str | None, environment: Mapping[str, str]) -> None:
        self._builder = ("--builder", builder) if builder else ()
        self._environment = environment

    def manifest(self, reference: str) -> str:
        """A manifest or an index as the registry has it; raises BuildFailed."""
        return self._run(reference, "inspect", "--raw", reference)

    def platforms(self, reference: str) -> tuple[str, ...]:
        """The platforms of an image, attestations left out; raises BuildFailed."""
        index = self._json(reference, self.manifest(reference))
        entries = index.get("manifests")
        if entries is None:
            # An image without an index says in its configuration what it is for.
            entries = [{"platform": self._json(reference, self._configuration(reference))}]
        names = (platform_text(entry.get("platform") or {}) for entry in entries)
        return tuple(dict.fromkeys(normalised(name) for name in names if not name.startswith("unknown")))

    def _configuration(self, reference: str) -> str:
        return self._run(reference, "inspect", "--format", "{{json .Image}}", reference)

    def create_command(
        self, tags: Iterable[str], annotations: Iterable[str], sources: Sequence[str], *options: str
    ) -> tuple[str, ...]:
        """The command that joins images to one, and gives it tags."""
        words = ["docker", "buildx", "imagetools", "create", *self._builder, *options]
        for annotation in annotations:
            words += ["--annotation", annotation]
        for tag in tags:
            words += ["--tag", tag]
        return (*words, *sources)

    def create(self, tags: Iterable[str], annotations: Iterable[str], sources: Sequence[str], *options: str) -> str:
        """Join images, and return what was written; raises BuildFailed."""
        return self._done(" and ".join(tags), self.create_command(tags, annotations, sources, *options))

    def _run(self, what: str, verb: str, *words: str) -> str:
        return self._done(what, ("docker", "buildx", "imagetools", verb, *self._builder, *words))

    def _done(self, what: str, words: Sequence[str]) -> str:
        done = capture(words, self._environment, seconds=_SECONDS)
        if done.code:
            problems = Problems()
            problems.error("registry", f"{what}: {last_line(done.err or done.out)}", None)
            raise BuildFailed(done.code, problems)
        return done.out

    @staticmethod
    def _json(what: str, text: str) -> Mapping[str, Any]:
        try:
            value = json.loads(text)
        except ValueError:
            value = None
        if isinstance(value, dict):
            return value
        problems = Problems()
        problems.error("registry", f"{what} is no image", None)
        raise BuildFailed(0, problems)
