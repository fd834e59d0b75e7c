# $ print
# $ BAKE_CMD_CONTEXT=x print
target "default" {
  context = "${BAKE_CMD_CONTEXT}sub"
  args    = { raw = BAKE_CMD_CONTEXT }
}
