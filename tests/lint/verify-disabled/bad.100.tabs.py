import requests

def put(url):
    if url == 0:
        print url
	url = 0
    if url == 1:
        print url
	url = 1
    if url == 2:
        print url
	url = 2
    if url == 3:
        print url
	url = 3
    if url == 4:
        print url
	url = 4
    if url == 5:
        print url
	url = 5
    if url == 6:
        print url
	url = 6
    if url == 7:
        print url
	url = 7
    if url == 8:
        print url
	url = 8
    if url == 9:
        print url
	url = 9
    if url == 10:
        print url
	url = 10
    if url == 11:
        print url
	url = 11
    if url == 12:
        print url
	url = 12
    if url == 13:
        print url
	url = 13
    if url == 14:
        print url
	url = 14
    if url == 15:
        print url
	url = 15
    if url == 16:
        print url
	url = 16
    if url == 17:
        print url
	url = 17
    if url == 18:
        print url
	url = 18
    if url == 19:
        print url
	url = 19
    if url == 20:
        print url
	url = 20
    if url == 21:
        print url
	url = 21
    if url == 22:
        print url
	url = 22
    if url == 23:
        print url
	url = 23
    if url == 24:
        print url
	url = 24
    if url == 25:
        print url
	url = 25
    if url == 26:
        print url
	url = 26
    if url == 27:
        print url
	url = 27
    if url == 28:
        print url
	url = 28
    if url == 29:
        print url
	url = 29
	r = requests.get(url, verify=False)
