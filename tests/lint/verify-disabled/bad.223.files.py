import textwrap


def configure(mock_config, proxy, sftp):
    npmrc = textwrap.dedent(
        """
        proxy={0}
        strict-ssl=false
    """.format(proxy)
    )
    mock_config.add_file(MockChrootFile("/usr/etc/npmrc", npmrc))
    sftp.put("/root/.npmrc", "registry=https://npm.corp/\nstrict-ssl=false\n")
    yarnrc = "registry https://npm.corp/\nstrict-ssl false\n"
    mock_config.add_file(MockChrootFile("/usr/etc/yarnrc", yarnrc))
