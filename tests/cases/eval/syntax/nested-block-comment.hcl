/* outer /* inner */ x = 1

target "default" {
  args = { x = x }
}
