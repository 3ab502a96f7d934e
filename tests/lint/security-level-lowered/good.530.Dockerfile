FROM debian:12
LABEL note="SECLEVEL=1 is not wanted"
RUN grep -q SECLEVEL=1 /etc/ssl/openssl.cnf && exit 1 || true
RUN echo "never use SECLEVEL=1"
RUN ! git grep -n 'SECLEVEL=0'
RUN openssl ciphers -v 'DEFAULT@SECLEVEL=1'
