# $ variable rename TAG VERSION
variable "TAG" {
  default = "1"
  validation {
    condition = TAG != ""
    error_message = "TAG is empty"
  }
}
variable "FULL" {
  default = "v${TAG}"
}
function "tag" {
  params = [TAG]
  result = "x${TAG}"
}
target "app" {
  tags = [for TAG in ["a"] : "app:${TAG}"]
  args = {
    TAG = TAG
    B   = "${upper(TAG)}-%{ if TAG == "1" }one%{ endif }"
    C   = tag(TAG)
  }
}
target "other" {
  name = "other-${TAG}"
  matrix = {
    TAG = ["x", "y"]
  }
}
# --- after
variable "VERSION" {
  default = "1"
  validation {
    condition = VERSION != ""
    error_message = "TAG is empty"
  }
}
variable "FULL" {
  default = "v${VERSION}"
}
function "tag" {
  params = [TAG]
  result = "x${TAG}"
}
target "app" {
  tags = [for TAG in ["a"] : "app:${TAG}"]
  args = {
    TAG = VERSION
    B   = "${upper(VERSION)}-%{ if VERSION == "1" }one%{ endif }"
    C   = tag(VERSION)
  }
}
target "other" {
  name = "other-${TAG}"
  matrix = {
    TAG = ["x", "y"]
  }
}
