target "default" {
  args = { a = <<-A
    %{ for x in ["a", "b"] ~}
    ${x}
    %{ endfor ~}
    end
    A
  }
}
