# differs: official builds use cty 1.13 or later, where a negative index wraps
target "default" {
  args = { a = element(["a", "b", "c"], -1) }
}
