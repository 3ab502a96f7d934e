def install(lib):
    return f"pip --trusted-host pypi.org --trusted-host files.pythonhosted.org install {lib}"
