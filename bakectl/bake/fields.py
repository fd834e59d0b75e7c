"""The table of target fields: what each holds, how it merges, how `--set` changes it, since which buildx it is there.

The order is that of buildx's JSON. Merging, overrides, printing, lint and docs all go by this table.
"""

from __future__ import annotations

from typing import Final

from bakectl.record import Record

# Shapes: what a field holds, as plain Python data in a resolved target.
STRING: Final = "string"  # str
BOOL: Final = "bool"  # bool
STRINGS: Final = "list(string)"  # tuple[str, ...]
MAP: Final = "map(string)"  # dict[str, str]
OUTPUTS: Final = "outputs"  # tuple[dict[str, str], ...]
CACHES: Final = "caches"  # tuple[dict[str, str], ...]
ATTESTS: Final = "attests"  # tuple[dict[str, str | bool], ...]
SECRETS: Final = "secrets"  # tuple[dict[str, str], ...]
SSHES: Final = "ssh agents and keys"  # tuple[dict[str, str | tuple[str, ...]], ...]
POLICIES: Final = "policies"  # tuple[dict[str, object], ...]
RESOURCES: Final = "resources"  # dict[str, str | int]

# Merge rules: what a later block, a child or an override does to an earlier value.
REPLACE: Final = "replace"
APPEND: Final = "append"
PER_KEY: Final = "per key"

# Forms of `--set`: what happens to the value that is given.
SCALAR: Final = "scalar"
LIST: Final = "list"  # `=` replaces, `+=` appends
ADDED: Final = "added"  # always appends, whatever the operator
KEYED: Final = "keyed"  # needs a sub-key
BLANKED: Final = "blanked"  # buildx sets the field to the empty string (a bug that no version mends)
ERASED: Final = "erased"  # buildx removes the field (likewise)


class Field(Record):
    """One row: `set_key` is the key that `--set` knows the field by, None when it cannot be overridden."""

    name: str
    shape: str
    merge: str
    set_key: str | None
    set_form: str
    since: str | None
    doc: str
    escaped: bool = False
    """Whether buildx prints `${` and `%{` of its values escaped."""
    unique: bool = False
    """Whether later doubles, and empty strings, are dropped from a list of strings."""


_ROWS = (
    Field("description", STRING, REPLACE, None, SCALAR, "0.16", "what the target is, for `--list`"),
    Field("inherits", STRINGS, APPEND, None, LIST, None, "targets whose settings this one starts from"),
    Field(
        "annotations", STRINGS, APPEND, "annotations", ADDED, "0.12", "OCI annotations, `[type:]key=value`", True, True
    ),
    Field("attest", ATTESTS, APPEND, "attest", ADDED, "0.10", "attestations, such as `type=sbom`"),
    Field("context", STRING, REPLACE, "context", SCALAR, None, "the folder, URL or image that is built from"),
    Field("contexts", MAP, PER_KEY, "contexts", KEYED, "0.8", "named contexts for `FROM` and `COPY --from`"),
    Field("dockerfile", STRING, REPLACE, "dockerfile", SCALAR, None, "the Dockerfile, relative to the context"),
    Field("dockerfile-inline", STRING, REPLACE, None, SCALAR, None, "the Dockerfile itself", True),
    Field("args", MAP, PER_KEY, "args", KEYED, None, "build arguments", True),
    Field("labels", MAP, PER_KEY, "labels", KEYED, None, "labels of the image", True),
    Field("tags", STRINGS, REPLACE, "tags", LIST, None, "names and tags of the image", False, True),
    Field("cache-from", CACHES, APPEND, "cache-from", LIST, None, "caches to read"),
    Field("cache-to", CACHES, REPLACE, "cache-to", LIST, None, "caches to write"),
    Field("target", STRING, REPLACE, "target", SCALAR, None, "the stage to build"),
    Field("secret", SECRETS, APPEND, "secrets", LIST, None, "secrets for `RUN --mount=type=secret`"),
    Field("ssh", SSHES, APPEND, "ssh", LIST, None, "agents and keys for `RUN --mount=type=ssh`"),
    Field("platforms", STRINGS, REPLACE, "platform", LIST, None, "platforms to build for", False, True),
    Field("output", OUTPUTS, REPLACE, "output", LIST, None, "where the result goes"),
    Field("pull", BOOL, REPLACE, "pull", SCALAR, None, "whether base images are always looked up again"),
    Field("no-cache", BOOL, REPLACE, "no-cache", SCALAR, None, "whether nothing is taken from the cache"),
    Field("network", STRING, REPLACE, "network", BLANKED, None, "network of `RUN`: default, host or none"),
    Field(
        "no-cache-filter", STRINGS, APPEND, "no-cache-filter", ERASED, None, "stages built without cache", False, True
    ),
    Field("shm-size", STRING, REPLACE, "shm-size", SCALAR, "0.13", "size of /dev/shm"),
    Field("ulimits", STRINGS, APPEND, "ulimits", ERASED, "0.13", "limits, such as `nofile=1024:1024`", False, True),
    Field("resources", RESOURCES, PER_KEY, "resources", KEYED, "0.35", "memory and processor limits of the build"),
    Field("call", STRING, REPLACE, "call", SCALAR, "0.16", "what to do instead of building, such as `check`"),
    Field(
        "entitlements", STRINGS, APPEND, "entitlements", ADDED, "0.17", "privileges that the build asks", False, True
    ),
    Field("extra-hosts", MAP, PER_KEY, "extra-hosts", KEYED, "0.25", "host names known to `RUN`", True),
    Field("policy", POLICIES, APPEND, "policy", LIST, "0.31", "source policies"),
)

FIELDS: Final = {field.name: field for field in _ROWS}
BY_SET_KEY: Final = {field.set_key: field for field in _ROWS if field.set_key is not None}
ONLY_IN_BLOCKS: Final = ("name", "matrix")
"""Attributes of a target block that are used up before there is a target."""
