o = { "1" = { a = "one", "2" = "two" } }

target "default" {
  tags = [o.1.a, o["1"]["2"], o.1["2"]]
}
