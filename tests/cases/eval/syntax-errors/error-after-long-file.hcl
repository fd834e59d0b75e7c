variable "A" {
  default = "a"
}

group "default" {
  targets = ["app"]
}

target "app" {
  tags = ["acme/app:${A}"]
  args = {
    X = 1
    Y = 
  }
}
