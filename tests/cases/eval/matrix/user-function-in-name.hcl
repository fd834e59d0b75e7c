function "slug" {
  params = [s]
  result = lower(replace(s, ".", "-"))
}

target "default" {
  name   = "app-${slug(v)}"
  matrix = { v = ["RC.1", "GA"] }
}
