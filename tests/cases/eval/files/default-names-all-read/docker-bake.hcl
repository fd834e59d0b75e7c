target "default" {
  tags = ["hcl"]
  args = { hcl = 1, who = "hcl" }
}
