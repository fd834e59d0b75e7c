function "f" {
  params = [true, null]
  result = "${true} ${null == null}"
}

target "default" {
  args = { a = f("x", "y") }
}
