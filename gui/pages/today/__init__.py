"""What has to be done today."""
