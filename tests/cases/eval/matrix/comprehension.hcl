target "default" {
  name = "app-${item.os}-${item.arch}"
  matrix = {
    item = flatten([
      for os in ["linux", "windows"] : [
        for arch in ["amd64", "arm64"] : { os = os, arch = arch }
        if !(os == "windows" && arch == "arm64")
      ]
    ])
  }
  platforms = ["${item.os}/${item.arch}"]
}
