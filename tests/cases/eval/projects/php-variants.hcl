# $ print php81-cli php81-fpm php83-cli php83-fpm
variable "LATEST" {
  default = "8.3"
}

versions = {
  "8.1" = ["cli", "fpm"]
  "8.3" = ["cli", "fpm"]
}

builds = flatten([
  for version, variants in versions : [
    for variant in variants : {
      name    = "php${replace(version, ".", "")}-${variant}"
      version = version
      variant = variant
      latest  = version == LATEST && variant == "cli"
    }
  ]
])

target "php" {
  name   = build.name
  matrix = { build = builds }
  args = {
    PHP     = build.version
    VARIANT = build.variant
    EXTS    = join(" ", distinct(concat(["intl", "opcache"], build.variant == "fpm" ? ["redis"] : [])))
  }
  tags = concat(
    ["acme/php:${build.version}-${build.variant}"],
    build.latest ? formatlist("acme/php:%s", ["latest", build.version]) : [],
  )
}
