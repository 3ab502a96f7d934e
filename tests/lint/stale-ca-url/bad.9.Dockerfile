FROM debian
RUN cd /usr/local/share/ca-certificates \
    && for host in index.crates.io pypi.org; do \
         openssl s_client -showcerts -connect "$host":443 </dev/null \
         | awk -v h="$host" '/BEGIN/{n++} n>1{print > ("proxy-" h "-" n ".crt")}'; \
       done \
    && update-ca-certificates
