# differs: official builds use HCL 2.24, where the left side decides
target "default" {
  args = { a = true || nope }
}
