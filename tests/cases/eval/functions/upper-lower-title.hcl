target "default" {
  args = {
    upper       = upper("hello, wörld ß")
    upper-n     = upper(5)
    lower       = lower("HELLO ÀÉ İ Σ")
    title       = title("hello wORLD a-b_c d'e 1st")
    title-lower = title(lower("ÉCOLE NORMALE"))
    digraph     = "${upper("ǆ")} ${title("ǆ")} ${lower("ǅ")}"
  }
}
