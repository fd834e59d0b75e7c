# $ print
# $ DOCKER_STATIC=0 DOCKER_BUILDTAGS='journald seccomp' print all
# $ DOCKER_LINKMODE=static print dynbinary binary --set '*.output=./dist'
variable "BUNDLES_OUTPUT" {
  default = "./bundles"
}

variable "DOCKER_CROSSPLATFORMS" {
  default = ""
}

variable "DOCKER_STATIC" {
  default = "1"
}

variable "DOCKER_LINKMODE" {
  default = ""
}

variable "DOCKER_BUILDTAGS" {
  default = ""
}

function "bundle" {
  params = [name]
  result = "${BUNDLES_OUTPUT}/${name}"
}

function "linkmode" {
  params = [fallback]
  result = DOCKER_LINKMODE != "" ? DOCKER_LINKMODE : fallback
}

target "_common" {
  args = {
    BUILDKIT_CONTEXT_KEEP_GIT_DIR = 1
    DOCKER_BUILDTAGS              = DOCKER_BUILDTAGS
  }
}

group "default" {
  targets = ["binary"]
}

group "all" {
  targets = ["binary", "dynbinary", "cross"]
}

target "binary" {
  inherits = ["_common"]
  target   = "binary"
  output   = [bundle(DOCKER_STATIC == "1" ? "binary" : "dynbinary")]
  args = {
    DOCKER_STATIC   = DOCKER_STATIC
    DOCKER_LINKMODE = linkmode(DOCKER_STATIC == "1" ? "static" : "dynamic")
  }
}

target "dynbinary" {
  inherits = ["binary"]
  output   = [bundle("dynbinary")]
  args     = { DOCKER_STATIC = "0" }
}

target "cross" {
  inherits  = ["binary"]
  output    = [bundle("cross")]
  platforms = compact(split(",", DOCKER_CROSSPLATFORMS))
}
