target "default" {
  tags = ["override-hcl"]
  args = { override-hcl = 1, who = "override-hcl" }
}
