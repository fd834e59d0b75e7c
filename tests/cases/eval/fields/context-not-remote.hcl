# $ print a b c d
target "a" {
  context = "HTTP://host/a//b"
}

target "b" {
  context = "gitlab.com/a//b.git"
}

target "c" {
  context = "host:path//x"
}

target "d" {
  context = "./github.com/a//b"
}
