  target    "app"{
context="."
    dockerfile   =    "Dockerfile"

tags=["a","b" ,  "c"]
      args={
A=1
   LONGER    =   2 # two
  B="x"    // b


C={x=1,y =2}
}
}
group   "default"   {targets=["app"]}
target "none"   {   }
# --- after
target "app" {
  context    = "."
  dockerfile = "Dockerfile"

  tags = ["a", "b", "c"]
  args = {
    A      = 1
    LONGER = 2   # two
    B      = "x" // b


    C = { x = 1, y = 2 }
  }
}
group "default" { targets = ["app"] }
target "none" {}
