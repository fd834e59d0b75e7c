# $ print --set '*.args.A=1' a ab b
# $ print --set 'a*.args.A=1' a ab b
# $ print --set '?.args.A=1' a ab b
# $ print --set '[b-z].args.A=1' a ab b
# $ print --set a.args.A=1 --set '*.args.A=2' a ab b
# $ print --set '*.args.A=2' --set a.args.A=1 a ab b
target "a" {}

target "ab" {}

target "b" {}
