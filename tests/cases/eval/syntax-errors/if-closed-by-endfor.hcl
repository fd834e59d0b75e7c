x = "%{if true}%{endfor}"
target "default" {}
