target "default" {}
/* never closed
