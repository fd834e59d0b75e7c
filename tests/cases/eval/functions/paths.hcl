target "default" {
  args = {
    basename       = basename("a/b/c.txt")
    basename-slash = basename("a/b/")
    basename-empty = basename("")
    basename-root  = basename("/")
    dirname        = dirname("a/b/c.txt")
    dirname-slash  = dirname("a/b/")
    dirname-bare   = dirname("c.txt")
    dirname-dots   = dirname("a/../b/./c")
    dirname-root   = dirname("/x")
    home           = homedir()
  }
}
