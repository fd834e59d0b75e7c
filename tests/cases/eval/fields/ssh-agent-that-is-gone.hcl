# $ SSH_AUTH_SOCK=/nonexistent/agent print
target "default" {
  ssh = ["default"]
}
