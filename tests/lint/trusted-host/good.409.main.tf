/* resource "x" "y" {
  user_data = <<EOT
pip install --trusted-host pypi.corp.example x
EOT
} */
variable "x" {
  description = <<EOT
    pip install --trusted-host pypi.corp.example x
  EOT
}
output "y" {
  value = <<EOT
    pip install --trusted-host pypi.corp.example x
  EOT
}
