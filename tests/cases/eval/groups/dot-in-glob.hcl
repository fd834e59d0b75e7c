# $ print 'app.*'
target "app_a" {}

target "app_b" {}

target "app-c" {}
