target "default" {
  args = { a = reverse("hello"), b = reverse("a\u0308bc"), c = reverse("👨‍👩‍👧x"), d = reverse(""), e = reverse(123) }
}
