FROM debian:12
RUN echo "CipherString = DEFAULT@SECLEVEL=1" >> /etc/ssl/openssl.cnf
RUN printf 'CipherString = DEFAULT@SECLEVEL=0\n' | tee -a /etc/ssl/openssl.cnf
RUN sed -i 's/\(SECLEVEL\)=2/\1=1/' /etc/ssl/openssl.cnf
RUN sed -i -E 's/SECLEVEL=2/SECLEVEL=1/g' /etc/ssl/openssl.cnf
