# Comments go.
variable "TAG" {
  description = "What $${TAG} is"
  type    = object({ name = string, parts = list(number) })
  default = { name = "x", parts = [1, 002, -3] } // this too
}

function "tag" {
  params          = [name, version]
  variadic_params = rest
  result          = "${name}:${version}%{ if length(rest) > 0 }-${join("-", rest)}%{ endif }"
}

same = { a = 1, a = 2 }

target "app" {
  name   = "app-${item}"
  matrix = { item = [for n in range(2) : "v${n}"] }
  tags   = [tag("acme/app", TAG.name), "acme/app:$${literal}"]
  pull   = true
  args = {
    (item)          = TAG.parts[0] > 0 ? "many" : null
    "key-${item}"   = -1.50
    SCRIPT          = <<-EOT
      set -e
      echo ${item}
    EOT
  }
}

target "app" {
  context = "app"
}

group "default" {
  targets = ["app"]
}
