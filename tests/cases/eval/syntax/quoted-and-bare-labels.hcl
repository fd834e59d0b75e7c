target "quo\u0074ed" {}

group default {
  targets = ["quoted"]
}
