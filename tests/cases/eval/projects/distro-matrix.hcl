# $ print deb
# $ print --set 'rpm-*.platform=linux/amd64' packages
variable "PKG_VERSION" {
  default = "0.0.0"
}

group "packages" {
  targets = ["deb", "rpm"]
}

target "_pkg" {
  context  = "./packaging"
  args     = { VERSION = trimprefix(PKG_VERSION, "v") }
  contexts = { src = "." }
}

target "deb" {
  name     = "deb-${distro.name}${replace(distro.version, ".", "")}"
  inherits = ["_pkg"]
  matrix = {
    distro = [
      { name = "debian", version = "12", codename = "bookworm" },
      { name = "ubuntu", version = "22.04", codename = "jammy" },
      { name = "ubuntu", version = "24.04", codename = "noble" },
    ]
  }
  args = {
    BASE     = "${distro.name}:${distro.codename}"
    CODENAME = distro.codename
  }
  target    = "deb"
  platforms = distro.name == "ubuntu" ? ["linux/amd64", "linux/arm64"] : ["linux/amd64"]
  output    = ["./dist/${distro.codename}"]
}

target "rpm" {
  name     = "rpm-${replace(distro, ":", "-")}"
  inherits = ["_pkg"]
  matrix   = { distro = ["fedora:40", "almalinux:9"] }
  args     = { BASE = distro }
  target   = "rpm"
  output   = ["./dist/${replace(distro, ":", "")}"]
}
