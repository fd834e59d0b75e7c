function "port" {
  params = [service]
  result = try(service.port, 8080)
}

target "default" {
  args = { set = port({ port = 80 }), unset = port({}), text = port("x") }
}
