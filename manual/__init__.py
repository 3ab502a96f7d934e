"""The manual pages, made of the commands themselves."""
