target "default" {
  annotations       = ["a=$${x}%%{y}"]
  args              = { "$${k}" = "$${x} %%{y} $$ $ %% % {" }
  contexts          = { c = "$${x}" }
  dockerfile        = "$${x}"
  dockerfile-inline = "FROM $${x}"
  extra-hosts       = { h = "$${x}" }
  labels            = { l = "%%{x}" }
  tags              = ["$${x}"]
  target            = "$${x}"
}
