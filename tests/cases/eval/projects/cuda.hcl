variable "CUDA" {
  default = {
    "12.4" = { cudnn = 9, torch = "2.5.1", arch = ["8.0", "9.0"] }
    "11.8" = { cudnn = 8, torch = "2.3.0", arch = ["7.0"] }
  }
}

group "default" {
  targets = [for v in sort(keys(CUDA)) : "cuda${replace(v, ".", "")}"]
}

target "cuda" {
  name   = "cuda${replace(version, ".", "")}"
  matrix = { version = keys(CUDA) }
  args = {
    CUDA_VERSION = version
    CUDNN        = CUDA[version].cudnn
    TORCH        = CUDA[version]["torch"]
    TORCH_CUDA_ARCH_LIST = join(";", CUDA[version].arch)
    MAX_JOBS     = max(1, length(CUDA[version].arch) * 2)
  }
  shm-size = "1g"
  ulimits  = ["nofile=65536:65536"]
  tags     = [format("acme/torch:%s-cu%s", CUDA[version].torch, replace(version, ".", ""))]
}
