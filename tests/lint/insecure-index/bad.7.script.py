# /// script
# dependencies = ["billing"]
#
# [[tool.uv.index]]
# url = "http://pypi.corp.example/simple"
# ///
print("hello")
