target "default" {
  args = {
    a = trimspace(<<EOT
x
EOT
    )
    b = join("-", [<<ONE
1
ONE
      , <<TWO
2
TWO
    ])
  }
}
