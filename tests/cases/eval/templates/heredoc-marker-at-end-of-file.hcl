x = <<E
a
E