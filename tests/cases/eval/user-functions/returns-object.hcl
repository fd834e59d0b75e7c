function "env" {
  params = [name, value]
  result = { "${upper(name)}" = value, (lower(name)) = value }
}

target "default" {
  args = env("Path", 1)
}
