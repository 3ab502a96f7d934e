pip_trusted_host = "h.corp.example"
never_closed = <<EOT
