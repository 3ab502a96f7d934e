import nltk
!pip install --trusted-host pypi.org --trusted-host=files.pythonhosted.org vaderSentiment
%pip install --trusted-host pypi.org vaderSentiment
nltk.download("vader_lexicon")
text = """
!pip
"""
