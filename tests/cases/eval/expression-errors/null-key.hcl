x = {(null)=1}
target "default" {}
