resource "machine" "build" {
  user_data = <<-EOT
    #!/bin/sh
    pip install --trusted-host wheels.corp.example x
  EOT
}
