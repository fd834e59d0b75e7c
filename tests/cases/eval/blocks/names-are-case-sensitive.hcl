# $ print app App
target "app" {
  tags = ["lower"]
}

target "App" {
  tags = ["upper"]
}
