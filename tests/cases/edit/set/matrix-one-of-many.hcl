# $ set app-1.pull=true
target "app" {
  name = "app-${v}"
  matrix = {
    v = ["1", "2"]
  }
}
# --- says
docker-bake.hcl:1:8: error: target "app-1" is made by the matrix of "app", together with app-2 [matrix-target]
1 | target "app" {
  |        ^^^^^ help: change all of them with "app", or an expression of the matrix by hand
