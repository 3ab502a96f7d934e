variable "pip_trusted_host" {
  type = string
}
locals {
  env = [{ name = "PIP_TRUSTED_HOST", value = var.pip_trusted_host }]
  pip_trusted_host = ""
  names = ["PIP_TRUSTED_HOST"]
}
