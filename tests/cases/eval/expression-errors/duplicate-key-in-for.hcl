x = {for a in ["k","k"]: a => 1}
target "default" {}
