target "default" {
  args = {
    left       = "a  ${~ "b" }  c"
    right      = "a  ${ "b" ~}  c"
    both       = "a \n ${~ "b" ~} \n c"
    directive  = "a %{~ if true ~} b %{~ endif ~} c"
    only       = jsonencode("${~ 5 ~}")
    for        = "%{ for x in ["a", "b"] ~} ${x} %{~ endfor }"
  }
}
