target "default" {
  name    = "t-${BAKE_CMD_CONTEXT}"
  matrix  = { BAKE_CMD_CONTEXT = ["x"] }
  context = BAKE_CMD_CONTEXT
}
