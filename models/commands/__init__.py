"""What the commands do: one function each, given the options as read."""
