# place: 2 where the heredoc begins, not where the file ends
x = <<E
a
target "default" {}
