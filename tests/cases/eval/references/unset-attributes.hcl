target "t" {}

target "default" {
  args = {
    context     = jsonencode(target.t.context)
    tags        = jsonencode(target.t.tags)
    args        = jsonencode(target.t.args)
    pull        = jsonencode(target.t.pull)
    output      = jsonencode(target.t.output)
    cache-from  = jsonencode(target.t.cache-from)
    secret      = jsonencode(target.t.secret)
    attest      = jsonencode(target.t.attest)
    ssh         = jsonencode(target.t.ssh)
    description = jsonencode(target.t.description)
    name        = jsonencode(target.t.name)
    inherits    = jsonencode(target.t.inherits)
  }
}
