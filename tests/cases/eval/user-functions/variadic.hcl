function "joined" {
  params          = [separator]
  variadic_params = items
  result          = "${length(items)}:${join(separator, items)}"
}

target "default" {
  args = {
    none  = joined("-")
    one   = joined("-", "a")
    three = joined("-", "a", 2, true)
    spread = joined("-", ["x", "y"]...)
  }
}
