test: export REQUESTS_CA_BUNDLE=test/ca.pem
test:
	pytest test

upload:
	python3 -m twine upload dist/*
