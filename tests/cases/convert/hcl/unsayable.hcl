variable = "a global"

target "default" {
  args = { A = variable }
}
