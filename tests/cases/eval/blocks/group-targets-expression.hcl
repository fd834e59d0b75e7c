variable "SERVICES" {
  default = "web,api"
}

group "default" {
  targets = [for s in split(",", SERVICES) : "svc-${s}"]
}

target "svc-web" {}

target "svc-api" {}
