target   = "ignored"
group    = "ignored"
function = "ignored"
variable = "a global"

target "default" {
  args = { v = variable }
}
