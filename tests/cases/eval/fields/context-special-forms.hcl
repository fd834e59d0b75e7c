# $ print a b c d e
target "a" {
  context = "docker-image://alpine"
}

target "b" {
  context = "cwd://sub/"
}

target "c" {
  context = BAKE_CMD_CONTEXT
}

target "d" {
  context = "${BAKE_CMD_CONTEXT}/sub"
}

target "e" {
  context = "target:x/../y"
}
