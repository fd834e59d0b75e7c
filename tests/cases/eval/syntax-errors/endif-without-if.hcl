x = "%{endif}"
target "default" {}
