target 'x' {}
target "default" {}
