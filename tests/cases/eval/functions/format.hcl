target "default" {
  args = {
    string     = format("%s-%s", "a", 5)
    value      = format("%v %v %v %v", "x", 1.50, true, null)
    json       = format("%#v %#v", "q\"", [1, "a"])
    collection = format("%v", { b = 2, a = [true] })
    quoted     = format("%q", "a\"<b>")
    percent    = format("100%%")
    integer    = format("%d|%5d|%-5d|%05d|%+d", 42, 42, 42, 42, 42)
    bases      = format("%b %o %x %X", 10, 8, 255, 255)
    float      = format("%f %.2f %8.3f %e %E", 1.5, 2.345, 3.14159, 1500, 0.015)
    general    = format("%g %g %g %G", 123456, 1234567, 0.00001, 1e21)
    bool       = format("%t", true)
    width      = format("[%5s][%-5s][%05s]", "ab", "ab", "ab")
    precision  = format("%.2s", "héllo")
    indexed    = format("%[2]s %[1]s", "a", "b")
    large      = format("%s %d %v", 1e6, 1e6, 1e6)
    padded     = format("v%03d", 7)
  }
}
