variable "NPM_TOKEN" {
  default = ""
}

group "default" {
  targets = ["app"]
}

target "_private" {
  secret = [
    { id = "gitconfig", src = "./gitconfig" },
    "type=env,id=NPM_TOKEN",
  ]
  ssh = [{ id = "default", paths = ["./key.pem"] }]
}

target "app" {
  inherits = ["_private"]
  secret   = NPM_TOKEN == "" ? ["id=NPM_TOKEN,src=./npmrc"] : []
  entitlements = ["network.host"]
}
