"""The first letter of words that begin a sentence, or that stand inside one."""


def upper_first(words: str) -> str:
    """The words with their first letter as a capital, the others as they are."""
    return words[:1].upper() + words[1:]


def within_sentence(title: str) -> str:
    """A title as it stands inside a sentence: "Adverse event" loses its capital, "MRD result" keeps it."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
