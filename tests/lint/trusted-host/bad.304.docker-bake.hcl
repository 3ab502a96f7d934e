variable "PIP_TRUSTED_HOST" {
  default = "i.corp.example"
}
