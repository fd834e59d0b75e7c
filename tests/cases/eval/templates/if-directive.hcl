variable "debug" {
  default = true
}

target "default" {
  args = {
    plain   = "%{ if debug }on%{ endif }"
    else    = "%{ if !debug }on%{ else }off%{ endif }"
    missing = "[%{ if !debug }on%{ endif }]"
    nested  = "%{ if debug }%{ if 1 == 2 }a%{ else }b%{ endif }%{ endif }"
    around  = "a-%{ if debug }b%{ endif }-c"
    type    = jsonencode("%{ if debug }5%{ endif }")
  }
}
