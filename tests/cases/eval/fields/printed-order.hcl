target "default" {
  extra-hosts = { a = "10.0.0.1" }
  output      = ["type=docker"]
  tags        = ["t"]
  no-cache    = true
  target      = "t"
  args        = { a = 1 }
  pull        = true
  platforms   = ["linux/amd64"]
  context     = "c"
  labels      = { l = 1 }
  description = "d"
}
