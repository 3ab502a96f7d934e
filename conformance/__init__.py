"""Vectors of other verifiers' verdicts, compared with certmend's: `make conformance FILE=…`.

The data is not part of the project. A file holds `pool` (base64 of DER certificates) and `cases`:
`id`, `chain` and `trust` (indices into the pool), `host`, `at` (Unix seconds), and `oracle`: for
each profile `trusted`, `error` (OpenSSL's number, or webpki's words), `all` (every error with its
depth) and `also` (what other versions say where they differ: any of them is right).
"""
