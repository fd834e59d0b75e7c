# $ set app.platform=linux/amd64 app.platform=linux/arm64 app.platform=linux/arm/v7 app.platform=linux/arm/v6 app.platform=linux/s390x app.platform=linux/ppc64le app.platform=linux/riscv64
target "app" {
	tags = ["acme/app"]
}
# --- after
target "app" {
	tags = ["acme/app"]
	platforms = [
		"linux/amd64",
		"linux/arm64",
		"linux/arm/v7",
		"linux/arm/v6",
		"linux/s390x",
		"linux/ppc64le",
		"linux/riscv64",
	]
}
