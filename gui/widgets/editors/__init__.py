"""One editor a field type: each reads what is typed, says what it understood, and keeps the typing for a draft."""
