# $ print
# $ print web --set web.args.PORT=9000
# $ CI=1 GITHUB_REF_NAME=feature/Login print apps
variable "CI" {
  default = false
}

variable "GITHUB_REF_NAME" {
  default = "main"
}

variable "REGISTRY" {
  default = "registry.example.com/shop"
}

apps = {
  web   = { port = 3000, public = true }
  api   = { port = 8080, public = true }
  queue = { port = 0, public = false }
}

function "slug" {
  params = [text]
  result = substr(lower(regex_replace(text, "[^a-zA-Z0-9]+", "-")), 0, 40)
}

group "default" {
  targets = ["apps", "base"]
}

target "base" {
  context    = "./docker/base"
  dockerfile = "base.Dockerfile"
}

target "apps" {
  name     = app
  matrix   = { app = keys(apps) }
  context  = "./apps/${app}"
  contexts = { base = "target:base", shared = "./packages" }
  args = {
    PORT = apps[app].port > 0 ? apps[app].port : null
  }
  tags = [
    "${REGISTRY}/${app}:${GITHUB_REF_NAME == "main" ? "latest" : slug(GITHUB_REF_NAME)}",
  ]
  cache-from = CI ? ["type=gha,scope=${app}", "type=gha,scope=base"] : []
  cache-to   = CI ? ["type=gha,scope=${app},mode=max"] : []
  labels     = { "com.example.public" = apps[app].public }
}
