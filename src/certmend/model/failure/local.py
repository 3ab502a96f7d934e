"""What stops a client before it connects: its Python, its CA bundle, its certificate.

Sources: CPython's Lib/ssl.py and Modules/_ssl.c, requests' adapters.py, urllib3's connection.py,
curl's error 58 and 77, uv's crates/uv-client (0.9 to 0.13), conda's exceptions.py.
"""

from certmend.model.failure import sign as s
from certmend.model.failure.sign import Stage, curl, sign

LOCAL_SIGNS = (
    sign(
        Stage.LOCAL,
        s.NO_SSL_MODULE,
        r"ssl module (?:in python)? is not available",
        r"'ssl' module is unavailable",
        r"no module named '?_ssl",
        r"while importing _ssl",
        r"unknown url type:? '?https",
        r"requires (?:ssl/tls|tls/ssl)",
        r"openssl appears to be unavailable",
        r"cannot import name '?httpshandler",
        r"ssl support is not available",
        r"ssl extension was not compiled",
    ),
    # Clients without a TLS library, or without the helper that brings it.
    sign(
        Stage.LOCAL,
        s.NO_SSL_MODULE,
        r"protocol \"?'?https'?\"? (?:is)? (?:not supported|disabled)",
        r"protocol scheme '?https'? is not supported",
        r"unable to find remote helper for 'https",
        r"https support not compiled in",
        word="BUILT_WITHOUT",
    ),
    sign(Stage.LOCAL, s.CLIENT_DEFECT, r"check_hostname requires server_hostname"),
    sign(
        Stage.LOCAL, s.INSECURE_ORIGIN, r"not a trusted (?:or secure)? host", r"403 ssl is required"
    ),
    sign(
        Stage.LOCAL,
        s.BUNDLE_MISSING,
        r"could not find a suitable (?:tls|ssl) ca certificate bundle",
        r"x509_load_cert(?:_crl)?_file:system lib",
        r"system library:fopen:no such file",
        r"ssl ?error[:(] {0,2}\[errno 2\] no such file",
        r"confirming the ssl certificate: \[errno 20?\]",
        r"fetch url https://[^'\"]{3,300}?: connection error: \[errno 20?\]",
        r"ignoring extra certs from",
        r"certificate bundle (?:file)? '[^']{1,300}' (?:could not be|was not|not) found",
        r"error adding trust anchors from file",
        r"load_verify_locations .{0,600}? (?:filenotfound|isadirectory|notadirectory)error",
        r"load_verify_locations .{0,600}? no such file",
        r"failed to read certificate file",
        r"failed to build http client .{0,200}? (?:permission denied|no such file)",
        r"certificate path is not a file",
        r"permission denied: '? [^']{0,300}? \.(?:pem|crt|cer|ca-bundle)",
        r"no such file or directory: '? [^']{0,300}? \.(?:pem|crt|cer|ca-bundle)",
        r"invalid path (?:in|for) ssl_cert_(?:file|dir)",
        r"ssl_cert_(?:file|dir) .{0,300}? (?:does not exist|not found|no such file)",
        r"ignoring extra certs from .{0,300}? load failed",
    ),
    # curl says the same of a file that is not there and of one that it cannot read.
    sign(
        Stage.LOCAL,
        s.BUNDLE_MISSING,
        r"error setting certificate (?:verify locations|file|path)",
        r"problem with the ssl ca cert",
        *curl("77"),
        word="77",
    ),
    sign(
        Stage.LOCAL,
        s.CLIENT_CERT_UNUSABLE,
        r"client certificate cannot be used",
        r"could not find the tls (?:certificate|key) file",
        r"key values mismatch",
        # A record that cannot be read ends so too, behind the name of its cipher.
        r"(?<!open:) bad decrypt",
        r"unable to set private key file",
        r"problem with the local ssl certificate",
        r"key type mismatch",
        r"could not load pem client certificate",
        r"ssl_ctx_use_(?:privatekey|certificate(?:_chain)?)_file",
        r"load_cert_chain\( .{0,600}? (?:pem lib|filenotfounderror|no such file)",
        *curl("58"),
    ),
    sign(
        Stage.LOCAL,
        s.BUNDLE_UNUSABLE,
        r"no certificate or crl found",
        r"\[pem:[a-z]{3,40}\]",
        r"\[x509: (?:no_certificate_found|cert_already_in_hash_table|bad_x509_filetype|loading_"
        r"|base64_decode|unsupported_algorithm|public_key_decode|err_asn1)",
        r"asn1:not_enough_data",
        r"cadata does not contain a certificate",
        r"\[(?:x509|ssl)[^\]]{0,40}\] pem lib",
        r"bad base64 decode",
        r"no start line",
        r"\[ssl\]unknown error",
        r"error:00000000:lib\(0\)",
        r"unknown error \(_ssl\.c",
        r"no valid certificates found in",
        r"invalid ca certificate \(entry \d",  # pnpm from 12 on
        r"failed to build http client .{0,200}? invalidcertificate",
        r"\[x509\]",
    ),
    sign(
        Stage.TLS,
        "NESTED_ASN1_ERROR",
        r"nested asn1 error",
        r"\[ssl\]asn1 lib",
        r"\[asn1[:\]]",
        r"asn1 encoding routines:(?!.{0,40}evp lib)",
        r"gnutls.{0,60}? error in the certificate",
    ),
)
