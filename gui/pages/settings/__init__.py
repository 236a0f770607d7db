"""What this desk and this site prefer."""
