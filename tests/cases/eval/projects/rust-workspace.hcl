# $ print
# $ PROFILE=dev FEATURES=tls,metrics print
variable "PROFILE" {
  type    = string
  default = "release"
  validation {
    condition     = contains(["dev", "release"], PROFILE)
    error_message = "PROFILE must be dev or release."
  }
}

variable "FEATURES" {
  type    = set(string)
  default = []
}

crates = ["gateway", "ledger"]

group "default" {
  targets = crates
}

target "planner" {
  target = "planner"
  output = ["type=cacheonly"]
}

target "crate" {
  name     = crate
  matrix   = { crate = crates }
  contexts = { plan = "target:planner" }
  args = {
    CRATE         = crate
    CARGO_PROFILE = PROFILE
    CARGO_FLAGS   = trimspace("${PROFILE == "release" ? "--release" : ""} ${length(FEATURES) > 0 ? "--features ${join(",", FEATURES)}" : ""}")
  }
  tags      = ["acme/${crate}:${PROFILE}"]
  platforms = PROFILE == "release" ? ["linux/amd64", "linux/arm64", "linux/arm/v7"] : null
}
