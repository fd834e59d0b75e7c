target "default" {
  args = { a = add(1, 2), b = add("1", 2.5), c = add(0.1, 0.2) }
}
