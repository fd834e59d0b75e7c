target "default" {
  dockerfile-inline = <<-EOT
	a

	  b
 
	EOT
}
