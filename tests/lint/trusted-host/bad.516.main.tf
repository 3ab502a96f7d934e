locals {
  setup_script = <<-EOT
    pip install --trusted-host one.corp.example x
  EOT
  begun = <<-EOT
    #!/bin/sh
    pip install --trusted-host two.corp.example x
  EOT
  listed = [
    "a", <<-EOT
    pip install --trusted-host three.corp.example x
    EOT
  ]
}
resource "local_file" "script" {
  filename = "out/install.sh"
  content  = <<-EOT
    pip install --trusted-host four.corp.example x
  EOT
}
resource "aws_instance" "x" {
  user_data = base64encode(<<-EOT
    pip install --trusted-host five.corp.example x
  EOT
  )
}
resource "kubectl_manifest" "x" {
  yaml_body = <<-EOT
    script: |
      pip install --trusted-host six.corp.example x
  EOT
}
