variable "REGISTRY" {
  description = "Where images are pushed: a registry and a namespace"
  type        = string
  default     = "ghcr.io/bakectl"

  validation {
    condition     = can(regex("^[^/]+(/[^/]+)*$", REGISTRY))
    error_message = "REGISTRY must be a registry and a namespace, such as ghcr.io/acme."
  }
}

variable "TAG" {
  description = "Tag of every image"
  type        = string
  default     = "latest"

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", TAG))
    error_message = "TAG must be a tag, such as latest or 1.2.0."
  }
}

variable "RUST_VERSION" {
  description = "Rust release that compiles"
  type        = string
  default     = "1.86"

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+(\\.[0-9]+)?$", RUST_VERSION))
    error_message = "RUST_VERSION must be a release, such as 1.86 or 1.86.0."
  }
}

variable "DEBIAN_RELEASE" {
  description = "Debian release to compile and to run on"
  type        = string
  default     = "bookworm"

  validation {
    condition     = can(regex("^[a-z]+$", DEBIAN_RELEASE))
    error_message = "DEBIAN_RELEASE must be a code name, such as bookworm."
  }
}

variable "GITHUB_SHA" {
  description = "Commit that is built, which GitHub Actions sets"
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([0-9a-f]{40})?$", GITHUB_SHA))
    error_message = "GITHUB_SHA must be a full commit hash."
  }
}

variable "CREATED" {
  description = "Time of the build"
  type        = string
  default     = ""

  validation {
    condition     = CREATED == "" || can(formatdate("YYYY", CREATED))
    error_message = "CREATED must be a time, such as 2026-01-31T12:00:00Z."
  }
}

function "tags_of" {
  params = [name]
  result = compact([
    "${REGISTRY}/${name}:${TAG}",
    GITHUB_SHA == "" ? "" : "${REGISTRY}/${name}:sha-${substr(GITHUB_SHA, 0, 7)}",
  ])
}

# On each platform's manifest, because a build of one platform may have no index to annotate.
function "annotations_of" {
  params = [labels]
  result = [for name, value in labels : "${name}=${value}" if value != null]
}

group "default" {
  targets = ["backend", "frontend"]
}

group "all" {
  targets = ["backend", "frontend"]
}

target "_common" {
  context   = "."
  platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"]

  args = {
    DEBIAN_RELEASE = DEBIAN_RELEASE
    RUST_VERSION   = RUST_VERSION
    WORKSPACE      = "examples/realtime-svg"
  }

  labels = {
    "org.opencontainers.image.version"  = TAG
    "org.opencontainers.image.revision" = GITHUB_SHA != "" ? GITHUB_SHA : null
    "org.opencontainers.image.created"  = CREATED != "" ? CREATED : null
    "org.opencontainers.image.source"   = "https://github.com/bakectl/bakectl"
    "org.opencontainers.image.licenses" = "Apache-2.0"
    "org.opencontainers.image.vendor"   = "bakectl"
  }

  annotations = annotations_of(target._common.labels)
}

target "backend" {
  description = "Draws the SVG of realtime-svg"
  inherits    = ["_common"]
  dockerfile  = "Dockerfile"
  tags        = tags_of("backend")

  labels = {
    "org.opencontainers.image.title"       = "backend"
    "org.opencontainers.image.description" = "Draws the SVG of realtime-svg"
  }

  annotations = annotations_of(target.backend.labels)
}

target "frontend" {
  description = "Shows the SVG of realtime-svg as it changes"
  inherits    = ["_common"]
  dockerfile  = "Dockerfile.frontend"
  tags        = tags_of("frontend")

  labels = {
    "org.opencontainers.image.title"       = "frontend"
    "org.opencontainers.image.description" = "Shows the SVG of realtime-svg as it changes"
  }

  annotations = annotations_of(target.frontend.labels)
}
