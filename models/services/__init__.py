"""What a user does to a study: one function per command, each one transaction, each returning what it changed."""
