x = "%{for a in []}%{else}%{endfor}"
target "default" {}
