"""What live mode stores."""
