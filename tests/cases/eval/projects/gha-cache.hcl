# $ print
# $ GITHUB_ACTIONS=true print
# $ GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request print
variable "GITHUB_ACTIONS" {
  type    = bool
  default = false
}

variable "GITHUB_EVENT_NAME" {
  type    = string
  default = "push"
}

function "cache_from" {
  params = [scope]
  result = GITHUB_ACTIONS ? [{ type = "gha", scope = scope }] : [{ type = "local", src = ".cache/${scope}" }]
}

function "cache_to" {
  params = [scope]
  result = !GITHUB_ACTIONS ? [{ type = "local", dest = ".cache/${scope}", mode = "max" }] : (
    GITHUB_EVENT_NAME == "push" ? [{ type = "gha", scope = scope, mode = "max", ignore-error = "true" }] : []
  )
}

group "default" {
  targets = ["server", "worker"]
}

target "server" {
  target     = "server"
  cache-from = cache_from("server")
  cache-to   = cache_to("server")
}

target "worker" {
  target     = "worker"
  cache-from = concat(cache_from("worker"), cache_from("server"))
  cache-to   = cache_to("worker")
}
