def hint(lib):
    return f"No: pip --trusted-host pypi.org install {lib} is not safe"
