resource "github_repository_file" "readme" {
  file    = "README.md"
  content = <<-EOT
    pip install --trusted-host pypi.corp.example x
  EOT
}
resource "kubernetes_config_map" "texts" {
  data = {
    "README.md" = <<-EOT
      pip install --trusted-host pypi.corp.example x
    EOT
    "motd" = <<-EOT
      See pip install --trusted-host pypi.corp.example
    EOT
  }
}
resource "github_issue" "x" {
  body = <<-EOT
    pip install --trusted-host pypi.corp.example x
  EOT
}
locals {
  usage = <<-EOT
    export PIP_TRUSTED_HOST=pypi.corp.example
  EOT
}
variable "guide" {
  default = <<-EOT
    pip install --trusted-host pypi.corp.example x
  EOT
}
