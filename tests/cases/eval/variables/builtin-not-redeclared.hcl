variable "BAKE_CMD_CONTEXT" {
  default = "mine"
}

BAKE_LOCAL_PLATFORM = "mine"

target "default" {
  args = { a = BAKE_CMD_CONTEXT, b = BAKE_LOCAL_PLATFORM == "mine" }
}
