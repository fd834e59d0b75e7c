# $ FROM_ENV=e print --set default.args.FROM_ENV --set default.args.MISSING
# $ FROM_ENV= print --set default.args.FROM_ENV
target "default" {
  args = { FROM_ENV = "file", MISSING = "file" }
}
