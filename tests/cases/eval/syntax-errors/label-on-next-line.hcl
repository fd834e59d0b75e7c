target
"default" {}
