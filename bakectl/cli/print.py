"""`bakectl print`: the resolved definition, as `docker buildx bake --print`."""

from __future__ import annotations

from bakectl.cli import definition, options, screen


def run(
    *,
    targets: tuple[str, ...],
    file: tuple[str, ...],
    var: tuple[str, ...],
    set: tuple[str, ...],
    push: bool | None,
    load: bool | None,
    no_cache: bool | None,
    pull: bool | None,
    provenance: str | None,
    sbom: str | None,
    call: str | None,
    check: bool | None,
    allow: tuple[str, ...],
) -> int:
    """Print the plan as JSON, and what is to be said about it."""
    from bakectl.bake.overrides import flag_overrides
    from bakectl.bake.printing import definition_json

    definition.refuse_remote(targets, "print")
    flags = flag_overrides(
        push=push,
        load=load,
        no_cache=no_cache,
        pull=pull,
        provenance=provenance,
        sbom=sbom,
        call=_method("check" if check else call),
    )
    plan = definition.plan(targets, file, var, set, flags)
    screen.show(plan.problems)
    screen.write(definition_json(plan))
    return 0


def _method(call: str | None) -> str | None:
    """The method of `--call` as buildx writes it into the definition."""
    method = (call or "").partition(",")[0]
    return "lint" if method == "check" else method


COMMAND = options.Command(
    name="print",
    help="Print the definition of targets and groups with everything resolved: "
    "the same JSON as docker buildx bake --print with the same options. Needs no Docker.",
    run=run,
    argument=options.TARGETS,
    options=(
        options.FILE,
        options.VAR,
        options.SET,
        options.PUSH,
        options.LOAD,
        options.NO_CACHE,
        options.PULL,
        options.PROVENANCE,
        options.SBOM,
        options.CALL,
        options.CHECK,
        options.ALLOW,
    ),
    examples=(
        "bakectl print",
        "bakectl print backend --var TAG=1.2.0",
        "bakectl print all --set '*.platform=linux/arm64' --push",
    ),
)
