import http.client
import smtplib
import ssl
import urllib.request

from six.moves import urllib as moved

handed = urllib.request.ssl._create_unverified_context()
urllib.request.urlopen("https://x.corp.lan", context=handed)
http.client.HTTPSConnection("x.corp.lan", context=http.client.ssl._create_unverified_context())
smtplib.SMTP("mail.corp.lan").starttls(context=smtplib.ssl._create_unverified_context())
old = moved.request.ssl._create_unverified_context()
make = ssl._create_unverified_context
urllib.request.urlopen("https://x.corp.lan", context=make())
ssl._create_default_https_context = getattr(ssl, "_create_unverified_context")
