# $ print
# $ TARGETS=linux/amd64 print
variable "TARGETS" {
  default = "linux/amd64,linux/arm64,windows/amd64,darwin/arm64"
}

platforms = split(",", TARGETS)
by-os     = { for p in platforms : split("/", p)[0] => split("/", p)[1]... }

group "default" {
  targets = [for os, arches in by-os : "bin-${os}"]
}

target "bin" {
  name      = "bin-${os}"
  matrix    = { os = keys(by-os) }
  platforms = [for arch in by-os[os] : "${os}/${arch}"]
  args      = { EXT = os == "windows" ? ".exe" : "", ARCHES = join(" ", by-os[os]) }
  output    = ["type=local,dest=bin,platform-split=${length(by-os[os]) > 1}"]
}
