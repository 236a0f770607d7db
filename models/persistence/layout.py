"""The names inside the folder of a study."""

DATABASE = "study.db"
"""The encrypted database."""
DOCUMENTS = "documents"
"""The folder of the documents, each encrypted with a key of its own and never changed."""
BACKUPS = "backups"
"""The folder of the backups. It holds one copy of every document, which all backups share."""
