# $ print py-3-11-slim py-3-11-alpine py-3-12-slim py-3-12-alpine
target "py" {
  name = "py-${replace(version, ".", "-")}-${distro}"
  matrix = {
    version = ["3.11", "3.12"]
    distro  = ["slim", "alpine"]
  }
  args = {
    PYTHON = version
    BASE   = "python:${version}-${distro}"
  }
}
