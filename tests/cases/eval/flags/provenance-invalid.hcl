# $ print --provenance=foo
target "default" {}
