set CURL_CA_BUNDLE=
set "CURL_CA_BUNDLE="
pip install x
