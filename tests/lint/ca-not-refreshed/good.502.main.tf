resource "aws_instance" "build" {
  user_data = <<-EOT
    #cloud-config
    write_files:
      - path: /etc/pki/ca-trust/source/anchors/corp.pem
        content: ${var.ca}
    runcmd:
      - sudo update-ca-trust
  EOT
}
