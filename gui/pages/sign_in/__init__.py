"""The pages between a closed study and an open one: who is there, and a password of one's own."""
