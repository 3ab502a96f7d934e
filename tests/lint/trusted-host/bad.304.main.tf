resource "aws_codebuild_project" "x" {
  environment {
    environment_variable {
      name  = "PIP_TRUSTED_HOST"
      value = "a.corp.example"
    }
  }
}
locals {
  env = [{ name = "PIP_INDEX_URL", value = "http://b.corp.example/simple" }]
  pip_trusted_host = "c.corp.example"
}
resource "x" "y" {
  environment = {
    GIT_SSL_NO_VERIFY = true
    PYTHONHTTPSVERIFY = 0
    PIP_TRUSTED_HOST = "q.corp.example"
  }
}
resource "local_file" "pipconf" {
  filename = "/etc/pip.conf"
  content  = <<-EOT
    [global]
    trusted-host = d.corp.example
  EOT
}
resource "kubernetes_config_map" "c" {
  data = {
    "pip.conf" = <<-EOT
      [global]
      trusted-host = e.corp.example
    EOT
  }
}
variable "pip_index_url" {
  description = "x"
  default = "http://f.corp.example/simple"
}
resource "helm_release" "r" {
  set {
    name = "env.PIP_TRUSTED_HOST"
    value = "g.corp.example"
  }
}
