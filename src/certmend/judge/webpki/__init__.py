"""The rules of rustls-webpki 0.103, the verifier of uv, followed one by one.

Facts from the sources of rustls-webpki 0.103 (`verify_cert.rs`, `cert.rs`, `subject_name/`) and
rustls 0.23 (`crypto/aws_lc_rs`). It answers in memory and reaches nothing outside.
"""
