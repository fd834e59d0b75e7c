a=1

target "x"{
bb=2 # c
}# --- after
a = 1

target "x" {
  bb = 2 # c
}
