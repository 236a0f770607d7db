"""The accounts page: who may sign in, as what, with which training; passwords and keys."""
