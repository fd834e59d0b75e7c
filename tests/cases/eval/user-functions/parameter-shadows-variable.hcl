variable "name" {
  default = "global"
}

function "f" {
  params = [name]
  result = "${name}!"
}

target "default" {
  args = { a = f("argument"), b = name }
}
