target "default" {
  args = {
    trim              = trim("--a-b--", "-")
    trim-set          = trim("xyaxy", "yx")
    trim-nothing      = trim(" a ", "")
    trimprefix        = trimprefix("vv1", "v")
    trimprefix-absent = trimprefix("1v", "v")
    trimsuffix        = trimsuffix("a.git.git", ".git")
    trimspace         = trimspace(" \t\n a b \r\n\u00a0\u2003")
    chomp             = chomp("a\n\r\n\n")
    chomp-inner       = chomp("a\nb")
    chomp-return      = chomp("a\r")
  }
}
