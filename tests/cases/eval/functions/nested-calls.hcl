target "default" {
  args = {
    a = upper(replace(trimprefix("refs/heads/feature/x", "refs/heads/"), "/", "-"))
    b = join(",", sort(distinct(split(" ", "b a b"))))
  }
}
