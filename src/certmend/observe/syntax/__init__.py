"""How the languages of files are taken apart, with the place of every part."""
