"""The actions that workflows use, each at one commit: a tag could be moved, a commit cannot."""

from __future__ import annotations

from typing import Final

ACTIONS: Final = {
    "actions/checkout": ("de0fac2e4500dabe0009e67214ff5f5447ce83dd", "v6.0.2"),
    "actions/download-artifact": ("3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"),
    "actions/github-script": ("ed597411d8f924073f98dfc5c65a23a2325f34cd", "v8.0.0"),
    "actions/setup-python": ("a309ff8b426b58ec0e2a45f0f869d46889d02405", "v6.2.0"),
    "actions/upload-artifact": ("043fb46d1a93c77aae656e7c1c64a875d1fc6a0a", "v7.0.1"),
    "docker/login-action": ("b45d80f862d83dbcd57f89517bcf500b2ab88fb2", "v4.0.0"),
    "docker/setup-buildx-action": ("4d04d5d9486b7bd6fa91e7baf45bbb4f8b9deedd", "v4.0.0"),
    "docker/setup-qemu-action": ("ce360397dd3f832beb865e1373c09c0e9f86d70a", "v4.0.0"),
    "sigstore/cosign-installer": ("faadad0cce49287aee09b3a48701e75088a2c6ad", "v4.0.0"),
}
"""Each action, its commit, and the release that this is."""


def pinned(name: str) -> str:
    """An action as a step uses it."""
    commit, release = ACTIONS[name]
    return f"{name}@{commit} # {release}"
