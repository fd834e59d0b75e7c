# $ print a b c d e
target "a" {
  context = "https://github.com/acme/app.git#main:sub//dir/"
}

target "b" {
  context = "github.com/acme/app//x"
}

target "c" {
  context = "git://host/a//b"
}

target "d" {
  context = "http://host/a//b/../c"
}

target "e" {
  context = "GIT://host/a//b"
}
