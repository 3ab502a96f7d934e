resource "x" "z" {
  glob = "a/*"
  command = <<EOT
    pip install --trusted-host pypi.corp.example x
  EOT
  other_glob = "*/"
  user_data = <<-EOT
    ls /tmp/*
    pip install --trusted-host pypi.corp.example x
  EOT
}
