FROM debian:12
WORKDIR /usr/local/share/ca-certificates
COPY corp.pem .
ADD corp.pem ./
COPY corp.cer sub/corp.cer
RUN update-ca-certificates

FROM debian:12
COPY <<EOT /usr/local/share/ca-certificates/corp.pem
-----BEGIN CERTIFICATE-----
EOT
RUN --mount=type=bind,source=corp.pem,target=/usr/local/share/ca-certificates/corp2.pem update-ca-certificates
RUN --mount=type=secret,id=ca,dst=/usr/local/share/ca-certificates/corp.crt pip install x

FROM debian:12
RUN curl -fso /usr/local/share/ca-certificates/corp.pem https://pki.corp.example/corp.pem \
 && wget -P /usr/local/share/ca-certificates https://pki.corp.example/x.cer \
 && wget -qO/usr/local/share/ca-certificates/y.pem https://pki.corp.example/x.cer \
 && aws s3 cp s3://corp/ca.pem /usr/local/share/ca-certificates/ca.pem --region eu-west-1 \
 && curl --output-dir /usr/local/share/ca-certificates -O https://pki.corp.example/z.cer \
 && update-ca-certificates
