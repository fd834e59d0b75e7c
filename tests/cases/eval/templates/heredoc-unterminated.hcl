# place: 3 where the heredoc begins, not where the file ends
target "default" {
  args = { a = <<EOT
never closed
}
